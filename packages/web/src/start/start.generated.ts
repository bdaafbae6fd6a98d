// Made of start.graphql by tools/generate-documents.ts: change that file and run `npm run web:types`.
import type { Document } from "../api/document.ts";

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** How far an experiment is. */
export type ExperimentStatus =
  /** Every run has completed. */
  | 'COMPLETED'
  /** At least one run has failed or was stopped. */
  | 'FAILED'
  /** Not every run is final yet. */
  | 'RUNNING';

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

/** Why a variant is part of an experiment. */
export type VariantRole =
  /** A policy that knows the future: what real ones can only approach. */
  | 'BOUND'
  /** It was asked for. */
  | 'COMPARED'
  /** The same VMs on a host with memory for all of them, where nothing is reclaimed: the base of slowdowns. */
  | 'UNCOMMITTED';

export type StartQueryVariables = Exact<{ [key: string]: never; }>;


export type StartQuery = { readonly runs: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly scenarioName: string, readonly policyName: string, readonly seed: string, readonly status: RunStatus, readonly headTimeNs: string, readonly createdAt: string }> }, readonly experiments: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly scenarioName: string, readonly status: ExperimentStatus, readonly seeds: ReadonlyArray<string>, readonly analysis: { readonly conclusion: string, readonly primaryMetric: string | null, readonly metrics: ReadonlyArray<{ readonly metric: string, readonly title: string, readonly variants: ReadonlyArray<{ readonly variant: string, readonly n: number, readonly mean: number | null }> }> }, readonly variants: ReadonlyArray<{ readonly label: string, readonly role: VariantRole, readonly policyName: string, readonly cells: ReadonlyArray<{ readonly seed: string, readonly run: { readonly id: string, readonly status: RunStatus } | null }> }> }> }, readonly queue: { readonly queued: number, readonly running: number, readonly failed: number } };

export const Start: Document<StartQuery, StartQueryVariables> = { name: "Start", operation: "query", text: "query Start {\n  runs(first: 6, withoutLabels: [\"tour\", \"exercise\"]) {\n    totalCount\n    nodes {\n      id\n      scenarioName\n      policyName\n      seed\n      status\n      headTimeNs\n      createdAt\n    }\n  }\n  experiments(first: 1) {\n    nodes {\n      id\n      scenarioName\n      status\n      seeds\n      analysis {\n        conclusion\n        primaryMetric\n        metrics {\n          metric\n          title\n          variants {\n            variant\n            n\n            mean\n          }\n        }\n      }\n      variants {\n        label\n        role\n        policyName\n        cells {\n          seed\n          run {\n            id\n            status\n          }\n        }\n      }\n    }\n  }\n  queue {\n    queued\n    running\n    failed\n  }\n}" };
