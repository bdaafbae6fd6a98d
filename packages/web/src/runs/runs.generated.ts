// Made of runs.graphql by tools/generate-documents.ts: change that file and run `npm run web:types`.
import type { Document } from "../api/document.ts";

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** What of a run is stored. */
export type Keeps =
  /** Every event, and what can be computed from them: any moment can be looked at. */
  | 'EVENTS'
  /** Its results, and the number and digest of its events. */
  | 'FIGURES';

/** What runs are sorted by. Runs without it come last; the newer of two with the same counts as the larger. */
export type RunSortKey =
  /** Accesses that its VMs have made. */
  | 'ACCESSES'
  /** When it was asked for. */
  | 'CREATED'
  /** Accesses that faulted. */
  | 'FAULTS'
  /** When it became final. */
  | 'FINISHED'
  /** Its work time. */
  | 'WORK_TIME';

/** How far a run is. */
export type RunStatus =
  /** It reached its end. Final. */
  | 'COMPLETED'
  /** It cannot continue; `error` says why. Final. */
  | 'FAILED'
  /** A command has to resume it. */
  | 'PAUSED'
  /** No executor has begun it. */
  | 'QUEUED'
  /** An executor works on it, or will as soon as one is free. */
  | 'RUNNING'
  /** A command ended it. Final. */
  | 'STOPPED'
  /** Only a command can make something happen. */
  | 'WAITING';

/** The direction of a list. */
export type SortDirection =
  /** The smallest or oldest first. */
  | 'ASCENDING'
  /** The largest or newest first. */
  | 'DESCENDING';

export type RunsQueryVariables = Exact<{
  search?: string | null | undefined;
  status?: RunStatus | null | undefined;
  label?: string | null | undefined;
  withoutLabels?: ReadonlyArray<string> | string | null | undefined;
  sortBy: RunSortKey;
  direction: SortDirection;
  after?: string | null | undefined;
}>;


export type RunsQuery = { readonly runs: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly id: string, readonly scenarioName: string, readonly policyName: string, readonly seed: string, readonly label: string | null, readonly status: RunStatus, readonly keeps: Keeps, readonly headPosition: string, readonly headTimeNs: string, readonly createdAt: string, readonly metrics: { readonly faults: string | null, readonly slowestWorkNs: string | null } | null }> } };

export const Runs: Document<RunsQuery, RunsQueryVariables> = { name: "Runs", operation: "query", text: "query Runs($search: String, $status: RunStatus, $label: String, $withoutLabels: [String!], $sortBy: RunSortKey!, $direction: SortDirection!, $after: String) {\n  runs(\n    first: 50\n    search: $search\n    status: $status\n    label: $label\n    withoutLabels: $withoutLabels\n    sortBy: $sortBy\n    direction: $direction\n    after: $after\n  ) {\n    totalCount\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    nodes {\n      id\n      scenarioName\n      policyName\n      seed\n      label\n      status\n      keeps\n      headPosition\n      headTimeNs\n      createdAt\n      metrics {\n        faults\n        slowestWorkNs\n      }\n    }\n  }\n}" };
