import { parameter, setParameters } from "../address/address.ts";
import { SelectField } from "../design/field.tsx";
import { Panel } from "../design/panel.tsx";
import { PictureOrTable } from "../design/picture-or-table.tsx";
import { differencesOf } from "./differences.ts";
import { DotPlot } from "./dot-plot.tsx";
import { StripPlot, stripRows, StripTable } from "./strip-plot.tsx";
import type { Analysis, Experiment, MetricAnalysis } from "./use-experiment.ts";

const chosen = parameter("metric");

/** The metric that the address names; the one that decides, or the first, where it names none. */
function shownMetric({ metrics, primaryMetric }: Analysis): MetricAnalysis | undefined {
  const find = (name: string | null | undefined): MetricAnalysis | undefined => metrics.find(({ metric }) => metric === name);
  return find(chosen.value) ?? find(primaryMetric) ?? metrics[0];
}

/** One metric: how the variants differ from the baseline, and the run of each seed. */
export function MetricPanel({ experiment, analysis }: { readonly experiment: Experiment; readonly analysis: Analysis }) {
  const metric = shownMetric(analysis);
  if (metric === undefined) return null;
  const rows = stripRows(metric);
  return (
    <Panel
      title="Differences and seeds"
      actions={
        <SelectField
          label="Metric"
          value={metric.metric}
          options={analysis.metrics.map(({ metric: value, title }) => ({ value, label: title }))}
          onChange={(value) => setParameters({ metric: value })}
        />
      }
    >
      <div class="experiment-metric">
        <div class="stack-tight">
          <h3>Difference from {metric.baseline}</h3>
          <Differences metric={metric} relativeFloor={analysis.relativeFloor} />
        </div>
        <PictureOrTable
          heading={<h3>Every seed</h3>}
          picture={() => <StripPlot metric={metric} rows={rows} seeds={experiment.seeds} />}
          table={() => <StripTable metric={metric} rows={rows} seeds={experiment.seeds} />}
        />
      </div>
      <p class="small soft">
        {legendOf(metric)} Differences are between runs with the same seed, with 95 % intervals; in the grey band they are too small to
        matter.
      </p>
    </Panel>
  );
}

function Differences({ metric, relativeFloor }: { readonly metric: MetricAnalysis; readonly relativeFloor: number }) {
  const differences = differencesOf(metric);
  if (metric.comparisons.length === 0) return <p class="soft">There is one variant: nothing to compare it with.</p>;
  if (differences === undefined) return <p class="soft">No seed has a value of two variants that did the same work.</p>;
  return <DotPlot metric={metric} differences={differences} relativeFloor={relativeFloor} />;
}

function legendOf({ title, legend, better }: MetricAnalysis): string {
  const name = title.charAt(0).toUpperCase() + title.slice(1);
  const direction = better === null ? "" : ` ${better === "LOWER" ? "Lower" : "Higher"} is better.`;
  return `${name}${legend === null ? "" : `: ${legend}`}.${direction}`;
}
