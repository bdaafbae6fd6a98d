/** What one request may ask for. Each refusal has its own code and says the limit and the number found. */
export type Limits = {
  /** Fields inside of fields; a leaf at the root has depth 1. Introspection is not counted: GraphQL bounds it itself. */
  readonly maxDepth: number;
  /** See `measureOperation`. */
  readonly maxCost: number;
  /** Names, punctuation and values of a document. */
  readonly maxTokens: number;
  /** Of the body of a request. */
  readonly maxBodyBytes: number;
  /** A query or mutation is given up after so long. */
  readonly maxMs: number;
  /** Longest that `atLeastPosition` waits. */
  readonly maxWaitMs: number;
  /** A reader of events whose client takes nothing of a message for so long is ended, with its cursor. */
  readonly readerStallMs: number;
  /** Bytes that may wait for all readers of events together; beyond, those are ended that have taken nothing for longest. */
  readonly readerBufferBytes: number;
};

export const DEFAULT_LIMITS: Limits = {
  maxDepth: 14,
  maxCost: 50_000,
  maxTokens: 4_000,
  maxBodyBytes: 4 * 1024 * 1024,
  maxMs: 30_000,
  maxWaitMs: 5_000,
  readerStallMs: 30_000,
  readerBufferBytes: 256 * 2 ** 20,
};
