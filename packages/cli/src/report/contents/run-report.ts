import { COMPARISON_COLUMNS } from "@ballast/core/metrics";
import { type Application, packageVersion } from "@ballast/server/application";
import type { Run, RunMetrics } from "@ballast/server/runs";
import { showCount, showDuration } from "@ballast/core/quantities";
import type { Report, ReportMetric, Statement } from "../report.ts";
import { runCommand } from "./command-text.ts";
import { curvesOf } from "./curves.ts";
import { dateText } from "./experiment-report.ts";
import { axisOf } from "./metrics.ts";
import { reportedPolicies } from "./policies.ts";
import { reportedScenario, scenarioWord } from "./scenario.ts";

/** What a report of one run shows. */
export async function runReport(application: Application, run: Run, signal: AbortSignal): Promise<Report> {
  const metrics = await application.runs.getMetrics(run.id);
  const curves = await curvesOf({ pool: application.pool, signal }, run, run.policyName);
  return {
    title: `${run.scenarioName} under ${run.policyName}`,
    facts: [`seed ${run.seed}`, run.status, `${showCount(run.headPosition)} events`, dateText(run.createdAt)],
    headline: [statementOf(run, metrics)],
    variants: [
      {
        label: run.policyName,
        role: "compared",
        runs: [{ seed: run.seed, id: run.id, status: run.status, events: run.headPosition, digest: run.digest }],
      },
    ],
    baseline: null,
    seeds: [run.seed],
    relativeFloor: 0,
    metrics: metrics === null ? [] : metricsOf(metrics),
    curves: curves === undefined ? [] : [curves],
    curvesNote: curves === undefined ? "" : "Steps are the kept moments of the series; at most 8 VMs are drawn.",
    policies: reportedPolicies(application.policies, [run]),
    scenario: await reportedScenario(application, run, run.scenarioName),
    command: runCommand(run, await scenarioWord(application, run.scenarioName)),
    version: packageVersion(),
    createdAt: dateText(run.createdAt),
    notes: run.experimentId === null ? [] : [`It is part of experiment ${run.experimentId}.`],
  };
}

function statementOf({ status, error }: Run, metrics: RunMetrics | null): Statement {
  if (metrics === null)
    return { tone: null, text: error === null ? `The run is ${status}; it has no metrics yet.` : `The run failed: ${error.message}` };
  const { vms, vmsCompleted, workNs, faults, faultBound, vmsKilled } = metrics;
  const work =
    workNs === null
      ? "No VM completed its work"
      : `${vmsCompleted ?? "?"} of ${vms.length} VMs completed their work, in ${showDuration(workNs)} added up`;
  const minFaults = faultBound?.minFaults ?? null;
  const bound = minFaults === null ? "" : ` (at least ${showCount(minFaults)} by Belady's MIN)`;
  const counted = faults === null ? "" : `, with ${showCount(faults)} faults${bound}`;
  const killed =
    vmsKilled === null || vmsKilled === 0 ? "" : `; ${vmsKilled} ${vmsKilled === 1 ? "VM was" : "VMs were"} killed because memory ran out`;
  return { tone: null, text: `${work}${counted}${killed}.` };
}

function metricsOf(metrics: RunMetrics): ReportMetric[] {
  return COMPARISON_COLUMNS.map(({ name, unit, better, column }) => ({
    title: column.title,
    description: column.legend ?? "",
    better,
    unit,
    axis: axisOf(unit, [metrics[name]]),
    values: [[metrics[name]]],
    comparisons: [null],
  }));
}
