/**
 * The stored form of a block of references, each `page * 4 + kind` in 32 bits. All integers are little-endian.
 *
 *     u32 length            references in the block, from 1 to 65,536
 *     u32 distinct          different references in it
 *     4 planes of distinct bytes: the different references in order of first appearance, each as the difference to the
 *                           one before (modulo 2^32, the first to 0); all least significant bytes first, then the next
 *     1 or 2 planes of length bytes: for each reference its index among the different ones, least significant bytes
 *                           first; the second plane only if there are more than 256 different references
 *
 * Exact to the reference. It is not small by itself but made for a byte-wise compressor: a real program touches few
 * different pages within a block, in loops, so most blocks are one byte per reference, in patterns that repeat.
 */
export const BLOCK_HEADER_BYTES = 8;
export const DICTIONARY_PLANES = 4;

/** The number of bytes that the index of a reference takes. */
export function indexPlanes(distinct: number): 1 | 2 {
  return distinct > 256 ? 2 : 1;
}

export function encodedBlockBytes(length: number, distinct: number): number {
  return BLOCK_HEADER_BYTES + DICTIONARY_PLANES * distinct + indexPlanes(distinct) * length;
}
