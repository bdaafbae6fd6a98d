import { Panel } from "../design/panel.tsx";
import { toneOf, verdictText } from "./verdict-words.ts";
import { ToneMark } from "./tone-mark.tsx";
import type { Analysis, Comparison, Experiment } from "./use-experiment.ts";

/** More variants than this are a matter for the table. */
const MAX_SENTENCES = 10;

/** What came out in sentences: the conclusion, each variant on the metric that decides, and what a reader has to know of it. */
export function VerdictPanel({ experiment, analysis }: { readonly experiment: Experiment; readonly analysis: Analysis }) {
  const { conclusion, primaryMetric, metrics } = analysis;
  const comparisons = metrics.find(({ metric }) => metric === primaryMetric)?.comparisons ?? [];
  const rest = comparisons.length - MAX_SENTENCES;
  return (
    <Panel title="Verdict">
      <div class="stack">
        <p class="experiment-conclusion" aria-live="polite">
          {conclusion}
        </p>
        {experiment.status === "RUNNING" ? <Progress experiment={experiment} /> : null}
        {comparisons.length === 0 ? null : (
          <ul class="experiment-verdicts">
            {comparisons.slice(0, MAX_SENTENCES).map((comparison) => (
              <Sentence key={comparison.variant} comparison={comparison} />
            ))}
            {rest > 0 ? <li class="soft">The table below has {rest} more.</li> : null}
          </ul>
        )}
        {experiment.notes.length === 0 ? null : (
          <ul class="experiment-notes">
            {experiment.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}

function Sentence({ comparison: { variant, verdict, sentence } }: { readonly comparison: Comparison }) {
  return (
    <li>
      <ToneMark tone={toneOf(verdict)} />
      <span>
        <strong>
          {variant}: {verdictText(verdict)}
        </strong>
        <span class="soft">{sentence.charAt(0).toUpperCase() + sentence.slice(1)}.</span>
      </span>
    </li>
  );
}

const ENDED: ReadonlySet<string> = new Set(["COMPLETED", "FAILED", "STOPPED"]);

function Progress({ experiment }: { readonly experiment: Experiment }) {
  const cells = experiment.variants.flatMap((variant) => variant.cells);
  const ended = cells.filter(({ run }) => run === null || ENDED.has(run.status)).length;
  return <progress class="experiment-progress" max={cells.length} value={ended} aria-label="Runs that have ended" />;
}
