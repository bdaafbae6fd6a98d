import { type MachineTables, machineFromFacts, markAllWritten, type TableSource } from "@ballast/core/memory";
import { setImmediate } from "node:timers/promises";
import type { Pool } from "pg";
import type { ByteCache } from "./byte-cache.ts";
import { copiesOf, type FullTables, takeTables } from "./full-tables.ts";
import { fetchBase, fetchParts, type KeyframeRow } from "./keyframe-store.ts";
import { unpackPart } from "./keyframe-parts.ts";
import type { SpareBuffers } from "./spare-buffers.ts";
import { TablePatch } from "./table-patch.ts";

export type RestoreParts = {
  readonly pool: Pool;
  readonly fulls: ByteCache<FullTables>;
  readonly spares: SpareBuffers;
  /** Which columns it is to have, as a part of a source's; all if not given. */
  readonly part?: ColumnPart;
};

export type ColumnPart = { readonly isIn: (column: string) => boolean; readonly of: (source: TableSource) => TableSource };

/**
 * The machine as a keyframe has it, without texts: the full keyframe below it, the coarse one, its own changes.
 * @throws KeyframeDamaged.
 */
export async function restoreMachine({ pool, fulls, spares, part }: RestoreParts, row: KeyframeRow): Promise<MachineTables> {
  const steps = fetchChanges(pool, row);
  // Awaited below; should the full keyframe fail first, it is that failure which counts.
  steps.catch(() => {});
  const full = await fulls.get(`${row.run}:${row.fullPosition}`, () => loadFull(pool, row));
  // Lets the queries leave first: Postgres then works while the columns are copied.
  await setImmediate();
  const columns = copiesOf(full, spares);
  const machine = machineFromFacts(row.facts, part?.of(columns) ?? columns);
  for (const parts of await steps) await applyParts(machine, parts, part?.isIn);
  markAllWritten(machine);
  return machine;
}

/** The parts of the coarse and the fine keyframe that lie between the full one and the state, as far as there are any. */
async function fetchChanges(pool: Pool, row: KeyframeRow): Promise<Buffer[][]> {
  const { basePosition, position, fullPosition } = row;
  const positions = [basePosition ?? fullPosition, position].filter((step) => step !== fullPosition);
  const keyframes = await Promise.all([...new Set(positions)].map((step) => fetchBase(pool, row, step)));
  const parts = await fetchParts(pool, keyframes);
  return positions.map((step) => parts.get(step) ?? []);
}

async function loadFull(pool: Pool, row: KeyframeRow): Promise<FullTables> {
  const full = await fetchBase(pool, row, row.fullPosition);
  const parts = await fetchParts(pool, [full]);
  const machine = machineFromFacts(full.facts);
  await applyParts(machine, parts.get(full.position) ?? []);
  return takeTables(machine);
}

async function applyParts(
  machine: MachineTables,
  parts: readonly Buffer[],
  isWanted: (column: string) => boolean = () => true,
): Promise<void> {
  const patch = new TablePatch(machine);
  for (const blocks of await Promise.all(parts.map(unpackPart))) {
    for (const block of blocks) if (isWanted(block.column)) patch.apply(block);
  }
}
