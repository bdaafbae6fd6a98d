import type { Cell, Experiment, Variant } from "@ballast/server/experiment";

/** An experiment as `--json` shows it; part of what docs/cli.md promises. `metrics` is null for a run without an end. */
export function experimentShape(experiment: Experiment): Record<string, unknown> {
  const { variants, seeds } = experiment;
  return {
    id: experiment.id,
    kind: experiment.kind,
    scenario: experiment.scenarioName,
    seed: seeds[0],
    seeds,
    baseline: variants[experiment.baseline]?.label,
    keeps: experiment.keeps,
    status: experiment.status,
    createdAt: experiment.createdAt.toISOString(),
    entries: entriesOf(variants.filter(({ role }) => role === "compared")),
    references: entriesOf(variants.filter(({ role }) => role !== "compared")),
    notes: experiment.notes,
  };
}

function entriesOf(variants: readonly Variant[]): Record<string, unknown>[] {
  return variants.flatMap((variant) => variant.cells.map((cell) => entryShape(variant, cell)));
}

function entryShape(
  { label, role, policyName, policyVersion, parameters, overrides }: Variant,
  { seed, run, metrics, relative }: Cell,
): Record<string, unknown> {
  return {
    label,
    role,
    policy: policyName,
    policyVersion,
    parameters,
    overrides,
    seed,
    runId: run?.id ?? null,
    runStatus: run?.status ?? null,
    faults: run?.faults ?? null,
    metrics,
    relative,
  };
}
