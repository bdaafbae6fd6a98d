import type { RelativeResultName, RunResultName } from "@ballast/core/metrics";
import type { Experiment } from "@ballast/server/experiment";
import { analyseExperiment } from "@ballast/server/experiment-analysis";
import type { Output } from "../output/output.ts";
import { wrap } from "../output/wrap.ts";
import { experimentTable } from "./experiment-table.ts";

/** What a reader looks at first: what the VMs suffered, and what they waited for. */
const METRICS: readonly string[] = [
  "slowdown",
  "worstSlowdown",
  "workNs",
  "guestMajorFaults",
  "hostMajorFaults",
  "vmsKilled",
] satisfies readonly (RunResultName | RelativeResultName)[];

/** An experiment in a few lines: its conclusion, the metrics that matter most, and where the rest is. */
export function experimentSummary(experiment: Experiment, output: Output): string[] {
  const analysis = analyseExperiment(experiment);
  const metrics = analysis.metrics.filter(({ name }) => METRICS.includes(name));
  const id = experiment.id.slice(0, 8);
  return [
    ...wrap(analysis.conclusion, output.width).map((line) => output.paint("bold", line)),
    "",
    ...experimentTable(experiment, { ...analysis, metrics }, output),
    "",
    ...wrap(
      `All metrics, verdicts and how to read them: npx ballast compare ${id}; as a page to look at: npx ballast compare ${id} --report sample.html`,
      output.width,
    ),
  ];
}
