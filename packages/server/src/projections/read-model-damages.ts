import type { PoolClient } from "pg";
import type { VerifiablePart } from "../database/checksums/index.ts";
import { copyRowsOn } from "../database/copy-binary.ts";
import { connect } from "../database/pool.ts";
import { nameOfRun, readHead } from "../event-store/index.ts";
import { PAGE_FILTER } from "../history/index.ts";
import { GroupDigests } from "./group-digests.ts";
import { readGroup, ReadModelDamage } from "./read-group.ts";
import { groupOfName, READ_MODEL_TABLES } from "./read-model-parts.ts";
import type { RunKey } from "./run-key.ts";
import { ofRun, readState } from "./saved-state.ts";

/** What was computed from the events of a run and is stored: its series, decisions and summary. */
export const READ_MODELS: VerifiablePart = {
  part: "read model",
  async *damages(pool, run, signal) {
    const { rootRun } = await readHead(pool, run);
    const remedy = remedyFor(await nameOfRun(pool, run));
    const client = await connect(pool);
    try {
      await client.query("begin isolation level repeatable read read only");
      for await (const what of damagesIn(client, { rootRun, run }, signal)) yield { owner: { run }, part: "read model", what, remedy };
    } finally {
      await client.query("rollback").finally(() => client.release());
    }
  },
};

export function remedyFor(name: string): string {
  return `Nothing is lost: it is made again from the run's events when it is asked for, or now with \`ballast rebuild ${name}\`.`;
}

/** Each as the end of a sentence; those of another version are none. In the caller's transaction, which has to see one moment. */
export async function* damagesIn(client: PoolClient, key: RunKey, signal?: AbortSignal): AsyncGenerator<string, void, void> {
  const state = await readState(client, key);
  if (state === "damaged") yield "(projection_states) does not match its checksum";
  if (state === "damaged" || state === "stale") return;
  const groups = state === "none" ? new GroupDigests() : state.groups;
  for (const name of groups.names) {
    signal?.throwIfAborted();
    const group = groupOfName(name);
    try {
      await readGroup({ client, key, groups }, group);
    } catch (error) {
      if (!(error instanceof ReadModelDamage)) throw error;
      yield error.what;
    }
  }
  yield* filterDamages(client, key);
  for (const table of READ_MODEL_TABLES) yield* surplusOf(client, key, table, groups.countOf(table));
}

/** A filter that is missing costs time alone, so that nothing says how many there are. */
async function* filterDamages(client: PoolClient, key: RunKey): AsyncGenerator<string, void, void> {
  const rows = await copyRowsOn(client, `select ${PAGE_FILTER.selection} from page_filters where ${ofRun(key)}`);
  const damaged = rows.filter((row) => PAGE_FILTER.compare(row.slice(0, -1), row.at(-1)) !== "equal");
  if (damaged.length > 0) yield `(page_filters) has ${damaged.length} rows that do not match their checksum`;
}

async function* surplusOf(client: PoolClient, key: RunKey, table: string, written: number): AsyncGenerator<string, void, void> {
  const { rows } = await client.query<{ count: number }>(`select count(*) as count from ${table} where ${ofRun(key)}`);
  const count = rows[0]?.count ?? 0;
  if (count > written) yield `(${table}) has ${count} rows, where ${written} were written`;
}
