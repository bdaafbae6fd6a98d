/**
 * Stored columns that no checksum covers, and why; "*" stands for every column of a table. A test holds this and the checksums to the
 * migrated database: a new column is covered, or says here why it is not.
 */
export const UNCHECKED_COLUMNS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  api_tokens: { "*": "an altered hash fits no token: it grants nothing" },
  deleted_runs: { "*": "numbers of runs that are gone: an altered one leaves rows that nothing reads" },
  event_types: { "*": "written from the catalogue at every start" },
  figure_names: { "*": "written from the projections at every start" },
  idempotency_keys: { "*": "an altered key or digest starts once more or is refused; no answer rests on it" },
  run_commands: { "*": "an inbox: what was accepted of it is in the log" },
  workers: { "*": "processes that execute runs now: nothing but the status shows them" },
  unchecked_owners: { "*": "rows that an earlier version stored; empty once they have checksums" },
  kysely_migration: { "*": "of the migrations" },
  kysely_migration_lock: { "*": "of the migrations" },
  runs: {
    parent_run_id: "run_segments, which are checked, say what a fork shares",
    fork_position: "run_segments, which are checked, say what a fork shares",
    keeps_events: "the log says by itself what it holds; an altered one has it refused, or found empty",
    status: "a state of the queue, which changes without an append",
    catalogue_version: "a number of the version that wrote it; an unknown one is refused",
    lease_owner: "a state of the queue",
    lease_epoch: "a state of the queue",
    lease_until: "a state of the queue",
    created_at: "a time of day, which nothing is computed from",
  },
  run_jobs: {
    comparison_id: "becomes null when the comparison is deleted",
    accesses: "a count of progress, written several times a second",
    memory_bytes: "an estimate that says when a run begins, not what comes of it",
    label: "a word of the client's for its lists, which nothing is computed from",
    started_at: "a time of day, which nothing is computed from",
    finished_at: "a time of day, which nothing is computed from",
  },
  traces: { imported_at: "a time of day, which nothing is computed from" },
  comparisons: { created_at: "a time of day, which nothing is computed from" },
  series_points: { root_run_id: "its group's digest, in the state of its run", run_id: "its group's digest, in the state of its run" },
  run_summaries: { root_run_id: "its group's digest, in the state of its run", run_id: "its group's digest, in the state of its run" },
  decisions: { root_run_id: "its group's digest, in the state of its run", run_id: "its group's digest, in the state of its run" },
  decision_figures: { root_run_id: "its group's digest, in the state of its run", run_id: "its group's digest, in the state of its run" },
};
