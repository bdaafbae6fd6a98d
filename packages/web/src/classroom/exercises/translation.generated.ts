// Made of translation.graphql by tools/generate-documents.ts: change that file and run `npm run web:types`.
import type { Document } from "../../api/document.ts";

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Every code an error can have, in `Failure.code` or in `extensions.code`. A code is stable. */
export type ErrorCode =
  /** The answer to a GraphQL document takes more bytes than the limit. */
  | 'ANSWER_TOO_LARGE'
  /** The file of a backup cannot be read or written, or exists already. */
  | 'BACKUP_FILE'
  /** A file is no whole backup of Ballast: foreign, damaged, cut short, or of a newer version; the place is given. */
  | 'BACKUP_INVALID'
  /** The body of a request is not JSON of the form that GraphQL over HTTP asks for. */
  | 'BODY_INVALID'
  /** The body of a request is larger than the limit. */
  | 'BODY_TOO_LARGE'
  /** A command to a running simulation cannot be carried out. */
  | 'COMMAND_INVALID'
  /** A cursor is not one of this run. */
  | 'CURSOR_INVALID'
  /** Postgres has no connection left. */
  | 'DATABASE_BUSY'
  /** The database does not store text as UTF-8. */
  | 'DATABASE_ENCODING'
  /** Postgres has no space left. */
  | 'DATABASE_FULL'
  /** Postgres refuses the login: password, role, pg_hba.conf or client certificate. */
  | 'DATABASE_LOGIN_REFUSED'
  /** The database was migrated by a newer Ballast. */
  | 'DATABASE_NEWER'
  /** Postgres has no database of that name. */
  | 'DATABASE_NOT_FOUND'
  /** Postgres takes no changes: it is a standby, or the role or database is read-only. */
  | 'DATABASE_READ_ONLY'
  /** The role may not do in the database what Ballast needs, such as create tables. */
  | 'DATABASE_RIGHT_MISSING'
  /** The embedded Postgres cannot be started on its data folder. */
  | 'DATABASE_START_FAILED'
  /** An encrypted connection to Postgres was asked for and fails: the server has no TLS, or its certificate is not accepted. */
  | 'DATABASE_TLS_FAILED'
  /** Postgres is older than the oldest version supported. */
  | 'DATABASE_TOO_OLD'
  /** Postgres cannot be reached, takes no connections now, or the connection broke; or what listens there is none. */
  | 'DATABASE_UNREACHABLE'
  /** The run keeps only its figures: its events were not stored. */
  | 'EVENTS_NOT_KEPT'
  /** The Expect header of a request asks for something else than 100-continue. */
  | 'EXPECTATION_UNSUPPORTED'
  /** No experiment has that id. */
  | 'EXPERIMENT_NOT_FOUND'
  /** The headers of a request are larger than the limit. */
  | 'HEADERS_TOO_LARGE'
  /** The run's head is not where the writer thinks it is. */
  | 'HEAD_MOVED'
  /** Something stored is not what was written (the positions that it touches are given): it is missing, or does not match its checksum or digest, or holds numbers that this version of Ballast does not know. */
  | 'HISTORY_DAMAGED'
  /** The Host header names another machine: a web page may be pretending that this server is its own. */
  | 'HOST_REFUSED'
  /** The idempotency key was used before with another input. */
  | 'IDEMPOTENCY_CONFLICT'
  /** An argument has a wrong value. */
  | 'INPUT_INVALID'
  /** Something that should not happen; it is logged with the request's id. */
  | 'INTERNAL'
  /** Another executor holds the run's lease. */
  | 'LEASE_LOST'
  /** A list was asked for more items than one page may hold. */
  | 'LIST_TOO_LARGE'
  /** The body of a request is not application/json in UTF-8, as it is. */
  | 'MEDIA_TYPE_UNSUPPORTED'
  /** A run would need more memory than the server allows one; both amounts are given. */
  | 'MEMORY_EXCEEDED'
  /** The address does not answer to this HTTP method. */
  | 'METHOD_NOT_ALLOWED'
  /** The client accepts none of the forms in which the answer can be given. */
  | 'NOT_ACCEPTABLE'
  /** There is nothing at that address. */
  | 'NOT_FOUND'
  /** A web page of another origin may not use this server. */
  | 'ORIGIN_REFUSED'
  /** A policy asked for something that does not exist or that it did not declare, or returned what is no data; its run has failed. */
  | 'POLICY_DECISION_INVALID'
  /** The process of a policy ended by itself, or could not be started; its run has failed. */
  | 'POLICY_ENDED'
  /** A policy took more memory than its limit; its run has failed. */
  | 'POLICY_MEMORY'
  /** No installed policy has that name. */
  | 'POLICY_NOT_FOUND'
  /** A configured policy package cannot be loaded or does not keep the plug-in interface. */
  | 'POLICY_PACKAGE_INVALID'
  /** A policy parameter has the wrong type, is out of its range, or is unknown. */
  | 'POLICY_PARAMETER_INVALID'
  /** A policy threw an error; its run has failed. */
  | 'POLICY_THREW'
  /** A policy took longer than its time limit; its run has failed. */
  | 'POLICY_TIMEOUT'
  /** The port is used by another program. */
  | 'PORT_TAKEN'
  /** The position or time lies outside of the run's history. */
  | 'POSITION_OUT_OF_RANGE'
  /** psql is not installed, or not on PATH. */
  | 'PSQL_MISSING'
  /** A GraphQL document cannot be parsed, or does not fit the schema. */
  | 'QUERY_INVALID'
  /** A GraphQL document nests deeper than the limit. */
  | 'QUERY_TOO_DEEP'
  /** A GraphQL document costs more than the limit. */
  | 'QUERY_TOO_EXPENSIVE'
  /** A GraphQL document has more tokens than the limit. */
  | 'QUERY_TOO_LARGE'
  /** A reader of events did not take what it was sent, and was ended; it can continue after its cursor. */
  | 'READER_TOO_SLOW'
  /** A simulated figure is further from the published or derived one than its tolerance allows. */
  | 'REPRODUCTION_DIFFERS'
  /** The bytes of a request are no HTTP request, or its address is none. */
  | 'REQUEST_INVALID'
  /** A re-execution did not give the events that are stored. */
  | 'RUN_DIVERGED'
  /** A run of the backup exists in the database already. */
  | 'RUN_EXISTS'
  /** The run has failed; the reason is in the message. */
  | 'RUN_FAILED'
  /** No run has that id. */
  | 'RUN_NOT_FOUND'
  /** The run is not in a state that allows this. */
  | 'RUN_STATE'
  /** A scenario has problems; each is listed with its path, what was found and what is allowed. */
  | 'SCENARIO_INVALID'
  /** No scenario has that name. */
  | 'SCENARIO_NOT_FOUND'
  /** The token that was given does not allow what was asked for. */
  | 'SCOPE_MISSING'
  /** The server has as many connections, or as much of unfinished requests, as it may: ask again later. */
  | 'SERVER_BUSY'
  /** The server is shutting down; ask again once it is back. */
  | 'SERVER_CLOSING'
  /** The work took longer than its limit. */
  | 'TIMED_OUT'
  /** The server asks for a token, and the request has none or a wrong one. */
  | 'TOKEN_INVALID'
  /** A client has more operations under way than the limit; ask again once some of them have ended. */
  | 'TOO_MANY_OPERATIONS'
  /** A trace of that name exists already, with other content. */
  | 'TRACE_EXISTS'
  /** A trace cannot be read; file and line or byte are given. */
  | 'TRACE_INVALID'
  /** A trace is needed by runs and cannot be deleted. */
  | 'TRACE_IN_USE'
  /** No trace has that name. */
  | 'TRACE_NOT_FOUND'
  /** Another version of Ballast executes runs on the database. */
  | 'VERSION_DIFFERS';

