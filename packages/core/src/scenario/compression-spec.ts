/** The compression caches of a host; a policy decides whether they are used. */
export type CompressionSpec = {
  /** Most of a VM's configured pages that its cache may take in frames, 0 to 1. */
  readonly cacheFraction: number;
  /** A page that compresses to more bytes than this is swapped out. */
  readonly maxBytes: number;
  /** Mean compressed size, as a fraction of a page, of pages that no process uses: those of the guest's kernel, of files. */
  readonly otherFraction: number;
};

/** Assumed: half of what is kept at most, so that three pages of four compress well enough. */
export const COMPRESSED_FRACTION = 0.4;

export const COMPRESSION_DEFAULTS: CompressionSpec = {
  cacheFraction: 0.1,
  maxBytes: 2048,
  otherFraction: COMPRESSED_FRACTION,
};
