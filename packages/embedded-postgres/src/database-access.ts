import pg from "pg";
import { DATABASE_NAME, DATABASE_USER } from "./initialise-cluster.ts";
import type { Postmaster } from "./postmaster-file.ts";

/**
 * Over the socket: faster than TCP, and needs no password because its folder is private. A PGSSLMODE of the environment is
 * meant for other servers.
 */
export function socketConnectionString({ socketFolder, port }: Postmaster, database: string = DATABASE_NAME): string {
  const query = new URLSearchParams({ host: socketFolder, port: String(port), user: DATABASE_USER, sslmode: "disable" });
  return `postgresql:///${database}?${query.toString()}`;
}

/** Over loopback TCP, for people with psql and the like. */
export function loopbackConnectionString({ port }: Postmaster, password: string): string {
  return `postgresql://${DATABASE_USER}:${password}@127.0.0.1:${port}/${DATABASE_NAME}`;
}

/** A statement that sets a password must not come into the log, not even if it fails. */
const WITHOUT_LOGGED_STATEMENTS = "-c log_statement=none -c log_min_error_statement=panic -c log_min_duration_statement=-1";

/** Repeatable, so that a first start that was interrupted here is completed by the next one. */
export async function ensureDatabase(postmaster: Postmaster, password: string): Promise<void> {
  const connectionString = socketConnectionString(postmaster, "postgres");
  const client = new pg.Client({ connectionString, options: WITHOUT_LOGGED_STATEMENTS });
  await client.connect();
  try {
    await client.query(`ALTER ROLE ${DATABASE_USER} PASSWORD ${client.escapeLiteral(password)}`);
    const existing = await client.query("SELECT FROM pg_database WHERE datname = $1", [DATABASE_NAME]);
    if (existing.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE_NAME}`);
  } finally {
    await client.end();
  }
}
