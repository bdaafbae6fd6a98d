import { BallastError } from "@ballast/core/errors";
import type { Command } from "commander";
import type { Application } from "@ballast/server/application";
import { type Comparison, faultsAt, isFinal, type Run, type RunService } from "@ballast/server/runs";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption } from "../command-description.ts";
import { printComparison } from "../presentation/print-comparison.ts";
import { runDetailLines } from "../presentation/run-detail.ts";
import { runShape } from "../presentation/run-shape.ts";
import { reportStaleKeyframes } from "../stale-keyframes.ts";
import { withApplication } from "../with-application.ts";

export function addShowCommand(program: Command, cli: Cli): void {
  const command = program
    .command("show")
    .description("show a run that is kept with its policy, parameters and metrics, or a comparison as at its end")
    .argument("<id>", "id of a run or of a comparison, or the first letters of it; `latest` is the newest run")
    .addOption(jsonOption("one JSON object"))
    .action((text: string, options: { readonly json?: true }) =>
      withApplication(cli, { execute: false }, (application) => show(cli, application, text, options.json === true)),
    );
  addExamples(command, ["show latest", "show 01990f3c --json"]);
}

async function show(cli: Cli, application: Application, text: string, asJson: boolean): Promise<void> {
  const { run, comparison } = await find(application.runs, text);
  if (run !== undefined) await showRun(cli, application, run, asJson);
  else if (comparison !== undefined) await printComparison(cli, comparison, asJson);
  else throw new BallastError("RUN_NOT_FOUND", nothingFound(text));
}

function nothingFound(text: string): string {
  if (text === "latest") return "There is no run yet. Make one: ballast run sample --policy ballooning";
  return `There is neither a run nor a comparison "${text}". See \`ballast runs\` and \`ballast comparisons\`.`;
}

/** @throws BallastError INPUT_INVALID for a beginning that fits a run and a comparison. */
async function find(runs: RunService, text: string): Promise<{ run?: Run | undefined; comparison?: Comparison | undefined }> {
  const run = await unlessMissing(runs.findRun(text));
  const comparison = text === "latest" ? undefined : await unlessMissing(runs.findComparison(text));
  if (run === undefined || comparison === undefined) return { run, comparison };
  const message = `"${text}" begins the ids of run ${run.id} and of comparison ${comparison.id}: give more of it.`;
  throw new BallastError("INPUT_INVALID", message);
}

async function unlessMissing<Found>(search: Promise<Found>): Promise<Found | undefined> {
  try {
    return await search;
  } catch (error) {
    if (!(error instanceof BallastError)) throw error;
    if (error.code === "RUN_NOT_FOUND" || error.code === "COMPARISON_NOT_FOUND") return undefined;
    throw error;
  }
}

async function showRun(cli: Cli, application: Application, run: Run, asJson: boolean): Promise<void> {
  const { output } = cli;
  const { runs, history } = application;
  const metrics = await runs.getMetrics(run.id);
  if (run.faults === null) await reportStaleKeyframes(cli, application, run);
  const faults = run.faults ?? faultsAt(await history.stateAt(run.logId, "latest"), run);
  const shown = { ...run, faults };
  if (asJson) await output.json({ ...runShape(shown), metrics });
  else for (const line of runDetailLines(shown, metrics, output)) await output.line(line);
  if (!asJson && metrics === null && !isFinal(run.status)) await output.line("The metrics follow when it has ended.");
}
