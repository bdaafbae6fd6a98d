/** References in blocks, as a trace's reader gives them. */
export type ReferenceBlocks = {
  readonly referenceCount: number;
  /** Every page number is below this; at least 1. */
  readonly pageCount: number;
  readonly blockCount: number;
  /** Valid until the next one is asked for. */
  block(index: number): { readonly pages: Uint32Array; readonly length: number };
};
