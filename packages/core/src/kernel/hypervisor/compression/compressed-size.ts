import { COMPRESSED_BLOCK_BYTES } from "../../../memory/index.ts";
import { PAGE_BYTES } from "../../../units/index.ts";

const SPREAD_STEPS = 1024;

/**
 * Bytes that a page compresses to, in whole blocks: a function of its content alone, between half and one and a half
 * times the mean fraction of a page, every size equally likely, and never more than a page. The spread is assumed.
 */
export function compressedBytes(content: number, meanFraction: number): number {
  const fraction = meanFraction * (0.5 + (mix(content) % SPREAD_STEPS) / SPREAD_STEPS);
  const blocks = Math.ceil((fraction * PAGE_BYTES) / COMPRESSED_BLOCK_BYTES);
  return COMPRESSED_BLOCK_BYTES * Math.min(Math.max(blocks, 1), PAGE_BYTES / COMPRESSED_BLOCK_BYTES);
}

/** Content tokens are numbered in order; equal ones must compress alike, neighbouring ones must not. */
function mix(content: number): number {
  let hash = Math.imul(content ^ (content >>> 16), 0x45d9f3b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (hash ^ (hash >>> 16)) >>> 0;
}
