import type { ExperimentKind } from "./experiment.generated.ts";

export const KIND_NAMES: Readonly<Record<ExperimentKind, string>> = {
  COMPARISON: "Comparison",
  SWEEP: "Sweep",
  CAPACITY: "Capacity search",
};

/** `seed 7`, `10 seeds (1 to 10)`, `3 seeds (3, 5, 8)`. */
export function seedsText(seeds: readonly string[]): string {
  const [first = "0"] = seeds;
  if (seeds.length === 1) return `seed ${first}`;
  const isRow = seeds.every((seed, place) => BigInt(seed) === BigInt(first) + BigInt(place));
  return `${seeds.length} seeds (${isRow ? `${first} to ${seeds.at(-1) ?? ""}` : seeds.join(", ")})`;
}

/** The colour of a compared variant, by its place among these; of those beside them, that of references. */
export function variantColour(place: number, isCompared: boolean): string {
  return isCompared ? `--vm-${place % 8}` : "--ink-faint";
}
