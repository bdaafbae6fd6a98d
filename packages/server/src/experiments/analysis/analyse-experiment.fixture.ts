import { RUN_ONLY_RESULTS, type RunResults, VM_RESULTS } from "@ballast/core/metrics";
import type { RunMetrics, VmMetrics } from "../../runs/index.ts";
import type { Experiment, Variant } from "../experiment.ts";

const ZEROS = Object.fromEntries([...VM_RESULTS, ...RUN_ONLY_RESULTS].map(({ name }) => [name, 0])) as RunResults;

/** Metrics of a run of one VM that completed its work, all 0 but those given. */
export function metricsOf(some: Partial<RunMetrics>): RunMetrics {
  const vms = [{ ...(ZEROS as unknown as VmMetrics), vm: 1, name: "vm", workNs: 1, killed: false, endCause: null, shares: 1000 }];
  return { ...ZEROS, vmsCompleted: 1, faultBound: null, vms, ...some };
}

/** A completed comparison with these metrics under each seed, by label; null: the run has none. The first is the baseline. */
export function experimentOf(variants: Readonly<Record<string, readonly (Partial<RunMetrics> | null)[]>>): Experiment {
  const cells = Object.values(variants)[0] ?? [];
  return {
    id: "00000000-0000-4000-8000-000000000000",
    kind: "comparison",
    scenarioName: "tiny",
    seeds: cells.map((_cell, seed) => seed + 1),
    baseline: 0,
    keeps: "events",
    status: "completed",
    createdAt: new Date(0),
    variants: Object.entries(variants).map(([label, metrics]): Variant => ({
      label,
      policyName: label,
      policyVersion: "1.0.0",
      parameters: {},
      overrides: {},
      role: "compared",
      uncommitted: null,
      cells: metrics.map((some, seed) => ({ seed: seed + 1, run: null, metrics: some === null ? null : metricsOf(some), relative: null })),
    })),
    notes: [],
  };
}
