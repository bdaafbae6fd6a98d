import { randomBytes } from "node:crypto";
import pg from "pg";
import { migrateToLatest } from "../database/migrate.ts";
import { withDatabase } from "./connection-string.ts";

/** What tests need to know to make databases of their own; handed to them by vitest. */
export type RunDatabases = { readonly connectionString: string; readonly prefix: string; readonly template: string };

const PREFIX = "ballast_test_";

/** Owns every database of one test run: their template first, all of them again at the end. */
export class RunDatabaseOwner {
  readonly databases: RunDatabases;
  readonly #client: pg.Client;

  private constructor(databases: RunDatabases, client: pg.Client) {
    this.databases = databases;
    this.#client = client;
  }

  static async create(connectionString: string): Promise<RunDatabaseOwner> {
    const client = new pg.Client({ connectionString });
    await client.connect();
    const prefix = `${PREFIX}${randomBytes(5).toString("hex")}_`;
    const owner = new RunDatabaseOwner({ connectionString, prefix, template: `${prefix}template` }, client);
    await owner.#markAlive();
    await owner.#dropDatabasesOfDeadRuns();
    await owner.#createTemplate();
    return owner;
  }

  async dropAll(): Promise<void> {
    await this.#dropDatabases(this.databases.prefix);
    await this.#client.end();
  }

  /** The lock is the session's: Postgres gives it back when this process dies, however it dies. */
  async #markAlive(): Promise<void> {
    await this.#client.query("SELECT pg_advisory_lock(hashtextextended($1, 0))", [this.databases.prefix]);
  }

  async #dropDatabasesOfDeadRuns(): Promise<void> {
    const { rows } = await this.#client.query<{ prefix: string }>(
      `SELECT DISTINCT substring(datname FROM '^${PREFIX}[0-9a-f]+_') AS prefix FROM pg_database WHERE starts_with(datname, $1)`,
      [PREFIX],
    );
    for (const { prefix } of rows) {
      if (prefix === null || prefix === this.databases.prefix) continue;
      const key = [prefix];
      const { rowCount } = await this.#client.query("SELECT WHERE pg_try_advisory_lock(hashtextextended($1, 0))", key);
      if (rowCount === 0) continue;
      await this.#dropDatabases(prefix);
      await this.#client.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", key);
    }
  }

  async #createTemplate(): Promise<void> {
    const { connectionString, template } = this.databases;
    await this.#client.query(`CREATE DATABASE ${template}`);
    await migrateToLatest(withDatabase(connectionString, template));
  }

  async #dropDatabases(prefix: string): Promise<void> {
    const found = await this.#client.query<{ datname: string }>("SELECT datname FROM pg_database WHERE starts_with(datname, $1)", [prefix]);
    for (const { datname } of found.rows) await this.#client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  }
}
