import { Kysely, PostgresDialect } from "kysely";
import type { Pool } from "pg";
import type { DatabaseSchema } from "./schema.ts";

/** Typed queries over a pool that stays the caller's: destroying the result would end it. */
export function createKysely(pool: Pool): Kysely<DatabaseSchema> {
  return new Kysely<DatabaseSchema>({ dialect: new PostgresDialect({ pool }) });
}