/** How a translation ends. */
export type TranslationOutcome =
  /** Every entry is there: the access goes to the frame. */
  | 'HIT'
  /** The real map table has no entry: the host fault. */
  | 'HOST_FAULT'
  /** The guest page table has no entry: the guest fault. */
  | 'PAGE_MISS';

export type StartExerciseMutationVariables = Exact<{
  scenario: unknown;
  idempotencyKey: string;
}>;


export type StartExerciseMutation = { readonly outcome:
    | { readonly code: ErrorCode, readonly message: string }
    | { readonly run: { readonly id: string } }
   };

export type ExerciseTablesQueryVariables = Exact<{
  run: string;
  position: string;
  vm: number;
  process: number;
  virtualPage: number;
}>;


export type ExerciseTablesQuery = { readonly run: { readonly at: { readonly vm: { readonly name: string, readonly process: { readonly name: string, readonly pageTable: { readonly nodes: ReadonlyArray<{ readonly virtualPage: number, readonly realPage: number | null }> } } | null, readonly realMapTable: { readonly nodes: ReadonlyArray<{ readonly realPage: number, readonly physicalPage: number | null }> } } | null, readonly translate: { readonly outcome: TranslationOutcome, readonly realPage: number | null, readonly physicalPage: number | null, readonly steps: ReadonlyArray<{ readonly description: string }> } } } | null };

export const StartExercise: Document<StartExerciseMutation, StartExerciseMutationVariables> = { name: "StartExercise", operation: "mutation", text: "mutation StartExercise($scenario: Json!, $idempotencyKey: String!) {\n  outcome: startRun(\n    input: {\n      scenario: { json: $scenario }\n      label: \"exercise\"\n      idempotencyKey: $idempotencyKey\n    }\n  ) {\n    ... on RunPayload {\n      run {\n        id\n      }\n    }\n    ... on Failure {\n      code\n      message\n    }\n  }\n}" };

export const ExerciseTables: Document<ExerciseTablesQuery, ExerciseTablesQueryVariables> = { name: "ExerciseTables", operation: "query", text: "query ExerciseTables($run: ID!, $position: BigInt!, $vm: Int!, $process: Int!, $virtualPage: Int!) {\n  run(id: $run) {\n    at(at: { position: $position }) {\n      vm(vm: $vm) {\n        name\n        process(process: $process) {\n          name\n          pageTable(first: 8) {\n            nodes {\n              virtualPage\n              realPage\n            }\n          }\n        }\n        realMapTable(first: 12) {\n          nodes {\n            realPage\n            physicalPage\n          }\n        }\n      }\n      translate(vm: $vm, process: $process, virtualPage: $virtualPage) {\n        outcome\n        realPage\n        physicalPage\n        steps {\n          description\n        }\n      }\n    }\n  }\n}" };
