import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

const PAGE_NAMES = `
create table trace_page_names (
  trace_id bigint not null references traces (id) on delete cascade deferrable initially deferred,
  chunk_index integer not null,
  payload bytea not null,
  primary key (trace_id, chunk_index)
);
alter table trace_page_names alter column payload set storage external;
comment on table trace_page_names is 'Names of pages as recorded, of traces whose page numbers do not say all (objects with names, several disks or processes): by dense page number, 65,536 a row but the last, a JSON array of texts compressed with zstd.';`;

export const tracePageNamesMigration: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await sql.raw(PAGE_NAMES).execute(database);
  },
};
