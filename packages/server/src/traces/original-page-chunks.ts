import type { OriginalPages } from "@ballast/core/trace/stored";
import { compressBlock, expandBlock } from "./compression.ts";
import { fromLittleEndianBytes, littleEndianBytes } from "./little-endian.ts";

/** Pages in each stored chunk but the last: keeps a row small however many pages a trace has. */
export const PAGES_PER_CHUNK = 65_536;

/** Splits and compresses original pages for the table trace_pages. */
export function* chunkOriginalPages(pages: OriginalPages): Generator<Uint8Array> {
  for (let start = 0; start < pages.low.length; start += PAGES_PER_CHUNK) {
    const end = Math.min(start + PAGES_PER_CHUNK, pages.low.length);
    const halves = new Uint32Array(2 * (end - start));
    halves.set(pages.low.subarray(start, end));
    halves.set(pages.high.subarray(start, end), end - start);
    yield compressBlock(littleEndianBytes(halves));
  }
}

/** Puts together what `chunkOriginalPages` split. */
export function joinOriginalPages(chunks: readonly Uint8Array[], pageCount: number): OriginalPages {
  const pages = { high: new Uint32Array(pageCount), low: new Uint32Array(pageCount) };
  for (const [index, chunk] of chunks.entries()) {
    const halves = fromLittleEndianBytes(expandBlock(chunk));
    const count = halves.length / 2;
    pages.low.set(halves.subarray(0, count), index * PAGES_PER_CHUNK);
    pages.high.set(halves.subarray(count), index * PAGES_PER_CHUNK);
  }
  return pages;
}
