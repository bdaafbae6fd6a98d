import { assert } from "@ballast/core/assert";
import type { SeedVariation } from "@ballast/core/scenario";
import { currentParameterName, currentParameters } from "../runs/store/former-parameters.ts";
import type { Keeps } from "../runs/index.ts";
import type { ExperimentKind, VariantInput } from "./experiment.ts";

/** What an experiment was asked to be, as its row keeps it. */
export type Design = {
  readonly kind: ExperimentKind;
  readonly seeds: readonly number[];
  readonly baseline: number;
  /** What is kept of its runs; events if not given. */
  readonly keeps?: Keeps;
  readonly variants: readonly VariantInput[];
  /** What the seeds change of the scenario; comparisons of the first version do not have it. */
  readonly seeded?: SeedVariation;
};

/** What versions before experiments stored of a comparison: its policies. */
type FormerDesign = readonly Pick<VariantInput, "policyName" | "policyVersion" | "parameters" | "changedParameters">[];

/** The design under the current names of parameters, whichever version stored it; `seed` is that of the row. */
export function readDesign(text: string, seed: number): Design {
  const stored = JSON.parse(text) as Design | FormerDesign;
  const design = isFormer(stored) ? ofComparison(stored, seed) : stored;
  return { ...design, variants: design.variants.map(underCurrentNames) };
}

/** @returns what `readDesign` reads. */
export function printDesign(design: Design): string {
  assert(design.variants[design.baseline] !== undefined, () => `no variant ${design.baseline} for a baseline`);
  return JSON.stringify(design);
}

function isFormer(stored: Design | FormerDesign): stored is FormerDesign {
  return Array.isArray(stored);
}

function ofComparison(policies: FormerDesign, seed: number): Design {
  const variants = policies.map((policy): VariantInput => ({ ...policy, overrides: {}, role: "compared", uncommitted: null }));
  return { kind: "comparison", seeds: [seed], baseline: 0, variants };
}

function underCurrentNames(variant: VariantInput): VariantInput {
  const { policyName, parameters, changedParameters } = variant;
  return {
    ...variant,
    parameters: currentParameters(policyName, parameters),
    ...(changedParameters === undefined
      ? {}
      : { changedParameters: changedParameters.map((name) => currentParameterName(policyName, name)) }),
  };
}
