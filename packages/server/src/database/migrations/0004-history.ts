import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

const KEYFRAMES = `
create table keyframes (
  root_run_id bigint not null,
  run_id bigint not null,
  position bigint not null,
  base_position bigint,
  full_position bigint not null,
  time_ns bigint not null,
  text_count integer not null,
  facts bytea not null,
  stored_bytes bigint not null,
  primary key (root_run_id, run_id, position)
);
comment on table keyframes is 'The tables at a position: whole where base_position is null, else what differs from the keyframe there.';

create table keyframe_parts (
  root_run_id bigint not null,
  run_id bigint not null,
  position bigint not null,
  part integer not null,
  bytes bytea not null,
  primary key (root_run_id, run_id, position, part),
  foreign key (root_run_id, run_id, position) references keyframes on delete cascade
);
alter table keyframe_parts alter column bytes set storage external;`;

export const historyMigration: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    await sql.raw(KEYFRAMES).execute(database);
  },
};
