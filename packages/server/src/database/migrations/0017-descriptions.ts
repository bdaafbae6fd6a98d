import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

const DESCRIPTIONS = `
alter table traces rename column says to description;
alter table event_types rename column says to description;`;

export const descriptionsMigration: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await sql.raw(DESCRIPTIONS).execute(database);
  },
};
