import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

const COMPARISONS = `
create table comparisons (
  id uuid primary key,
  number bigint generated always as identity unique,
  scenario_name text not null,
  seed bigint not null,
  policies jsonb not null,
  created_at timestamptz not null default now()
);
comment on table comparisons is 'Several policies on one scenario and seed: policies holds name, version and parameters of each, in order.';`;

const RUN_JOBS = `
create table run_jobs (
  run_id bigint primary key references runs (id) on delete cascade,
  public_id uuid not null unique,
  scenario_name text not null,
  scenario json not null,
  policy_name text not null,
  policy_version text not null,
  parameters jsonb not null,
  seed bigint not null,
  comparison_id uuid references comparisons (id) on delete set null,
  comparison_place smallint,
  accesses bigint not null default 0,
  figures jsonb,
  error_code text,
  error_message text,
  worker_deaths smallint not null default 0,
  retry_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz
);
create index run_jobs_by_comparison on run_jobs (comparison_id) where comparison_id is not null;
create index run_jobs_by_scenario on run_jobs (scenario_name, run_id);
create index runs_by_status on runs (status, id);
create index runs_unfinished on runs (id) where status in ('queued', 'running', 'waiting', 'paused');
comment on table run_jobs is 'What a run is made of and how its execution stands; its history is in commits, its head and its lease in runs.';`;

const RUN_COMMANDS = `
create table run_commands (
  id bigint generated always as identity primary key,
  run_id bigint not null references runs (id) on delete cascade,
  command json not null,
  created_at timestamptz not null default now(),
  taken_at timestamptz,
  finished_at timestamptz,
  position bigint,
  error_code text,
  error_message text
);
create index run_commands_by_run on run_commands (run_id, id);
create index run_commands_open on run_commands (run_id, id) where finished_at is null;
comment on table run_commands is 'Inbox of commands, taken in the order of id. Finished: position is that of its CommandAccepted event, or it was refused with an error.';`;

const IDEMPOTENCY_KEYS = `
create table idempotency_keys (
  key text primary key,
  input_digest text not null,
  result_id uuid not null,
  created_at timestamptz not null default now()
);
comment on table idempotency_keys is 'What a client started under a key of its own, so that asking again starts nothing.';`;

export const runsMigration: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    for (const part of [COMPARISONS, RUN_JOBS, RUN_COMMANDS, IDEMPOTENCY_KEYS]) {
      await sql.raw(part).execute(database);
    }
  },
};
