import type { ParameterValues } from "@ballast/core/policy";
import type { Run, RunMetrics } from "@ballast/server/runs";
import type { Output } from "../output/output.ts";
import { wrap } from "../output/wrap.ts";
import { metricLines } from "./metric-lines.ts";
import { runLines } from "./run-lines.ts";

/** All that is kept of a run but its events. */
export function runDetailLines(run: Run, metrics: RunMetrics | null, output: Output): string[] {
  const facts = [
    `Parameters: ${showParameters(run.parameters)}`,
    `Asked for ${showTime(run.createdAt)}, begun ${showTime(run.startedAt)}, ended ${showTime(run.finishedAt)} (UTC)`,
    ...(run.experimentId === null ? [] : [`Part of experiment ${run.experimentId}`]),
    ...(run.error === null ? [] : [`Failed: ${run.error.message} [${run.error.code}]`]),
  ];
  return [
    ...runLines(run, metrics),
    ...facts.flatMap((fact) => wrap(fact, output.width)),
    ...(metrics === null ? [] : ["", ...metricLines(metrics)]),
  ];
}

function showParameters(parameters: ParameterValues): string {
  const settings = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return settings.length === 0 ? "none" : settings.sort().join(", ");
}

function showTime(time: Date | null): string {
  return time === null ? "not yet" : time.toISOString().slice(0, 19).replace("T", " ");
}
