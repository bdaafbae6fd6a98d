import { assert } from "@ballast/core/assert";
import { type IntColumn, type MachineTables, tablesOf } from "@ballast/core/memory";
import type { ChangeBlock } from "./change-block.ts";
import { changed, unpackChanges } from "./unpack-changes.ts";

/** Puts the changed entries of keyframes into a machine that has their facts. */
export class TablePatch {
  readonly #columns: ReadonlyMap<string, IntColumn>;

  constructor(machine: MachineTables) {
    this.#columns = new Map(tablesOf(machine).flatMap(({ columns }) => columns.map(({ name, values }) => [name, values])));
  }

  apply(block: ChangeBlock): void {
    const values = this.#columns.get(block.column);
    assert(values !== undefined, () => `a keyframe has the column ${block.column}, which its facts do not`);
    putChanges(block, values, 0, values.length);
  }
}

/** Puts the entries of a block into a column of `length` entries of which `values` has those from `first` on. */
export function putChanges(block: ChangeBlock, values: IntColumn, first: number, length: number): void {
  const count = unpackChanges(block, length, values.BYTES_PER_ELEMENT);
  const { indexes, values: entries } = changed;
  // An entry outside of the values is written nowhere.
  for (let i = 0; i < count; i++) values[indexes[i]! - first] = entries[i]!;
}
