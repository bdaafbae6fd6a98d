import type { Application } from "@ballast/server/application";
import type { Experiment } from "@ballast/server/experiment";
import type { Run } from "@ballast/server/runs";

/** The report of an experiment as a page. What draws it is loaded with the first. */
export async function experimentPage(application: Application, experiment: Experiment, signal: AbortSignal): Promise<string> {
  const [{ experimentReport }, { reportPage }] = await Promise.all([import("./contents/experiment-report.ts"), import("./page.ts")]);
  return reportPage(await experimentReport(application, experiment, signal));
}

/** The same of a run. */
export async function runPage(application: Application, run: Run, signal: AbortSignal): Promise<string> {
  const [{ runReport }, { reportPage }] = await Promise.all([import("./contents/run-report.ts"), import("./page.ts")]);
  return reportPage(await runReport(application, run, signal));
}
