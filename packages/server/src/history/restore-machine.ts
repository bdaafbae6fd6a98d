import { assert } from "@ballast/core/assert";
import { deriveTables, type Machine, machineFromFacts, tableColumns } from "@ballast/core/memory";
import type { Pool } from "pg";
import { applyChanges } from "./apply-changes.ts";
import type { ByteCache } from "./byte-cache.ts";
import { fetchFacts, fetchParts, type Columns, type KeyframeRow } from "./keyframe-store.ts";
import { unpackPart } from "./keyframe-parts.ts";

/** The machine as a keyframe has it, without texts: the full keyframe below it, the coarse one, its own changes. */
export async function restoreMachine(pool: Pool, fulls: ByteCache<Columns>, row: KeyframeRow): Promise<Machine> {
  const steps = changesAbove(row);
  const [full, parts] = await Promise.all([
    fulls.get(`${row.run}:${row.fullPosition}`, () => loadFull(pool, row)),
    fetchParts(pool, row, steps),
  ]);
  const machine = machineFromFacts(row.facts);
  setColumns(machine, full);
  for (const position of steps) await applyParts(machine, parts.get(position) ?? []);
  deriveTables(machine);
  return machine;
}

/** Positions of the coarse and the fine keyframe that lie between the full one and the state, as far as there are any. */
function changesAbove({ basePosition, position, fullPosition }: KeyframeRow): number[] {
  return [basePosition ?? fullPosition, position].filter((step) => step !== fullPosition);
}

async function loadFull(pool: Pool, row: KeyframeRow): Promise<Columns> {
  const position = row.fullPosition;
  const [facts, parts] = await Promise.all([
    position === row.position ? row.facts : fetchFacts(pool, row, position),
    fetchParts(pool, row, [position]),
  ]);
  const machine = machineFromFacts(facts);
  await applyParts(machine, parts.get(position) ?? []);
  return new Map(tableColumns(machine).map(({ name, values }) => [name, values]));
}

/** Columns that are younger than the full keyframe stay blank. */
function setColumns(machine: Machine, full: Columns): void {
  for (const { name, values } of tableColumns(machine)) {
    const from = full.get(name);
    if (from?.length === values.length) values.set(from);
  }
}

async function applyParts(machine: Machine, parts: readonly Buffer[]): Promise<void> {
  const columns = new Map(tableColumns(machine).map(({ name, values }) => [name, values]));
  for (const blocks of await Promise.all(parts.map(unpackPart))) {
    for (const block of blocks) {
      const values = columns.get(block.column);
      assert(values !== undefined, () => `a keyframe has the column ${block.column}, which its facts do not`);
      applyChanges(values, block);
    }
  }
}
