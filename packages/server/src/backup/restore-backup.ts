import { BallastError } from "@ballast/core/errors";
import { pipeline } from "node:stream/promises";
import { from as copyFrom } from "pg-copy-streams";
import { databaseError, type Pool, type PoolClient } from "../database/index.ts";
import { connect } from "../database/pool.ts";
import { RunQueue } from "../runs/queue/run-queue.ts";
import { mendQueue } from "../runs/store/mend-queue.ts";
import { BACKED_UP_TABLES, type BackedUpTable } from "./backed-up-tables.ts";
import { backupInvalid } from "./backup-error.ts";
import type { Manifest, SavedTable } from "./backup-format.ts";
import { rewriteRows } from "./binary-rows.ts";
import { keepChecksums } from "./checked-rows.ts";
import { NewNumbers } from "./new-numbers.ts";
import { putInPlace } from "./put-in-place.ts";
import { BackupReader } from "./read-parts.ts";
import { chooseAddedRuns, type ExistingRun, keepChosenRuns } from "./restore-runs.ts";
import { chooseAddedTraces, type RenamedTrace } from "./restore-traces.ts";
import { createStaging, dropStaging, finishStaging, refuseMigrations, STAGING } from "./staging.ts";
import { readColumns } from "./write-backup.ts";

export type RestoreProgress = { readonly what: string; /** 0 to 1. */ readonly fraction: number };

export type RestoreOptions = {
  readonly pool: Pool;
  /** Names the source in errors. */
  readonly file: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Leaves runs that exist as they are, instead of refusing the restore. */
  readonly skipExisting?: boolean;
  /** Chooses among the public ids of the backup's runs; all if not given. */
  readonly chooseRuns?: (ids: readonly string[]) => readonly string[];
  readonly onProgress?: (progress: RestoreProgress) => void;
  readonly signal?: AbortSignal;
};

export type RestoreReport = {
  readonly createdAt: string;
  /** Runs that were added. */
  readonly runs: number;
  readonly comparisons: number;
  readonly traces: number;
  /** Of the added runs, those that are not over: an executor continues them. */
  readonly unfinishedRuns: number;
  /** Runs that existed and were left as they are. */
  readonly existing: readonly ExistingRun[];
  readonly renamedTraces: readonly RenamedTrace[];
};

/** Any constant: of two restores on one database the second waits here. */
const RESTORE_LOCK = 7_261_904_116;
/** What Postgres says of rows that it cannot read or keep: classes 22 (data) and 23 (constraints), and a broken COPY. */
const BAD_ROWS = /^(?:22|23|08P01)/;

/**
 * Restores a backup in one transaction: all of it is there afterwards, or nothing of it, and what was there before is not
 * changed. Nothing is visible to others before the whole file was read and found right.
 * @throws BallastError BACKUP_INVALID with the place; RUN_EXISTS; a DATABASE_ code; the signal's reason when it aborts.
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreReport> {
  const client = await connect(options.pool);
  let failure: Error | undefined;
  const stopCancelling = cancelOnAbort(options, client);
  try {
    await client.query("begin");
    await client.query("set local statement_timeout = 0");
    const report = await restoreWithin(client, options);
    options.signal?.throwIfAborted();
    await client.query("commit");
    if (report.unfinishedRuns > 0) await queueUnfinished(options.pool);
    return report;
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    options.signal?.throwIfAborted();
    throw databaseError(error);
  } finally {
    stopCancelling();
    if (failure !== undefined) await client.query("rollback").catch(() => undefined);
    client.release(failure);
  }
}

async function restoreWithin(client: PoolClient, options: RestoreOptions): Promise<RestoreReport> {
  const reader = new BackupReader(options.file, options.bytes);
  try {
    const manifest = await reader.readManifest();
    const problem = refuseMigrations(manifest);
    if (problem !== undefined) throw backupInvalid(options.file, "the manifest", problem);
    const columnsOf = await readColumns(client);
    const { rows } = await client.query<{ schema: string }>("select quote_ident(current_schema()) as schema");
    await client.query("select pg_advisory_xact_lock($1)", [RESTORE_LOCK]);
    await createStaging(client, manifest);
    const schema = rows[0]?.schema ?? "public";
    const { runs: run, traces: trace, comparisons: comparison, commands: command } = manifest;
    const numbers = await NewNumbers.reserve(client, schema, { run, trace, comparison, command });
    await loadTables(client, { reader, manifest, numbers, options });
    await finishStaging(client, manifest);
    return await takeOver(client, schema, { manifest, columnsOf, options });
  } finally {
    await reader.close();
  }
}

/** Executors look for such runs as well, once a minute: that this fails, or is never reached, delays them. */
async function queueUnfinished(pool: Pool): Promise<void> {
  const queue = new RunQueue(pool);
  try {
    await mendQueue(pool, queue).catch(() => undefined);
  } finally {
    await queue.close();
  }
}

type Load = {
  readonly reader: BackupReader;
  readonly manifest: Manifest;
  readonly numbers: NewNumbers;
  readonly options: RestoreOptions;
};

