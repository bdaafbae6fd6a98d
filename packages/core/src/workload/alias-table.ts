/**
 * Draws from a discrete distribution in constant time: A. J. Walker's alias method, built in linear time as by
 * M. D. Vose, "A linear algorithm for generating random numbers with a given distribution" (IEEE TSE 1991).
 * A column is drawn uniformly; a 32-bit draw below its threshold keeps it, any other takes its alias.
 */
/** Column c: its threshold at 2c and its alias at 2c + 1, side by side because each draw needs both. */
export type AliasTable = Uint32Array;

const MAX_UINT32 = 0xffff_ffff;

/** `weights` are above 0 and need not sum to 1; the array is used up. */
export function buildAliasTable(weights: Float64Array): AliasTable {
  const size = weights.length;
  let total = 0;
  for (let i = size - 1; i >= 0; i--) total += weights[i];
  const table = new Uint32Array(2 * size).fill(MAX_UINT32);
  const columns = new Int32Array(size);
  let smallEnd = 0;
  let largeStart = size;
  for (let i = 0; i < size; i++) {
    weights[i] = (weights[i] * size) / total;
    table[2 * i + 1] = i;
    if (weights[i] < 1) columns[smallEnd++] = i;
    else columns[--largeStart] = i;
  }
  while (smallEnd > 0 && largeStart < size) {
    const small = columns[--smallEnd];
    const large = columns[largeStart];
    table[2 * small] = Math.min(MAX_UINT32, Math.round(weights[small] * 0x1_0000_0000));
    table[2 * small + 1] = large;
    weights[large] = weights[large] + weights[small] - 1;
    if (weights[large] >= 1) continue;
    largeStart++;
    columns[smallEnd++] = large;
  }
  return table;
}
