/** One number of frames under one algorithm: counts the misses of references to pages that are numbered from 0, densely. */
export type SimulatedCache = {
  /** Of all references so far; the frames are empty at the start. */
  readonly misses: number;
  /** Makes the first `count` references of an array, behind those made before. */
  access(pages: Uint32Array, count: number): void;
  /**
   * Whether a page is resident. `nextUse` is the index of its next reference, or NEVER_AGAIN: algorithms that look ahead know pages by
   * it, and others need not be told.
   */
  holds(page: number, nextUse: number): boolean;
};

/** What an algorithm is given at its start. */
export type CacheOptions = {
  /** All of them for pages of the references, at least 1, and no more than there are pages. */
  readonly frames: number;
  /** Every page number is below this. */
  readonly pageCount: number;
  /** Of the random stream, if there is one: 0 to 2^53 - 1. */
  readonly seed: number;
  /** By the index of each reference: the index of the next one to the same page, or NEVER_AGAIN. Only for algorithms that say that they look ahead. */
  readonly nextUses: Int32Array;
};

/** A parameter that is one of some words, the first by default. */
export type WordParameter = { readonly words: readonly [string, ...string[]]; readonly description: string };

export type Parameters = Readonly<Record<string, WordParameter>>;

/** The words that were chosen, by parameter. */
export type Chosen<Given extends Parameters> = { readonly [Name in keyof Given]: Given[Name]["words"][number] };

/** How an algorithm is declared: what it does, as the documentation says it, and how to make one. */
export type ReplacementAlgorithm = {
  readonly title: string;
  /** The page that leaves when there is no free frame. */
  readonly victim: string;
  /** What a reference to a resident page changes. */
  readonly hit: string;
  /** Where a page that comes in goes. */
  readonly load: string;
  readonly source: string;
  readonly parameters: Parameters;
  readonly looksAhead: boolean;
  readonly isRandom: boolean;
  /** A stack algorithm: one pass gives the misses of every size. */
  readonly hasOnePass: boolean;
  readonly create: (options: CacheOptions, chosen: Readonly<Record<string, string>>) => SimulatedCache;
};

/** Keeps the names of the parameters for `create`. */
export function defineAlgorithm<const Given extends Parameters>(
  algorithm: Omit<ReplacementAlgorithm, "create" | "parameters"> & {
    readonly parameters: Given;
    readonly create: (options: CacheOptions, chosen: Chosen<Given>) => SimulatedCache;
  },
): ReplacementAlgorithm {
  return algorithm as ReplacementAlgorithm;
}
