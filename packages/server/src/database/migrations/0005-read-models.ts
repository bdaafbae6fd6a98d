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
comment on table series_points is 'Figures of each VM (0: the host) after the last event of equal spans of simulated time, a bounded number per run.';

create table figure_names (
  is_host boolean not null,
  place integer not null,
  name text not null,
  primary key (is_host, place)
);
comment on table figure_names is 'What stands where in series_points.figures, places from 1.';

create view series as
select p.run_id, p.vm, p.time_ns, n.name as metric, f.value
from series_points p
cross join lateral unnest(p.figures) with ordinality f(value, place)
join figure_names n on n.place = f.place and n.is_host = (p.vm = 0);
comment on view series is 'One row per moment, VM (0: the host) and metric.';`;

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
