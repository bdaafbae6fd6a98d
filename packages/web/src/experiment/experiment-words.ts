import type { ExperimentKind } from "./experiment.generated.ts";

export const KIND_NAMES: Readonly<Record<ExperimentKind, string>> = {
  COMPARISON: "Comparison",
  SWEEP: "Sweep",
  CAPACITY: "Capacity search",
};

/** The colour of a compared variant, by its place among these; of those beside them, that of references. */
export function variantColour(place: number, isCompared: boolean): string {
  return isCompared ? `--vm-${place % 8}` : "--ink-faint";
}
