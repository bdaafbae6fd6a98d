import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** Rows of earlier versions stay right: they have blocks 0 to 63, until the read models are made again. */
const COMMENT = `
comment on table page_filters is 'Which pages the events of a range may name: 64 blocks of a Bloom filter of real pages and frames (0 to 63), and 64 of one of virtual pages (64 to 127). Made again with the read models.';`;

export const virtualPageFiltersMigration: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await sql.raw(COMMENT).execute(database);
  },
};
