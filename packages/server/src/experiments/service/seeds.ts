import { BallastError } from "@ballast/core/errors";
import { DEFAULT_SEED_COUNT } from "../experiment.ts";

export const MAX_SEEDS = 10_000;

/**
 * The seeds themselves, or a number of seeds from the scenario's on, each one more than the one before.
 * @throws BallastError INPUT_INVALID for none, too many, one that is named twice, or what is no seed.
 */
export function seedsFrom(scenarioSeed: number, wanted: number | readonly number[] = DEFAULT_SEED_COUNT): readonly number[] {
  if (typeof wanted === "number") return countUp(scenarioSeed, wanted);
  if (wanted.length === 0) throw new BallastError("INPUT_INVALID", "An experiment takes at least one seed.");
  requireCount(wanted.length);
  for (const [place, seed] of wanted.entries()) {
    requireSeed(seed);
    if (wanted.indexOf(seed) !== place) throw new BallastError("INPUT_INVALID", `The seed ${seed} is named twice: name each once.`);
  }
  return wanted;
}

function countUp(first: number, count: number): number[] {
  requireCount(count);
  requireSeed(first + count - 1);
  return Array.from({ length: count }, (_, index) => first + index);
}

function requireCount(count: number): void {
  if (Number.isSafeInteger(count) && count >= 1 && count <= MAX_SEEDS) return;
  throw new BallastError("INPUT_INVALID", `An experiment takes from 1 to ${MAX_SEEDS} seeds, not ${count}.`);
}

function requireSeed(seed: number): void {
  if (Number.isSafeInteger(seed) && seed >= 0) return;
  throw new BallastError("INPUT_INVALID", `A seed is a whole number from 0 to 2^53 - 1, not ${seed}.`);
}
