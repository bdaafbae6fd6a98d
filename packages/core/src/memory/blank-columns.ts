import { NO_PAGE } from "../ids/index.ts";

/** What the entries [first, end) of a column are before anything is written: pages that are not there, numbers, bytes and contents of zero. */
export function noPages(first: number, end: number): Int32Array {
  return new Int32Array(end - first).fill(NO_PAGE);
}

export function noNumbers(first: number, end: number): Int32Array {
  return new Int32Array(end - first);
}

export function noBytes(first: number, end: number): Uint8Array {
  return new Uint8Array(end - first);
}

export function noContents(first: number, end: number): Uint32Array {
  return new Uint32Array(end - first);
}
