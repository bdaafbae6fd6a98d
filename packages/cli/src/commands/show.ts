import { BallastError } from "@ballast/core/errors";
import type { Command } from "commander";
import type { Application } from "@ballast/server/application";
import type { StoredRuns } from "@ballast/server/stored-runs";
import type { Experiment } from "@ballast/server/experiments";
import type { Faults, Run } from "@ballast/server/runs";
import { isFinal } from "@ballast/server/run";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption } from "../command-description.ts";
import { addExperimentOptions, checkExperimentOptions, type ExperimentOptions, putOutExperiment } from "../exports/experiment-output.ts";
import { checkReportOption, REPORT_OPTION, type ReportOption } from "../report/report-option.ts";
import { reportStaleKeyframes } from "../stale-keyframes.ts";
import { runShape } from "../presentation/run-shape.ts";
import { withApplication, withStoredRuns } from "../with-application.ts";

type Options = ExperimentOptions & ReportOption;

export function addShowCommand(program: Command, cli: Cli): void {
  const command = program
    .command("show")
    .description("show a run that is kept with its policy, parameters and metrics, or an experiment as at its end")
    .argument("<id>", "id of a run or of an experiment, or the first letters of it; `latest` is the newest run")
    .addOption(jsonOption("one JSON object"));
  addExperimentOptions(command)
    .option(...REPORT_OPTION)
    .action((text: string, options: Options) => {
      checkExperimentOptions(options);
      checkReportOption(options);
      return options.report === undefined
        ? withStoredRuns(cli, (stored) => show(cli, stored, text, options))
        : withApplication(cli, { execute: false }, (application) => showAndReport(cli, application, text, options));
    });
  addExamples(command, ["show latest", "show 01990f3c --json", "show latest --report run.html"]);
}

async function show(cli: Cli, stored: StoredRuns, text: string, options: ExperimentOptions): Promise<void> {
  const { run, experiment } = await find(stored, text);
  if (run !== undefined) await showRun(cli, stored, run, options);
  else if (experiment !== undefined) await putOutExperiment(cli, experiment, options);
  else throw new BallastError("RUN_NOT_FOUND", nothingFound(text));
}

/** A report has what installed policies declare, which nothing else here needs. */
async function showAndReport(cli: Cli, application: Application, text: string, options: Options): Promise<void> {
  await show(cli, application, text, options);
  const [{ writeExperimentReport, writeRunReport }, { run, experiment }] = await Promise.all([
    import("../report/write-report.ts"),
    find(application, text),
  ]);
  if (run !== undefined) await writeRunReport(cli, application, run, options);
  else if (experiment !== undefined) await writeExperimentReport(cli, application, experiment, options);
}

function notOfARun(): BallastError {
  const forRuns = "ballast runs, ballast events, ballast decisions and ballast series";
  return new BallastError("INPUT_INVALID", `--csv and --parquet are of experiments here; what runs have is written by ${forRuns}.`);
}

function nothingFound(text: string): string {
  if (text === "latest") return "There is no run yet. Make one: ballast run sample --policy ballooning";
  return `There is neither a run nor an experiment "${text}". See \`ballast runs\` and \`ballast experiments\`.`;
}

/** @throws BallastError INPUT_INVALID for a beginning that fits a run and an experiment. */
async function find(
  { runs, experiments }: StoredRuns,
  text: string,
): Promise<{ run?: Run | undefined; experiment?: Experiment | undefined }> {
  const run = await unlessMissing(runs.findRun(text));
  const experiment = text === "latest" ? undefined : await unlessMissing(experiments.findExperiment(text));
  if (run === undefined || experiment === undefined) return { run, experiment };
  const message = `"${text}" begins the ids of run ${run.id} and of experiment ${experiment.id}: give more of it.`;
  throw new BallastError("INPUT_INVALID", message);
}

async function unlessMissing<Found>(search: Promise<Found>): Promise<Found | undefined> {
  try {
    return await search;
  } catch (error) {
    if (!(error instanceof BallastError)) throw error;
    if (error.code === "RUN_NOT_FOUND" || error.code === "EXPERIMENT_NOT_FOUND") return undefined;
    throw error;
  }
}

async function showRun(cli: Cli, stored: StoredRuns, run: Run, options: ExperimentOptions): Promise<void> {
  const { output } = cli;
  if (options.csv !== undefined || options.parquet !== undefined) throw notOfARun();
  const metrics = await stored.runs.getMetrics(run.id);
  const shown = { ...run, faults: run.faults ?? (await faultsNow(cli, stored, run)) };
  if (options.json === true) return await output.json({ ...runShape(shown), metrics });
  const { runDetailLines } = await import("../presentation/run-detail.ts");
  for (const line of runDetailLines(shown, metrics, output)) await output.line(line);
  if (metrics === null && !isFinal(run.status)) await output.line("The metrics follow when it has ended.");
}

/** Of a run without stored metrics: as they are at its head. */
async function faultsNow(cli: Cli, { pool }: StoredRuns, run: Run): Promise<Faults> {
  const [{ faultsAt }, { History }] = await Promise.all([import("@ballast/server/runs"), import("@ballast/server/history")]);
  await reportStaleKeyframes(cli, pool, run);
  return faultsAt(await new History(pool).outlineAt(run.logId, "latest"), run);
}
