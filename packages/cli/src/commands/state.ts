import { BallastError } from "@ballast/core/errors";
import type { MachineTables } from "@ballast/core/memory";
import type { Command } from "commander";
import type { Application } from "@ballast/server/application";
import type { At } from "@ballast/server/history";
import { PageNames, type Run } from "@ballast/server/runs";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption } from "../command-description.ts";
import { reportStaleKeyframes } from "../stale-keyframes.ts";
import { findRun, RUN_ARGUMENT } from "../find-run.ts";
import { stateLines } from "../presentation/state-lines.ts";
import { stateShape } from "../presentation/state-shape.ts";
import { parseMoment } from "../simulated-time.ts";
import { withApplication } from "../with-application.ts";

type Options = { readonly at: At; readonly json?: true };

export function addStateCommand(program: Command, cli: Cli): void {
  const command = program
    .command("state")
    .description("show the host and its VMs as they were at any moment of a run")
    .argument("<run>", RUN_ARGUMENT)
    .option("--at <moment>", "a position (1200), a simulated time (3.5ms), or latest", parseMoment, "latest")
    .addOption(jsonOption("one JSON object"))
    .action((run: string, options: Options) =>
      withApplication(cli, { execute: false }, (application) => showState(cli, application, run, options)),
    );
  addExamples(command, ["state latest", "state latest --at 1200", "state latest --at 3.5ms --json"]);
}

async function showState(cli: Cli, application: Application, text: string, options: Options): Promise<void> {
  const { output } = cli;
  const run = await findRun(application.runs, text);
  await reportStaleKeyframes(cli, application, run);
  const machine = await stateOf(application, run, options.at);
  const namedPages = await new PageNames(application.pool).list(run.logId, machine.position);
  const state = stateShape(run, machine, namedPages);
  if (options.json === true) await output.json(state);
  else for (const line of stateLines(state, output.width)) await output.line(line);
}

/** The history knows runs by their numbers in the log; people know them by their ids. */
async function stateOf({ history }: Application, run: Run, at: At): Promise<MachineTables> {
  try {
    return await history.stateAt(run.logId, at);
  } catch (error) {
    if (!(error instanceof BallastError) || error.code !== "POSITION_OUT_OF_RANGE") throw error;
    throw new BallastError(error.code, error.message.replace(`Run ${run.logId} `, `Run ${run.id} `));
  }
}
