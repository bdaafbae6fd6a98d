import type { PoolClient } from "pg";
import { type BinaryRow, copyRowsOn, sqlInteger } from "../database/copy-binary.ts";
import type { GroupDigests } from "./group-digests.ts";
import type { RowGroup } from "./read-model-parts.ts";
import type { RunKey } from "./run-key.ts";
import { ofRun } from "./saved-state.ts";

/** Rows of a read model are not those that were written. */
export class ReadModelDamage extends Error {
  /** See `Damage.what`. */
  readonly what: string;

  constructor(what: string) {
    super(what);
    this.what = what;
  }
}

export type GroupReader = { readonly client: PoolClient; readonly key: RunKey; readonly groups: GroupDigests };

/**
 * All rows of a group, by the primary key, each with the columns of its part in order.
 * @throws ReadModelDamage unless every row is as it was written, and none is missing or more.
 */
export async function readGroup({ client, key, groups }: GroupReader, group: RowGroup): Promise<BinaryRow[]> {
  const rows = await copyRowsOn(
    client,
    `select ${group.part.selection} from ${group.part.table} where ${groupCondition(key, group)} order by ${group.order}`,
  );
  for (const row of rows) requireIntact(group, row);
  if (
    !groups.isWhole(
      group,
      rows.map((row) => row.at(-1) ?? null),
    )
  )
    throw new ReadModelDamage(`(${placeOf(group)}) has not the rows that were written (${rows.length} are there)`);
  return rows;
}

/** @throws ReadModelDamage. */
export function requireIntact(group: RowGroup, row: BinaryRow): void {
  if (group.part.compare(row.slice(0, -1), row.at(-1)) !== "equal")
    throw new ReadModelDamage(`(${placeOf(group)}) does not match its checksum`);
}

export function groupCondition(key: RunKey, { column, from, to }: RowGroup): string {
  return column === undefined ? ofRun(key) : `${ofRun(key)} and ${column} between ${sqlInteger(from)} and ${sqlInteger(to)}`;
}

function placeOf({ part, column, from, to }: RowGroup): string {
  if (column === undefined) return part.table;
  return `${part.table}, ${column} ${from === to ? from : `${from}-${to}`}`;
}
