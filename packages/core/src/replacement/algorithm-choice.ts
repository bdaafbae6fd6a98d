import { BallastError } from "../errors/index.ts";
import { CACHE_ALGORITHM_NAMES, CACHE_ALGORITHMS, type CacheAlgorithmName, isCacheAlgorithm } from "./replacement-algorithms.ts";
import type { CacheOptions, ReplacementAlgorithm, SimulatedCache } from "./simulated-cache.ts";

/** An algorithm with all of its parameters. */
export type AlgorithmChoice = {
  /** As people write it: the name, and the parameters that are not the default. */
  readonly label: string;
  readonly name: CacheAlgorithmName;
  readonly parameters: Readonly<Record<string, string>>;
};

/** `clock:referenceBitOnLoad=clear`, several parameters with a colon each. @throws BallastError INPUT_INVALID. */
export function parseAlgorithmChoice(text: string): AlgorithmChoice {
  const [name, ...settings] = text.split(":");
  if (!isCacheAlgorithm(name)) {
    refuse(`There is no replacement algorithm ${JSON.stringify(name)}. There are: ${CACHE_ALGORITHM_NAMES.join(", ")}.`);
  }
  const algorithm: ReplacementAlgorithm = CACHE_ALGORITHMS[name];
  const given = new Map(settings.map((setting) => parseSetting(name, setting)));
  if (given.size < settings.length) refuse(`A parameter of ${name} is given twice in ${JSON.stringify(text)}.`);
  const chosen = Object.entries(algorithm.parameters).map(([key, { words }]) => [key, given.get(key) ?? words[0]] as const);
  const special = chosen.filter(([key, word]) => word !== algorithm.parameters[key].words[0]);
  const label = [name, ...special.map(([key, word]) => `${key}=${word}`)].join(":");
  return { label, name, parameters: Object.fromEntries(chosen) };
}

/** Several choices, with commas between them, none of them twice. @throws BallastError INPUT_INVALID. */
export function parseAlgorithmChoices(text: string): AlgorithmChoice[] {
  const choices = text.split(",").map((part) => parseAlgorithmChoice(part.trim()));
  const labels = choices.map(({ label }) => label);
  const twice = labels.find((label, at) => labels.indexOf(label) < at);
  if (twice !== undefined) refuse(`The algorithm ${twice} is named twice.`);
  return choices;
}

export function createCache({ name, parameters }: AlgorithmChoice, options: CacheOptions): SimulatedCache {
  return CACHE_ALGORITHMS[name].create(options, parameters);
}

function parseSetting(name: CacheAlgorithmName, setting: string): readonly [key: string, word: string] {
  const { parameters }: ReplacementAlgorithm = CACHE_ALGORITHMS[name];
  const [key, word = ""] = setting.split("=");
  const keys = Object.keys(parameters);
  const found = Object.hasOwn(parameters, key) ? parameters[key] : undefined;
  if (found === undefined) {
    const there = keys.length === 0 ? "it has none" : `it has: ${keys.join(", ")}`;
    return refuse(`${name} has no parameter ${JSON.stringify(key)}; ${there}.`);
  }
  if (!found.words.includes(word)) refuse(`${key} of ${name} is one of ${found.words.join(", ")}, not ${JSON.stringify(word)}.`);
  return [key, word];
}

function refuse(message: string): never {
  throw new BallastError("INPUT_INVALID", message);
}
