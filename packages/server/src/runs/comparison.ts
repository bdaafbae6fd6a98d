import type { ParameterValues } from "@ballast/core/policy";
import type { Run } from "./run.ts";
import type { RunMetrics } from "./run-metrics.ts";

/** Several policies on the same scenario and seed: one run each. */
export type Comparison = {
  /** A UUID. */
  readonly id: string;
  readonly scenarioName: string;
  readonly seed: number;
  /** `running` until every run is final; `failed` if at least one run has failed or was stopped. */
  readonly status: "running" | "completed" | "failed";
  readonly createdAt: Date;
  readonly entries: readonly ComparisonEntry[];
  /** What a reader of the metrics has to know. */
  readonly notes: readonly string[];
};

export type ComparedPolicy = {
  readonly policyName: string;
  readonly policyVersion: string;
  readonly parameters: ParameterValues;
  /** Names of those that were not at the policy's default; comparisons of earlier versions do not have it. */
  readonly changedParameters?: readonly string[];
};

/** In the order in which the policies were named. */
export type ComparisonEntry = Omit<ComparedPolicy, "changedParameters"> & {
  /** What it is called in this comparison: the policy, with the parameters that tell it from others. */
  readonly label: string;
  /** null once the run was deleted. */
  readonly run: Run | null;
  /** null until the run has completed. */
  readonly metrics: RunMetrics | null;
};
