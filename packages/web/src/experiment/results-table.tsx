import { hrefWith } from "../address/address.ts";
import { Panel } from "../design/panel.tsx";
import { halfWidthText, rowTexts } from "./metric-text.ts";
import { ToneMark } from "./tone-mark.tsx";
import type { Analysis, Experiment, MetricAnalysis, Summary, Variant } from "./use-experiment.ts";
import { toneOf, verdictText } from "./verdict-words.ts";

const ROLES = { COMPARED: null, UNCOMMITTED: "no overcommitment", BOUND: "bound" } as const;

/** The means of all metrics with half of their 95 % intervals, and the verdict on each variant. */
export function ResultsTable({ experiment, analysis: { metrics } }: { readonly experiment: Experiment; readonly analysis: Analysis }) {
  const { variants, baseline, seeds } = experiment;
  return (
    <Panel title="All metrics">
      <div class="table-frame" tabIndex={0} role="region" aria-label="Results">
        <table class="table results">
          <thead>
            <tr>
              <th scope="col">metric</th>
              {variants.map(({ label, role }) => (
                <th class="number" scope="col" key={label}>
                  {label}
                  <Tag text={label === baseline.label ? "baseline" : ROLES[role]} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {metrics.map((metric) => (
              <Row key={metric.metric} metric={metric} variants={variants} />
            ))}
          </tbody>
        </table>
      </div>
      <p class="small soft">
        {seeds.length === 1 ? "Values of one seed: no verdicts." : "Means over the seeds, ± half of the 95 % interval."} Arrows say which
        direction is better. Choose a metric to see its differences and seeds.
      </p>
    </Panel>
  );
}

function Tag({ text }: { readonly text: string | null }) {
  return text === null ? null : (
    <>
      {" "}
      <span class="tag">{text}</span>
    </>
  );
}

function Row({ metric, variants }: { readonly metric: MetricAnalysis; readonly variants: readonly Variant[] }) {
  const summaries = [...metric.variants, ...metric.references];
  const ordered = variants.map(({ label }) => summaries.find(({ variant }) => variant === label));
  const texts = textsOf(metric, ordered);
  const better = metric.better === null ? null : metric.better === "LOWER" ? "lower is better" : "higher is better";
  return (
    <tr>
      <th scope="row">
        <a href={hrefWith({ metric: metric.metric })} title={metric.legend ?? undefined}>
          {metric.title}
        </a>
        {better === null ? null : (
          <span role="img" aria-label={better}>
            {metric.better === "LOWER" ? " \u2193" : " \u2191"}
          </span>
        )}
      </th>
      {variants.map((variant, place) => (
        <td class="number" key={variant.label}>
          {texts[place]}
          {noteOf(metric, variant)}
          <Verdict metric={metric} variant={variant.label} />
        </td>
      ))}
    </tr>
  );
}

/** In as many digits as tell the means of a row apart. */
function textsOf({ unit }: MetricAnalysis, summaries: readonly (Summary | undefined)[]): string[] {
  const known = summaries.flatMap((summary) => summary?.mean ?? []);
  const texts = rowTexts(unit, known);
  return summaries.map((summary) => {
    const mean = summary?.mean ?? null;
    return summary === undefined || mean === null ? "-" : `${texts[known.indexOf(mean)] ?? ""}${halfWidthText(unit, summary)}`;
  });
}

/** Of how many VMs a time is, where that is not all of them. */
function noteOf({ metric }: MetricAnalysis, { cells }: Variant): string {
  if (metric !== "workNs") return "";
  const ended = cells.flatMap(({ metrics }) => (metrics === null || metrics.vmsCompleted === null ? [] : [metrics]));
  const first = ended.find(({ vmsCompleted, vms }) => vmsCompleted !== vms.length);
  if (first === undefined) return "";
  const counts = ended.flatMap(({ vmsCompleted }) => vmsCompleted ?? []);
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  return ` (${fewest === most ? fewest : `${fewest} to ${most}`} of ${first.vms.length} VMs)`;
}

function Verdict({ metric, variant }: { readonly metric: MetricAnalysis; readonly variant: string }) {
  const comparison = metric.comparisons.find((each) => each.variant === variant);
  if (comparison === undefined) return null;
  const { verdict, short } = comparison;
  const isShort = verdict === "EQUAL" || verdict === "INCOMPARABLE" || short === "";
  return (
    <span class="results-verdict">
      <ToneMark tone={toneOf(verdict)} /> {isShort ? verdictText(verdict) : short}
    </span>
  );
}
