import { BallastError } from "@ballast/core/errors";
import type { MachineOutline, MachineTables } from "@ballast/core/memory";
import type { Application } from "@ballast/server/application";
import type { At } from "@ballast/server/history";
import { PageNames } from "@ballast/server/runs/execution";
import type { Run } from "@ballast/server/runs";
import type { Cli } from "../cli.ts";
import { reportStaleKeyframes } from "../stale-keyframes.ts";
import { findRun } from "../find-run.ts";
import { stateLines } from "../presentation/state-lines.ts";
import { stateShape } from "../presentation/state-shape.ts";
import { withApplication } from "../with-application.ts";

export type Options = { readonly at: At; readonly json?: true };

export async function stateAction(cli: Cli, run: string, options: Options): Promise<void> {
  await withApplication(cli, { execute: false }, (application) => showState(cli, application, run, options));
}

async function showState(cli: Cli, application: Application, text: string, options: Options): Promise<void> {
  const { output } = cli;
  const run = await findRun(application.runs, text);
  await reportStaleKeyframes(cli, application.pool, run);
  const machine = await stateOf(application, run, options.at);
  const list = await new PageNames(application.pool).list(run.logId, machine.position);
  // Tables are restored for named pages alone.
  const tablesAt = async (position: number): Promise<MachineTables> => await application.history.stateAt(run.logId, { position });
  const state = stateShape(run, machine, list.length === 0 ? undefined : { list, tables: await tablesAt(machine.position) });
  if (options.json === true) await output.json(state);
  else for (const line of stateLines(state, output.width)) await output.line(line);
}

/** The history knows runs by their numbers in the log; people know them by their ids. */
async function stateOf({ history }: Application, run: Run, at: At): Promise<MachineOutline> {
  try {
    return await history.outlineAt(run.logId, at);
  } catch (error) {
    if (!(error instanceof BallastError) || error.code !== "POSITION_OUT_OF_RANGE") throw error;
    throw new BallastError(error.code, error.message.replace(`Run ${run.logId} `, `Run ${run.id} `));
  }
}
