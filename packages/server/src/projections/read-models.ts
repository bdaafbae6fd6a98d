import type { Pool } from "pg";
import { HistoryDamagedError } from "../database/checksums/index.ts";
import { inSnapshot, inTransaction } from "../database/pool.ts";
import { nameOfRun, readHead, requireEvents, type RunHead } from "../event-store/index.ts";
import { RunTexts } from "../history/index.ts";
import { projectRun } from "./project-run.ts";
import { type GroupReader, ReadModelDamage } from "./read-group.ts";
import { damagesIn, remedyFor } from "./read-model-damages.ts";
import { readState, type SavedState } from "./saved-state.ts";
import { dropReadModels } from "./write-changes.ts";

/** Reads of a run's read models, of one moment, whose rows it has to check (see `readGroup`). */
type Read<Value> = (store: GroupReader, state: SavedState) => Promise<Value>;

/** Made again this many times for one answer: the second time if another process changed them meanwhile. */
const MAX_REBUILDS = 2;

/**
 * What the read models of a run say; undefined while nothing of it is projected. Those that are not as they were written, that another version
 * left, or that end before the last event of a final run, are brought in order from the events before they are read.
 * @throws BallastError RUN_NOT_FOUND; HISTORY_DAMAGED if the events are damaged as well.
 */
export async function readModels<Value>(pool: Pool, run: number, read: Read<Value>): Promise<Value | undefined> {
  for (let rebuilds = 0; ; rebuilds++) {
    await underWay(pool).get(run);
    const head = await readHead(pool, run);
    requireEvents(head);
    const outcome = await attempt(pool, head, read);
    if ("value" in outcome) return outcome.value;
    if (rebuilds === MAX_REBUILDS) throw await damaged(pool, run, outcome.problem);
    await makeAgain(pool, run);
  }
}

type Outcome<Value> = { readonly value: Value | undefined } | { readonly problem: string };

async function attempt<Value>(pool: Pool, head: RunHead, read: Read<Value>): Promise<Outcome<Value>> {
  const key = { rootRun: head.rootRun, run: head.run };
  try {
    return await inSnapshot(pool, async (client) => {
      const state = await readState(client, key);
      const reached = typeof state === "string" ? 0 : state.position;
      if (state === "stale" || state === "damaged") return { problem: `(the state that they are continued from) is ${state}` };
      if (isFinal(head) && reached < head.position) return { problem: `end at position ${reached} of ${head.position}` };
      if (state === "none") return { value: undefined };
      return { value: await read({ client, key, groups: state.groups }, state) };
    });
  } catch (error) {
    if (error instanceof ReadModelDamage) return { problem: error.what };
    throw error;
  }
}

/** Nothing will be added: a reader expects the whole. An unfinished run's read models lag behind. */
function isFinal({ status }: RunHead): boolean {
  return status === "completed" || status === "stopped" || status === "failed";
}

/** Runs whose read models are being made again for a reader of this process; the others wait for the same. */
const REBUILDS = new WeakMap<Pool, Map<number, Promise<void>>>();

function underWay(pool: Pool): Map<number, Promise<void>> {
  const known = REBUILDS.get(pool) ?? new Map<number, Promise<void>>();
  REBUILDS.set(pool, known);
  return known;
}

async function makeAgain(pool: Pool, run: number): Promise<void> {
  const runs = underWay(pool);
  const rebuild = runs.get(run) ?? rebuildIfDamaged(pool, run).finally(() => runs.delete(run));
  runs.set(run, rebuild);
  await rebuild;
}

async function rebuildIfDamaged(pool: Pool, run: number): Promise<void> {
  const { rootRun } = await readHead(pool, run);
  const key = { rootRun, run };
  await inTransaction(pool, async (client) => {
    // Another process may have made them again meanwhile, and is waited for.
    await client.query("select 1 from projection_states where root_run_id = $1 and run_id = $2 for update", [rootRun, run]);
    const first = await damagesIn(client, key).next();
    if (first.done !== true) await dropReadModels(client, key);
  });
  await projectRun(pool, new RunTexts(pool), run);
}

async function damaged(pool: Pool, run: number, what: string): Promise<HistoryDamagedError> {
  const name = await nameOfRun(pool, run);
  return new HistoryDamagedError({ owner: { run }, part: "read model", what, remedy: remedyFor(name) }, `Run ${name}`);
}
