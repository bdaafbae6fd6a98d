import { deriveTables, type Machine, machineFromFacts } from "@ballast/core/memory";
import { setImmediate } from "node:timers/promises";
import type { Pool } from "pg";
import type { ByteCache } from "./byte-cache.ts";
import { copiesOf, type FullTables, setCounts, takeTables } from "./full-tables.ts";
import { fetchFacts, fetchParts, type KeyframeRow } from "./keyframe-store.ts";
import { unpackPart } from "./keyframe-parts.ts";
import type { SpareBuffers } from "./spare-buffers.ts";
import { TablePatch } from "./table-patch.ts";

/** The machine as a keyframe has it, without texts: the full keyframe below it, the coarse one, its own changes. */
export async function restoreMachine(
  pool: Pool,
  fulls: ByteCache<FullTables>,
  spares: SpareBuffers,
  row: KeyframeRow,
): Promise<Machine> {
  const steps = changesAbove(row);
  const changes = fetchParts(pool, row, steps);
  // Awaited below; should the full keyframe fail first, it is that failure which counts.
  changes.catch(() => {});
  const full = await fulls.get(`${row.run}:${row.fullPosition}`, () => loadFull(pool, row));
  // Lets the queries leave first: Postgres then works while the columns are copied.
  await setImmediate();
  const machine = machineFromFacts(row.facts, copiesOf(full, spares));
  setCounts(machine, full);
  const parts = await changes;
  for (const position of steps) await applyParts(machine, parts.get(position) ?? []);
  return machine;
}

/** Positions of the coarse and the fine keyframe that lie between the full one and the state, as far as there are any. */
function changesAbove({ basePosition, position, fullPosition }: KeyframeRow): number[] {
  return [basePosition ?? fullPosition, position].filter((step) => step !== fullPosition);
}

async function loadFull(pool: Pool, row: KeyframeRow): Promise<FullTables> {
  const position = row.fullPosition;
  const [facts, parts] = await Promise.all([
    position === row.position ? row.facts : fetchFacts(pool, row, position),
    fetchParts(pool, row, [position]),
  ]);
  const machine = machineFromFacts(facts);
  deriveTables(machine);
  await applyParts(machine, parts.get(position) ?? []);
  return takeTables(machine);
}

async function applyParts(machine: Machine, parts: readonly Buffer[]): Promise<void> {
  const patch = new TablePatch(machine);
  for (const blocks of await Promise.all(parts.map(unpackPart))) {
    for (const block of blocks) patch.apply(block);
  }
  patch.finish();
}
