import type { ErrorCode } from "@ballast/core/errors";
import type { ParameterValues } from "@ballast/core/policy";
import type { StoredMetrics } from "../runs/stored-metrics.ts";
import type { RunStatus } from "../runs/run.ts";

/**
 * What a row of the tables of runs, comparisons, traces and decisions has when it is read. A bigint
 * is a number here, as the pool parses it. `schema.test.ts` holds every column to the migrated database, both ways.
 */
export type DatabaseSchema = {
  readonly runs: RunsTable;
  readonly run_jobs: RunJobsTable;
  readonly comparisons: ComparisonsTable;
  readonly traces: TracesTable;
  readonly decisions: DecisionsTable;
  readonly decision_figures: DecisionFiguresTable;
};

type RunsTable = {
  readonly id: number;
  readonly root_run_id: number;
  readonly parent_run_id: number | null;
  readonly fork_position: number | null;
  readonly status: RunStatus;
  readonly catalogue_version: number;
  readonly head_position: number;
  readonly head_time_ns: number;
  /** Hex. */
  readonly head_digest: string;
  readonly text_count: number;
  readonly lease_owner: string | null;
  readonly lease_epoch: number;
  readonly lease_until: Date | null;
  readonly created_at: Date;
  readonly head_checksum: Buffer | null;
  readonly keeps_events: boolean;
};

type RunJobsTable = {
  readonly run_id: number;
  readonly public_id: string;
  readonly scenario_name: string;
  /** A Scenario; each reader parses it. */
  readonly scenario: unknown;
  readonly policy_name: string;
  readonly policy_version: string;
  readonly parameters: ParameterValues;
  readonly seed: number;
  readonly comparison_id: string | null;
  /** From 0; null where comparison_id was from the start. */
  readonly comparison_place: number | null;
  readonly accesses: number;
  readonly figures: StoredMetrics | null;
  readonly error_code: ErrorCode | null;
  readonly error_message: string | null;
  readonly memory_bytes: number;
  readonly label: string | null;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
  readonly input_checksum: Buffer | null;
  readonly figures_checksum: Buffer | null;
};

type ComparisonsTable = {
  readonly id: string;
  readonly number: number;
  readonly scenario_name: string;
  readonly seed: number;
  /** A design; each reader parses it. */
  readonly design: unknown;
  readonly created_at: Date;
  readonly checksum: Buffer | null;
};

export type TracesTable = {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly format: string;
  readonly digest: string;
  readonly reference_count: number;
  /** By AccessKind. */
  readonly kind_counts: readonly number[];
  readonly page_count: number;
  readonly page_bytes: number;
  readonly block_count: number;
  readonly stored_bytes: number;
  readonly imported_at: Date;
  /** Rows of trace_page_names; null of traces that a version before checksums imported. */
  readonly name_chunk_count: number | null;
  readonly checksum: Buffer | null;
};

/** A decision's columns are null until its PolicyDecided event is projected: a clamp may come first. */
export type DecisionsTable = {
  readonly root_run_id: number;
  readonly run_id: number;
  readonly decision: number;
  readonly position: number | null;
  readonly time_ns: number | null;
  readonly vm: number | null;
  readonly kind: number | null;
  readonly reason: string | null;
  readonly requested_pages: number | null;
  readonly clamp_cause: number | null;
  readonly done_pages: number | null;
  readonly checksum: Buffer | null;
};

type DecisionFiguresTable = {
  readonly root_run_id: number;
  readonly run_id: number;
  readonly decision: number;
  readonly position: number;
  readonly vm: number;
  readonly figure: string;
  readonly value_millionths: number;
  readonly checksum: Buffer | null;
};