async function loadTables(client: PoolClient, { reader, manifest, numbers, options }: Load): Promise<void> {
  const counts: number[] = [];
  let raw = 0;
  for (const [index, saved] of manifest.tables.entries()) {
    const table = await requireTable(client, saved, options.file);
    async function* counted(): AsyncGenerator<Uint8Array> {
      for await (const bytes of reader.rowsOf(index)) {
        options.signal?.throwIfAborted();
        raw += bytes.length;
        options.onProgress?.({ what: `reading ${saved.name}`, fraction: Math.min(raw / Math.max(manifest.approximateBytes, 1), 1) });
        yield bytes;
      }
    }
    const columns = saved.columns.map(({ name }) => name);
    const rewrite = keepChecksums(table.name, columns, numbers.rewriter(table, columns));
    counts.push(await copyIn(client, saved, rewriteRows(counted(), rewrite), options.file));
  }
  const expected = await reader.finish();
  const wrong = manifest.tables.findIndex((_table, index) => counts[index] !== expected[index]);
  if (wrong === -1) return;
  const found = `the table ${manifest.tables[wrong]?.name} has ${counts[wrong]} rows, not ${expected[wrong]}`;
  throw backupInvalid(options.file, "the end", found);
}

async function copyIn(client: PoolClient, { name, columns }: SavedTable, pieces: AsyncIterable<Uint8Array>, file: string): Promise<number> {
  const names = columns.map((column) => `"${column.name}"`).join(", ");
  const stream = client.query(copyFrom(`copy ${STAGING}.${name} (${names}) from stdin (format binary)`));
  try {
    await pipeline(pieces, stream);
    return stream.rowCount;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (error instanceof BallastError || !BAD_ROWS.test(code)) throw error;
    throw backupInvalid(file, `the table ${name}`, `Postgres cannot read its rows (${(error as Error).message})`, { cause: error });
  }
}

/** The file's columns are those that its migrations make: then their names can stand in SQL, and their bytes be read. */
async function requireTable(client: PoolClient, table: SavedTable, file: string): Promise<BackedUpTable> {
  const { rows } = await client.query<{ column: string }>(
    `select attname || ' ' || format_type(atttypid, atttypmod) as column from pg_attribute
     where attrelid = to_regclass($1) and attnum > 0 and not attisdropped`,
    [`${STAGING}."${table.name.replaceAll('"', "")}"`],
  );
  const known = new Set(rows.map(({ column }) => column));
  const wrong = table.columns.find(({ name, type }) => !known.has(`${name} ${type}`));
  const found = BACKED_UP_TABLES.find(({ name }) => name === table.name);
  if (found !== undefined && wrong === undefined && table.columns.length === known.size) return found;
  const what = wrong === undefined ? "it has not the columns" : `its column ${wrong.name} ${wrong.type} is none of those`;
  throw backupInvalid(file, `the table ${JSON.stringify(table.name)} of the manifest`, `${what} that its migrations make`);
}

type TakeOver = {
  readonly manifest: Manifest;
  readonly columnsOf: Awaited<ReturnType<typeof readColumns>>;
  readonly options: RestoreOptions;
};

/** From the staged tables into those of the database. */
async function takeOver(client: PoolClient, schema: string, { manifest, columnsOf, options }: TakeOver): Promise<RestoreReport> {
  const { chooseRuns, skipExisting = false, onProgress, signal } = options;
  if (chooseRuns !== undefined) {
    const { rows } = await client.query<{ id: string }>(`select public_id as id from ${STAGING}.run_jobs order by run_id desc`);
    await keepChosenRuns(client, chooseRuns(rows.map(({ id }) => id)));
  }
  const existing = await chooseAddedRuns(client, schema, skipExisting);
  const renamedTraces = await chooseAddedTraces(client, schema, chooseRuns !== undefined);
  let placed = 0;
  const added = await putInPlace(client, schema, columnsOf, (table) => {
    signal?.throwIfAborted();
    onProgress?.({ what: `storing ${table}`, fraction: placed++ / columnsOf.size });
  });
  const { rowCount: unfinished } = await client.query(
    `select from ${schema}.runs r join ${STAGING}.added_runs using (id) where r.status in ('queued', 'running', 'waiting', 'paused')`,
  );
  await dropStaging(client);
  const count = (table: string): number => added.get(table) ?? 0;
  return {
    createdAt: manifest.createdAt,
    runs: count("runs"),
    comparisons: count("comparisons"),
    traces: count("traces"),
    unfinishedRuns: unfinished ?? 0,
    existing,
    renamedTraces,
  };
}

/** A statement may take minutes, and Postgres looks at the connection only after it. */
function cancelOnAbort({ pool, signal }: RestoreOptions, client: PoolClient): () => void {
  const { processID } = client as PoolClient & { readonly processID?: number };
  const cancel = (): void => void pool.query("select pg_cancel_backend($1)", [processID]).catch(() => undefined);
  signal?.addEventListener("abort", cancel, { once: true });
  return () => signal?.removeEventListener("abort", cancel);
}
