import pg from "pg";
import { connectTimeoutMs } from "./connection-url.ts";
import { databaseError } from "./database-error.ts";
import { safeInteger } from "./safe-integer.ts";

export type { Pool, PoolClient } from "pg";

/** Parsers by the type's oid: int8 and int8[]. */
const PARSERS = new Map<number, (text: string) => unknown>([
  [20, safeInteger],
  [1016, parseInt8Array],
]);

/** Every int8 column of Ballast holds an integer of at most 53 bits, so that it is a number in TypeScript. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: Parameters<typeof pg.types.getTypeParser>[0]) => {
    return PARSERS.get(oid) ?? pg.types.getTypeParser(oid);
  }) as pg.CustomTypesConfig["getTypeParser"],
};

function parseInt8Array(text: string): number[] {
  return text === "{}" ? [] : text.slice(1, -1).split(",").map(safeInteger);
}

/**
 * The connections of one process to one database. Nothing is connected before the first query.
 * A connection that breaks while nothing is asked of it is dropped quietly (an unheard error would end the process): the
 * next query says what is wrong.
 */
export function createPool(connectionString: string, options: { max?: number } = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: options.max ?? 10,
    types,
    connectionTimeoutMillis: connectTimeoutMs(connectionString),
    application_name: "ballast",
  });
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/** Reads on one connection what was there at one moment, whatever is written meanwhile. */
export async function inSnapshot<Result>(pool: pg.Pool, read: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  return await inTransaction(pool, read, "begin isolation level repeatable read read only");
}

/** Runs a piece of work in one transaction on one connection. */
export async function inTransaction<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
  begin = "begin",
): Promise<Result> {
  const client = await connect(pool);
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query("commit");
    client.release();
    return result;
  } catch (error) {
    await rollBack(client);
    throw databaseError(error);
  }
}

/** A connection whose failures are told as `databaseError` does. */
export async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw databaseError(error);
  }
}

async function rollBack(client: pg.PoolClient): Promise<void> {
  try {
    await client.query("rollback");
    client.release();
  } catch (broken) {
    client.release(broken instanceof Error ? broken : true);
  }
}
