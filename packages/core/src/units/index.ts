/** Pages are 4 KiB, as on x86-64. */
export const PAGE_BYTES = 4096;

export const NS_PER_US = 1_000;
export const NS_PER_MS = 1_000_000;
export const NS_PER_S = 1_000_000_000;

/** Bytes to whole pages, rounded up. */
export function pagesFromBytes(bytes: number): number {
  return Math.ceil(bytes / PAGE_BYTES);
}

export function bytesFromPages(pages: number): number {
  return pages * PAGE_BYTES;
}
