import { expect, test } from "vitest";
import { createTestDatabase } from "../../testing/index.ts";
import { createPool } from "../index.ts";
import { migrate } from "../migrate.ts";
import { MIGRATIONS } from "../migrations/index.ts";
import { countUnchecked, describeDamage, forgetUnchecked, HistoryDamagedError, mayLackChecksum, nextUnchecked } from "./index.ts";

/** A database as the version before checksums leaves it, with two runs and a trace. */
const BEFORE = `
insert into runs (id, root_run_id, status, catalogue_version, head_position, head_digest) values (7, 7, 'completed', 1, 100, ''), (9, 9, 'running', 1, 0, '');
insert into traces (id, name, says, format, digest, reference_count, kind_counts, page_count, page_bytes, block_count, stored_bytes)
values (3, 'old', '', 'lackey', '', 1, '{1,0,0,0}', 1, 4096, 1, 1);`;

test("rows may lack a checksum where an earlier version stored them, until their owner was given checksums", async () => {
  const database = await createTestDatabase();
  const pool = createPool(database.connectionString, { max: 2 });
  await pool.query("drop schema public cascade; create schema public");
  const earlier = Object.fromEntries(Object.entries(MIGRATIONS).filter(([name]) => name < "0011"));
  await migrate(database.connectionString, earlier);
  await pool.query(BEFORE);
  await migrate(database.connectionString, MIGRATIONS);
  const may = (kind: "run" | "trace", id: number, position?: number): Promise<boolean> => mayLackChecksum(pool, { kind, id }, position);
  expect([await may("run", 7, 100), await may("run", 7, 101), await may("run", 8), await may("trace", 3), await may("trace", 7)]).toEqual([
    true,
    false,
    false,
    true,
    false,
  ]);
  expect([await nextUnchecked(pool, "run"), await nextUnchecked(pool, "run", 7), await nextUnchecked(pool, "run", 9)]).toEqual([
    7,
    9,
    undefined,
  ]);
  expect(await countUnchecked(pool)).toBe(3);
  await forgetUnchecked(pool, { kind: "run", id: 7 });
  expect([await may("run", 7, 100), await countUnchecked(pool)]).toEqual([false, 2]);
  await pool.end();
  await database.drop();
}, 60_000);

test("damage is told with its owner, what it touches, and what can be done", () => {
  const damage = {
    owner: { run: 7 },
    part: "commit",
    positions: { first: 101, last: 200 },
    what: "does not match its checksum",
    remedy: "Run it again.",
  };
  const text = "Run r is damaged: a commit (positions 101-200) does not match its checksum. Run it again.";
  expect(describeDamage(damage, "Run r")).toBe(text);
  expect(new HistoryDamagedError(damage, "Run r")).toMatchObject({ code: "HISTORY_DAMAGED", message: text, damage });
});
