import { BallastError } from "@ballast/core/errors";
import type { MachineOutline } from "@ballast/core/memory";
import type { Application } from "@ballast/server/application";
import type { At } from "@ballast/server/history";
import type { Run } from "@ballast/server/runs";
import type { Cli } from "./cli.ts";
import { findRun } from "./find-run.ts";
import { reportStaleKeyframes } from "./stale-keyframes.ts";

export type RunMoment = { readonly run: Run; readonly machine: MachineOutline };

/** A run by its id, and facts and counts of one of its moments. @throws BallastError POSITION_OUT_OF_RANGE with the run's range. */
export async function momentOf(cli: Cli, { runs, history, pool }: Application, text: string, at: At): Promise<RunMoment> {
  const run = await findRun(runs, text);
  await reportStaleKeyframes(cli, pool, run);
  return { run, machine: await withRunId(run, history.outlineAt(run.logId, at)) };
}

/** The history knows runs by their numbers in the log; people know them by their ids. */
export async function withRunId<Found>(run: Run, work: Promise<Found>): Promise<Found> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof BallastError) || error.code !== "POSITION_OUT_OF_RANGE") throw error;
    throw new BallastError(error.code, error.message.replace(`Run ${run.logId} `, `Run ${run.id} `));
  }
}
