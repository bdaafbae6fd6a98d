/**
 * The one table of error codes. A code is stable: clients and scripts may match on it.
 * Each line says when the code is used; docs/errors.md is made from this table.
 */
export const ERROR_CODES = {
  SCENARIO_INVALID: "A scenario has problems; each is listed with its path, what was found and what is allowed.",
  SCENARIO_NOT_FOUND: "No scenario has that name.",
  POLICY_NOT_FOUND: "No installed policy has that name.",
  POLICY_PARAMETER_INVALID: "A policy parameter has the wrong type, is out of its range, or is unknown.",
  POLICY_PACKAGE_INVALID: "A configured policy package cannot be loaded or does not keep the plug-in interface.",
  POLICY_THREW: "A policy threw an error while it decided; its run has failed.",
  POLICY_TIMEOUT: "A policy took too long to decide; its run has failed.",
  POLICY_DECISION_INVALID: "A policy asked for something that does not exist or that it did not declare; its run has failed.",
  TRACE_NOT_FOUND: "No trace has that name.",
  TRACE_INVALID: "A trace cannot be read; file and line or byte are given.",
  TRACE_EXISTS: "A trace of that name exists already, with other content.",
  TRACE_IN_USE: "A trace is needed by runs and cannot be deleted.",
  RUN_NOT_FOUND: "No run has that id.",
  RUN_STATE: "The run is not in a state that allows this.",
  RUN_FAILED: "The run has failed; the reason is in the message.",
  RUN_DIVERGED: "A re-execution did not give the events that are stored.",
  POSITION_OUT_OF_RANGE: "The position or time lies outside of the run's history.",
  COMMAND_INVALID: "A command to a running simulation cannot be carried out.",
  CURSOR_INVALID: "A cursor is not one of this run.",
  IDEMPOTENCY_CONFLICT: "The idempotency key was used before with another input.",
  INPUT_INVALID: "An argument has a wrong value.",
  LEASE_LOST: "Another executor holds the run's lease.",
  HEAD_MOVED: "The run's head is not where the writer thinks it is.",
  DATABASE_START_FAILED: "The embedded Postgres cannot be started on its data folder.",
  DATABASE_UNREACHABLE: "Postgres cannot be reached.",
  DATABASE_TOO_OLD: "Postgres is older than the oldest version supported.",
  DATABASE_FULL: "Postgres has no space left.",
  DATABASE_NEWER: "The database was migrated by a newer Ballast.",
  HISTORY_DAMAGED: "A stored history does not match its own digest.",
  PORT_TAKEN: "The port is used by another program.",
  QUERY_TOO_DEEP: "A GraphQL document nests deeper than the limit.",
  QUERY_TOO_EXPENSIVE: "A GraphQL document costs more than the limit.",
  PAGE_TOO_LARGE: "A list was asked for more items than one page may hold.",
  INTERNAL: "Something that should not happen; it is logged with the request's id.",
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;
