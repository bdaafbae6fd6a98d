import { DEFAULT_SEED_COUNT } from "@ballast/server/experiment";
import { InvalidArgumentError, Option } from "commander";
import { parseWholeNumber } from "./arguments.ts";

/** `--seeds 10`: so many from the scenario's own on; `--seeds 3,5,8`: these. */
export function seedsOption(): Option {
  return new Option("--seeds <n|list>", "how many seeds, from the scenario's own on, or the seeds with commas between them")
    .argParser(parseSeeds)
    .default(undefined, String(DEFAULT_SEED_COUNT));
}

function parseSeeds(text: string): number | readonly number[] {
  if (!text.includes(",")) return parseCount(text);
  const seeds = text.split(",").map((part) => parseWholeNumber(part.trim()));
  const twice = seeds.find((seed, index) => seeds.indexOf(seed) !== index);
  if (twice !== undefined) throw new InvalidArgumentError(`It names the seed ${twice} twice.`);
  return seeds;
}

function parseCount(text: string): number {
  const count = parseWholeNumber(text);
  if (count > 0) return count;
  throw new InvalidArgumentError("It takes at least one seed; the seed 0 alone is `--seed 0`.");
}
