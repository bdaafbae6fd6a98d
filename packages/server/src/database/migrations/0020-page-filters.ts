import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

const PAGE_FILTERS = `
create table page_filters (
  root_run_id bigint not null,
  run_id bigint not null,
  block smallint not null,
  first_position bigint not null,
  last_position bigint not null,
  bits bytea not null,
  checksum bytea,
  primary key (root_run_id, run_id, block, first_position)
);
comment on table page_filters is 'Which real pages and frames the events of a range may name: 64 blocks of a Bloom filter for each range. Made again with the read models.';`;

export const pageFiltersMigration: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await sql.raw(PAGE_FILTERS).execute(database);
  },
};
