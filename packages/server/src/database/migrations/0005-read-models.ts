import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

const STATES = `
create table projection_states (
  root_run_id bigint not null,
  run_id bigint not null,
  position bigint not null,
  state jsonb not null,
  primary key (root_run_id, run_id)
);
comment on table projection_states is 'How far the read models of a run have come, and what their folds remember.';`;

const SERIES = `
create table series_points (
  root_run_id bigint not null,
  run_id bigint not null,
  time_ns bigint not null,
  vm integer not null,
  figures double precision[] not null,
  primary key (root_run_id, run_id, vm, time_ns)
);
comment on table series_points is 'Figures of each VM (0: the host) at ends of equal spans of simulated time, a bounded number per run.';`;

const SUMMARIES = `
create table run_summaries (
  root_run_id bigint not null,
  run_id bigint not null,
  position bigint not null,
  time_ns bigint not null,
  summary jsonb not null,
  primary key (root_run_id, run_id)
);`;

const DECISIONS = `
create table decisions (
  root_run_id bigint not null,
  run_id bigint not null,
  decision integer not null,
  position bigint,
  time_ns bigint,
  vm integer,
  kind smallint,
  reason text,
  requested_pages bigint,
  clamp_cause smallint,
  done_pages bigint,
  primary key (root_run_id, run_id, decision)
);
create table decision_figures (
  root_run_id bigint not null,
  run_id bigint not null,
  decision integer not null,
  position bigint not null,
  vm integer not null,
  figure text not null,
  value_millionths bigint not null,
  primary key (root_run_id, run_id, decision, position)
);`;

export const readModelsMigration: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    for (const part of [STATES, SERIES, SUMMARIES, DECISIONS]) await sql.raw(part).execute(database);
  },
};
