import { BallastError } from "@ballast/core/errors";
import type { Application } from "@ballast/server/application";
import { checkRun } from "@ballast/server/runs/execution";
import type { Run } from "@ballast/server/runs";
import { allRuns } from "../all-runs.ts";
import type { Cli } from "../cli.ts";
import { findRun } from "../find-run.ts";
import { unlessInterrupted } from "../interruption.ts";
import { showCount } from "@ballast/core/quantities";
import { damageLine, damageShape } from "../presentation/damage-lines.ts";
import { withApplication } from "../with-application.ts";

export type Options = { readonly all?: true; readonly quick?: true; readonly json?: true };

export async function verifyAction(cli: Cli, text: string | undefined, options: Options): Promise<void> {
  if ((text === undefined) === (options.all === undefined)) {
    throw new BallastError("INPUT_INVALID", "Say which run is to be verified: its id, `latest`, or --all.");
  }
  await withApplication(cli, { execute: false }, async (application) => {
    const chosen = text === undefined ? await allRuns(application.runs) : [await findRun(application.runs, text)];
    await verifyRuns(cli, application, chosen, options);
  });
}

/** All of them, whatever is wrong with one; then fails with those that are not in order. */
async function verifyRuns(cli: Cli, application: Application, runs: readonly Run[], options: Options): Promise<void> {
  const failures: BallastError[] = [];
  for (const [index, run] of runs.entries()) {
    cli.signal.throwIfAborted();
    const place = runs.length === 1 ? `run ${run.id}` : `run ${run.id} (${index + 1} of ${runs.length})`;
    const failure =
      options.quick === true
        ? await check(cli, application, { run, place, options })
        : await execute(cli, application, { run, place, options });
    if (failure !== undefined) failures.push(failure);
  }
  const [first] = failures;
  if (first === undefined) return;
  if (runs.length === 1) throw first;
  throw new BallastError(first.code, `${failures.length} of ${runs.length} runs are not in order; each is named above.`);
}

type Verified = { readonly run: Run; readonly place: string; readonly options: Options };

async function check(cli: Cli, { pool }: Application, { run, place, options }: Verified): Promise<BallastError | undefined> {
  const tell = (position: number): void =>
    cli.progress.update({ label: `Checking ${place}`, fraction: Math.min(position / Math.max(run.headPosition, 1), 1) });
  tell(0);
  const damages = [];
  for await (const damage of checkRun(pool, run.logId, { signal: cli.signal, onPosition: tell })) {
    damages.push(damage);
    cli.progress.clear();
    if (options.json !== true) await cli.output.line(damageLine(run, damage));
  }
  cli.progress.clear();
  const isIntact = damages.length === 0;
  if (options.json === true)
    await cli.output.json({ runId: run.id, positions: run.headPosition, intact: isIntact, damages: damages.map(damageShape) });
  else if (isIntact)
    await cli.output.line(`Intact: all ${showCount(run.headPosition)} events of run ${run.id}, and what is stored with them`);
  if (isIntact) return undefined;
  const parts = damages.length === 1 ? "One stored part" : `${showCount(damages.length)} stored parts`;
  return new BallastError("HISTORY_DAMAGED", `${parts} of run ${run.id} ${damages.length === 1 ? "is" : "are"} damaged.`);
}

/** A run among others that differs is told and kept for the end; the only one is the end. */
async function execute(cli: Cli, { runs }: Application, { run, place, options }: Verified): Promise<BallastError | undefined> {
  cli.progress.update({ label: `Executing ${place} again`, fraction: undefined });
  try {
    const verified = await unlessInterrupted(cli.signal, runs.verifyRun(run.id, cli.signal));
    cli.progress.clear();
    if (options.json === true) await cli.output.json({ ...verified, equal: true });
    else {
      await cli.output.line(`Equal: all ${showCount(verified.positions)} events of run ${verified.runId}`);
      await cli.output.line(`digest ${verified.digest}`);
    }
    return undefined;
  } catch (error) {
    cli.progress.clear();
    if (options.all !== true || !(error instanceof BallastError)) throw error;
    if (options.json === true) await cli.output.json({ runId: run.id, equal: false, code: error.code, message: error.message });
    else await cli.output.line(`Not in order: run ${run.id}: ${error.message}`);
    return error;
  }
}
