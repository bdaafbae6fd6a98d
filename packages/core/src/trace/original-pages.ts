/**
 * Page numbers of the recording, up to 64 bits each, indexed by dense page number. Kept as two halves, because a
 * number holds only 53 bits exactly and a bigint is too slow where references are parsed.
 */
export interface OriginalPages {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

/** The original page number behind a dense one. */
export function originalPage(pages: OriginalPages, densePage: number): bigint {
  const high = pages.high[densePage];
  const low = pages.low[densePage];
  if (high === undefined || low === undefined) {
    throw new RangeError(`page ${densePage} is not below ${pages.low.length}, the number of pages in the trace`);
  }
  return (BigInt(high) << 32n) | BigInt(low);
}

/** The original page number as people write it: `0x1ffefff`. */
export function formatOriginalPage(pages: OriginalPages, densePage: number): string {
  return `0x${originalPage(pages, densePage).toString(16)}`;
}
