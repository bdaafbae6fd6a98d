import type { Pool } from "pg";
import { databaseError } from "../database-error.ts";

/** Of what an earlier version stored rows without checksums. */
export type UncheckedOwner = { readonly kind: "run" | "trace"; readonly id: number };

/**
 * Whether a row without a checksum may be one that a version before checksums stored: those of runs and traces that the
 * migration found, up to the position at which a run stood then (0 for rows that have none), until they were all given theirs.
 * Any other row without one is damaged. It costs a query: ask it for rows without a checksum only.
 */
export async function mayLackChecksum(pool: Pool, owner: UncheckedOwner, position = 0): Promise<boolean> {
  return (await uncheckedUntil(pool, owner)) >= position;
}

/** The last position whose row may lack a checksum; -1 if every row of the owner must have one. */
export async function uncheckedUntil(pool: Pool, { kind, id }: UncheckedOwner): Promise<number> {
  try {
    const { rows } = await pool.query<{ until: number }>(
      "select last_position as until from unchecked_owners where kind = $1 and id = $2",
      [kind, id],
    );
    return rows[0]?.until ?? -1;
  } catch (error) {
    throw databaseError(error);
  }
}

/** One of those whose rows still lack checksums; undefined if there are none left. */
export async function nextUnchecked(pool: Pool, kind: UncheckedOwner["kind"], after = 0): Promise<number | undefined> {
  try {
    const { rows } = await pool.query<{ id: number }>("select id from unchecked_owners where kind = $1 and id > $2 order by id limit 1", [
      kind,
      after,
    ]);
    return rows[0]?.id;
  } catch (error) {
    throw databaseError(error);
  }
}

/** All rows of an owner have checksums now: from here on one that has none is damaged. */
export async function forgetUnchecked(pool: Pool, owner: UncheckedOwner): Promise<void> {
  try {
    await pool.query("delete from unchecked_owners where kind = $1 and id = $2", [owner.kind, owner.id]);
  } catch (error) {
    throw databaseError(error);
  }
}

export async function countUnchecked(pool: Pool): Promise<number> {
  try {
    const { rows } = await pool.query<{ count: number }>("select count(*) as count from unchecked_owners");
    return rows[0]?.count ?? 0;
  } catch (error) {
    throw databaseError(error);
  }
}
