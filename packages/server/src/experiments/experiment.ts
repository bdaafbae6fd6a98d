import type { RelativeResults } from "@ballast/core/metrics";
import type { ParameterValues } from "@ballast/core/policy";
import type { Keeps, Run, RunMetrics } from "../runs/index.ts";

/** Seeds of an experiment that says nothing about them. */
export const DEFAULT_SEED_COUNT = 10;

/** What asked for an experiment. */
export const EXPERIMENT_KINDS = ["comparison", "sweep", "capacity"] as const;
export type ExperimentKind = (typeof EXPERIMENT_KINDS)[number];

/**
 * Why a variant is part of an experiment. `compared`: it was asked for. `uncommitted`: the same VMs on a host with memory for all of
 * them, where nothing is reclaimed: the base of slowdowns. `bound`: a policy that knows the future, which real ones can only approach.
 */
export const VARIANT_ROLES = ["compared", "uncommitted", "bound"] as const;
export type VariantRole = (typeof VARIANT_ROLES)[number];

/**
 * One scenario under several variants and seeds: one run for each variant and seed. Variants with the same seed meet the same
 * accesses, so that differences between them can be taken seed by seed.
 */
export type Experiment = {
  /** A UUID. */
  readonly id: string;
  readonly kind: ExperimentKind;
  readonly scenarioName: string;
  /** Each once, in the order in which they were given. */
  readonly seeds: readonly number[];
  /** The variant that the others are compared with, by its place in `variants`. */
  readonly baseline: number;
  /** What is kept of its runs. */
  readonly keeps: Keeps;
  /** `running` until every run is final; `failed` if at least one run has failed or was stopped. */
  readonly status: "running" | "completed" | "failed";
  readonly createdAt: Date;
  /** The compared ones first, in the order in which they were named. */
  readonly variants: readonly Variant[];
  /** What a reader of the metrics has to know. */
  readonly notes: readonly string[];
};

/** What lists show of an experiment: read without its runs. */
export type ExperimentHead = Pick<Experiment, "id" | "kind" | "scenarioName" | "seeds" | "keeps" | "status" | "createdAt"> & {
  /** Of the compared variants, in their order. */
  readonly labels: readonly string[];
};

/** What a variant is made of, complete. */
export type VariantInput = {
  readonly policyName: string;
  readonly policyVersion: string;
  readonly parameters: ParameterValues;
  /** Names of those that are not at the policy's default; experiments of the first version do not have it. */
  readonly changedParameters?: readonly string[];
  /** Values of the scenario that are others than in its file, by their paths; see `setInScenario`. */
  readonly overrides: Readonly<Record<string, unknown>>;
  readonly role: VariantRole;
  /** Place of the variant that has the same VMs without overcommitment; null: none was made. */
  readonly uncommitted: number | null;
};

export type Variant = Omit<VariantInput, "changedParameters"> & {
  /** What it is called in this experiment: the policy, with the parameters and overrides that tell it from others. No two are equal. */
  readonly label: string;
  /** One for each seed, in their order. */
  readonly cells: readonly Cell[];
};

export type Cell = {
  readonly seed: number;
  /** null once the run was deleted. */
  readonly run: Run | null;
  /** null until the run has completed. */
  readonly metrics: RunMetrics | null;
  /** Beside the run of the same VMs and seed without overcommitment; null until both have completed, or if none was made. */
  readonly relative: RelativeResults | null;
};

/** All runs of an experiment that are not deleted. */
export function runsOf({ variants }: Pick<Experiment, "variants">): Run[] {
  return variants.flatMap(({ cells }) => cells.flatMap(({ run }) => run ?? []));
}

/** The variants that were asked for. */
export function comparedVariants({ variants }: Pick<Experiment, "variants">): Variant[] {
  return variants.filter(({ role }) => role === "compared");
}
