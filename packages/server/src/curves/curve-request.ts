import type { AlgorithmChoice, FrameSizes } from "@ballast/core/replacement";

/** The references of a trace, as they lie in memory: kept in Postgres, or read from a file. */
export type CurveTrace = {
  readonly name: string;
  readonly referenceCount: number;
  readonly pageCount: number;
  /** What `BlockEncoder` made, in shared memory, so that threads need no copies. */
  readonly blocks: readonly Uint8Array[];
  /** Whether blocks are compressed, as those that are kept. */
  readonly isCompressed: boolean;
};

export type CurveRequest = {
  readonly policies: readonly AlgorithmChoice[];
  readonly sizes: FrameSizes;
  /** Where all sizes are asked for: whether algorithms that can count all of them in one pass do so. Others count chosen ones. */
  readonly everySize: boolean;
  /** Fraction of the pages that SHARDS samples for an estimate beside the exact curve of LRU; null: none. */
  readonly shardsRate: number | null;
  /** Of random replacement, and of the pages that are sampled. */
  readonly seed: number;
};

export type CurvePoint = { readonly frames: number; readonly misses: number; readonly missRatio: number };

export type PolicyCurve = { readonly policy: string; readonly points: readonly CurvePoint[] };

/** What a sample of the pages tells of LRU. `error` is the estimate without the exact ratio. */
export type ShardsEstimate = {
  readonly rate: number;
  readonly sampledPages: number;
  readonly points: readonly { readonly frames: number; readonly missRatio: number; readonly exact: number; readonly error: number }[];
  /** Mean of the errors without their signs, over these sizes. */
  readonly meanAbsoluteError: number;
};

export type MissRatioCurves = {
  readonly trace: string;
  readonly referenceCount: number;
  readonly pageCount: number;
  readonly seed: number;
  /** In the order of the request. */
  readonly curves: readonly PolicyCurve[];
  readonly shards: ShardsEstimate | null;
  /** What a reader has to know, as sentences: sizes that were chosen, samples that are too small. */
  readonly notes: readonly string[];
};
