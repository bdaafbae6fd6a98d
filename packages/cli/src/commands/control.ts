import type { Command } from "commander";
import type { Run, RunService } from "@ballast/server/runs";
import { parsePositive } from "../arguments.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption, quietOption } from "../command-description.ts";
import { describeWaiting } from "../describe-waiting.ts";
import { findRun, RUN_ARGUMENT } from "../find-run.ts";
import { unlessInterrupted } from "../interruption.ts";
import { stateLine } from "../presentation/run-lines.ts";
import { runShape } from "../presentation/run-shape.ts";
import { withApplication } from "../with-application.ts";

type Options = { readonly events: number; readonly json?: true };

type Send = (runs: RunService, run: Run, signal: AbortSignal, options: Options) => Promise<Run>;

/** The commands to a run that a server (or another command) executes. */
export function addControlCommands(program: Command, cli: Cli): void {
  const add = (name: string, description: string, send: Send): Command => {
    const command = program
      .command(name)
      .description(`${description}; a server (or another command) of the same database executes it`)
      .argument("<run>", RUN_ARGUMENT)
      .addOption(jsonOption("the run as one JSON object"))
      .addOption(quietOption())
      .action((text: string, options: Options) => control(cli, text, options, send));
    return addExamples(command, [`${name} latest`, `${name} 01990f3c --json`]);
  };
  add("pause", "halt a run between two of its actions", (runs, { id }, signal) => runs.pauseRun(id, signal));
  add("resume", "let a paused run continue", (runs, { id }, signal) => runs.resumeRun(id, signal));
  add("stop", "end a run; its history is kept", (runs, { id }, signal) => runs.stopRun(id, signal));
  add(
    "retry",
    "continue a run that failed by what is around it: workers that died, a policy or a trace that was not there",
    (runs, { id }) => runs.retryRun(id),
  );
  add("step", "let a paused run make some more events, then pause it again", (runs, { id }, signal, { events }) =>
    runs.stepRun(id, events, signal),
  ).option("--events <n>", "minimum number; an action makes all of its events", parsePositive, 1);
}

async function control(cli: Cli, text: string, options: Options, send: Send): Promise<void> {
  await withApplication(cli, { execute: false }, async ({ runs }) => {
    const found = await findRun(runs, text);
    const run = await describeWaiting(cli, found.id, unlessInterrupted(cli.signal, send(runs, found, cli.signal, options)));
    if (options.json === true) await cli.output.json(runShape(run));
    else await cli.output.line(stateLine(run));
    if (run.status === "waiting")
      cli.progress.say("It waits for commands: `ballast touch`, `ballast balloon`, or the API of `ballast serve`.");
  });
}
