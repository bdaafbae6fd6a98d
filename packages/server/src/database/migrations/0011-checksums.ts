import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * Rows that were there before have no checksum and are read without; they are given theirs in the background (see `fillChecksums`).
 * Until then this table names their owners, so that a missing checksum is told from a lost one.
 */
const UNCHECKED = `
create table unchecked_owners (
  kind text not null check (kind in ('run', 'trace')),
  id bigint not null,
  last_position bigint not null default 0,
  primary key (kind, id)
);
comment on table unchecked_owners is 'Runs (up to a position) and traces that a version before checksums stored, whose rows have none yet.';
insert into unchecked_owners (kind, id, last_position) select 'run', id, head_position from runs;
insert into unchecked_owners (kind, id) select 'trace', id from traces;`;

const LOG = `
alter table commits add column planes_checksum bytea, add column checksum bytea;
comment on column commits.planes_checksum is 'XXH64 of bases and planes.';
comment on column commits.checksum is 'XXH64 of the other columns, planes_checksum among them.';
alter table run_segments add column checksum bytea;
alter table runs add column head_checksum bytea;
comment on column runs.head_checksum is 'XXH64 of the columns that every append writes: whose head it is, position, time, digest and texts.';`;

/** A checkpoint of another version is passed over anyway. */
const CHECKPOINTS = `
truncate checkpoints;
alter table checkpoints add column part_count integer not null, add column checksum bytea not null;`;

/** Keyframes and read models of earlier versions are of another layout, and made anew: those of this layout have checksums. */
const DERIVED = `
alter table keyframes add column part_count integer, add column checksum bytea;
alter table keyframe_parts add column checksum bytea;
${["projection_states", "series_points", "run_summaries", "decisions", "decision_figures"].map((table) => `alter table ${table} add column checksum bytea;`).join("\n")}
alter table projection_states alter column state type json using state::json;
alter table run_summaries alter column summary type json using summary::json;`;

const TRACES = `
alter table traces add column name_chunk_count integer, add column checksum bytea;
${["trace_blocks", "trace_pages", "trace_page_names", "run_traces"].map((table) => `alter table ${table} add column checksum bytea;`).join("\n")}`;

/** A json keeps its text, so that its writer knows the bytes; a jsonb is written anew by Postgres. */
const RUNS = `
alter table run_jobs add column input_checksum bytea, add column figures_checksum bytea;
alter table run_jobs alter column parameters type json using parameters::json,
  alter column figures type json using figures::json;
alter table comparisons add column checksum bytea;
alter table comparisons alter column policies type json using policies::json;`;

/** See docs/event-store.md, "Checksums". */
export const checksumsMigration: Migration = {
  async up(database: Kysely<unknown>): Promise<void> {
    for (const part of [UNCHECKED, LOG, CHECKPOINTS, DERIVED, TRACES, RUNS]) await sql.raw(part).execute(database);
  },
};
