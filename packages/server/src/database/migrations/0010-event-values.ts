import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** The events in SQL are made from the catalogue, at the start that follows: see `writeEventViews`. */
export const eventValuesMigration: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    for (const part of ["drop view events", "drop function events_between"]) await sql.raw(part).execute(database);
  },
};
