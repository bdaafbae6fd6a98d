import type { Comparison } from "@ballast/server/runs";

/** A comparison as `--json` shows it; part of what docs/cli.md promises. `metrics` is null for a run without an end. */
export function comparisonShape(comparison: Comparison): Record<string, unknown> {
  return {
    id: comparison.id,
    scenario: comparison.scenarioName,
    seed: comparison.seed,
    status: comparison.status,
    createdAt: comparison.createdAt.toISOString(),
    entries: comparison.entries.map((entry) => ({
      label: entry.label,
      policy: entry.policyName,
      policyVersion: entry.policyVersion,
      parameters: entry.parameters,
      runId: entry.run?.id ?? null,
      runStatus: entry.run?.status ?? null,
      faults: entry.run?.faults ?? null,
      metrics: entry.metrics,
    })),
    notes: comparison.notes,
  };
}
