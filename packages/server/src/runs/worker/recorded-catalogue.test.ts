import { CATALOGUE_VERSION, EventBatch, EventCode } from "@ballast/core/events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPool, type Pool } from "../../database/index.ts";
import { createRunRow, DigestChain, prepareCommit, readHead, RunWriter } from "../../event-store/index.ts";
import { createTestDatabase, type TestDatabase } from "../../testing/index.ts";
import { requireSameCatalogue } from "./recorded-catalogue.ts";

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** A run whose history begins with the event that names the catalogue's version. */
async function runOfCatalogue(version: number): Promise<number> {
  const run = await createRunRow(pool, { status: "queued" });
  const batch = new EventBatch(1, 1);
  batch.texts = ["{}"];
  batch.append(EventCode.RunStarted, 0, 0, 0, 1, 1, version, 1);
  const writer = new RunWriter(pool, run, { owner: null, epoch: 0 });
  await writer.append(prepareCommit(batch, new DigestChain()));
  writer.close();
  return run;
}

test("a history of an older catalogue is not executed again, and the error says why; one of this version is", async () => {
  const old = await readHead(pool, await runOfCatalogue(1));
  await expect(requireSameCatalogue(pool, old)).rejects.toMatchObject({
    code: "RUN_DIVERGED",
    message: expect.stringContaining("version 1 of the event catalogue") as string,
  });
  const current = await readHead(pool, await runOfCatalogue(CATALOGUE_VERSION));
  await expect(requireSameCatalogue(pool, current)).resolves.toBeUndefined();
});

test("an event stored without a decision shows none in SQL, not decision 0", async () => {
  const run = await runOfCatalogue(1);
  const { rows } = await pool.query<{ decision: number | null }>("select decision from events where run_id = $1", [run]);
  expect(rows).toEqual([{ decision: null }]);
});
