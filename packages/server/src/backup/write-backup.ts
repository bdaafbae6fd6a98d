import { assert } from "@ballast/core/assert";
import { to as copyTo, type CopyToStreamQuery } from "pg-copy-streams";
import { databaseError, type Pool, type PoolClient } from "../database/index.ts";
import { connect } from "../database/pool.ts";
import { BACKED_UP_TABLES, type BackedUpTable } from "./backed-up-tables.ts";
import { FORMAT_VERSION, type Manifest, type SavedColumn } from "./backup-format.ts";
import { type ChosenRuns, scopeCondition } from "./scope.ts";
import { type RowSource, writeParts } from "./write-parts.ts";

export type BackupProgress = { readonly table: string; /** 0 to 1. */ readonly fraction: number };

export type BackupOptions = {
  readonly pool: Pool;
  /** Internal ids of runs, or all; ancestors of forks come with them, and the traces and comparisons that they need. */
  readonly runs: ChosenRuns;
  /** The version of this package. */
  readonly ballast: string;
  /** Takes the bytes of the file, in order. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  readonly onProgress?: (progress: BackupProgress) => void;
  readonly signal?: AbortSignal;
};

/** What a backup holds. */
export type BackupReport = Pick<Manifest, "createdAt" | "runs" | "comparisons" | "traces"> & {
  /** Of the file. */
  readonly bytes: number;
};

const COPY_BUFFER_BYTES = 1024 * 1024;
/** What a row without bytes of its own takes, about. */
const PLAIN_ROW_BYTES = 100;

/**
 * Writes a backup from one snapshot of the database, whatever is written to it meanwhile, in bounded memory.
 * @throws BallastError of a DATABASE_ code; what `write` throws; the signal's reason when it aborts.
 */
export async function writeBackup(options: BackupOptions): Promise<BackupReport> {
  const client = await connect(options.pool);
  let failure: Error | undefined;
  try {
    await client.query("begin transaction isolation level repeatable read, read only");
    await client.query("set local statement_timeout = 0");
    return await writeSnapshot(client, options);
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    options.signal?.throwIfAborted();
    throw databaseError(error);
  } finally {
    // A connection whose COPY was left half-way is of no more use; one without failure has only read.
    if (failure === undefined) await client.query("rollback");
    client.release(failure);
  }
}

async function writeSnapshot(client: PoolClient, options: BackupOptions): Promise<BackupReport> {
  const { runs, ballast, write, signal } = options;
  const chosen = runs === "all" ? runs : await withAncestors(client, runs);
  const manifest = await describeDatabase(client, chosen, ballast);
  let [raw, bytes] = [0, 0];
  const open = (index: number): RowSource => {
    const table = BACKED_UP_TABLES[index];
    assert(table !== undefined, () => `the manifest has no table ${index}`);
    const columns = manifest.tables[index]?.columns ?? [];
    return openRows(client, selectRows(table, columns, chosen), (length) => {
      signal?.throwIfAborted();
      raw += length;
      options.onProgress?.({ table: table.name, fraction: Math.min(raw / Math.max(manifest.approximateBytes, 1), 1) });
    });
  };
  for await (const piece of writeParts(manifest, open)) {
    signal?.throwIfAborted();
    await write(piece);
    bytes += piece.length;
  }
  const { createdAt, comparisons, traces } = manifest;
  return { createdAt, runs: manifest.runs, comparisons, traces, bytes };
}

function selectRows(table: BackedUpTable, columns: readonly SavedColumn[], runs: ChosenRuns): string {
  const order = table.introduces === undefined ? "" : ` order by ${table.introduces}`;
  return `select ${columns.map(({ name }) => name).join(", ")} from ${table.name} where ${scopeCondition(table, runs)}${order}`;
}

/** The runs and those that they were forked from: a fork's past is in its ancestors' commits. */
async function withAncestors(client: PoolClient, runs: readonly number[]): Promise<number[]> {
  const { rows } = await client.query<{ id: number }>(
    `with recursive needed (id) as (
       select unnest($1::bigint[]) union select parent_run_id from runs join needed using (id) where parent_run_id is not null)
     select id from needed order by id`,
    [runs],
  );
  return rows.map(({ id }) => id);
}

async function describeDatabase(client: PoolClient, runs: ChosenRuns, ballast: string): Promise<Manifest> {
  const columnsOf = await readColumns(client);
  const tables = BACKED_UP_TABLES.map((table) => ({ name: table.name, columns: columnsOf.get(table.name) ?? [] }));
  const counts = new Map<string, number>();
  let approximateBytes = 0;
  for (const table of BACKED_UP_TABLES) {
    const binary = (columnsOf.get(table.name) ?? []).filter(({ type }) => type === "bytea");
    // The size of a value that is stored apart is known without fetching it.
    const sizes = binary.map(({ name }) => `coalesce(pg_column_size(${name}), 0)`).join(" + ") || "0";
    const { rows } = await client.query<{ count: number; bytes: number }>(
      `select count(*) as count, coalesce(sum(${sizes}), 0)::bigint as bytes from ${table.name} where ${scopeCondition(table, runs)}`,
    );
    counts.set(table.name, rows[0]?.count ?? 0);
    approximateBytes += (rows[0]?.bytes ?? 0) + PLAIN_ROW_BYTES * (rows[0]?.count ?? 0);
  }
  const count = (table: string): number => counts.get(table) ?? 0;
  const { rows } = await client.query<{ now: Date; postgres: string }>(
    "select now() as now, current_setting('server_version') as postgres",
  );
  const { rows: migrations } = await client.query<{ name: string }>("select name from kysely_migration order by name");
  return {
    format: FORMAT_VERSION,
    ballast,
    createdAt: (rows[0]?.now ?? new Date(0)).toISOString(),
    postgres: rows[0]?.postgres ?? "",
    migrations: migrations.map(({ name }) => name),
    tables,
    runs: count("runs"),
    comparisons: count("comparisons"),
    traces: count("traces"),
    commands: count("run_commands"),
    approximateBytes,
  };
}

/** Columns by table, in the order in which they were made, of the tables that a name without a schema means. */
export async function readColumns(client: PoolClient): Promise<Map<string, SavedColumn[]>> {
  const { rows } = await client.query<{ table: string; name: string; type: string }>(
    `select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type
     from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relkind = 'r' and pg_table_is_visible(c.oid) and c.relname = any($1) and a.attnum > 0 and not a.attisdropped
     order by c.relname, a.attnum`,
    [BACKED_UP_TABLES.map(({ name }) => name)],
  );
  const columns = new Map<string, SavedColumn[]>();
  for (const { table, name, type } of rows) columns.set(table, [...(columns.get(table) ?? []), { name, type }]);
  return columns;
}

function openRows(client: PoolClient, query: string, onBytes: (length: number) => void): RowSource {
  let stream: CopyToStreamQuery | undefined;
  async function* pieces(): AsyncGenerator<Uint8Array> {
    stream = client.query(copyTo(`copy (${query}) to stdout (format binary)`, { highWaterMark: COPY_BUFFER_BYTES }));
    for await (const chunk of stream) {
      const bytes = chunk as Buffer;
      onBytes(bytes.length);
      yield bytes;
    }
  }
  return { pieces: pieces(), rowCount: () => stream?.rowCount ?? 0 };
}
