import type { TraceBlock } from "../trace/index.ts";

/** Accesses a process makes next: filled by a stream, read by the kernel's loop. Memory is used again at each filling. */
export type AccessBuffer = {
  readonly pages: Int32Array;
  readonly kinds: Uint8Array;
  /** Whose pages these are, the same for all of a filling: 0 for the process's own, else the number of a file of its VM. */
  file: number;
  /** Of a file: pages that are read along with a missing one. */
  readAheadPages: number;
  /** Whether a stream may name accesses as part of a trace's block, and not write them. */
  readonly acceptsPacked: boolean;
  /** Where the accesses of a filling are that were not written; null: they were. The reader sets it to null before a filling. */
  packed: PackedAccesses | null;
};

/** Access `i` of a filling is reference `first + i` of the block. */
export type PackedAccesses = { readonly block: TraceBlock; readonly first: number };

export const ACCESS_BUFFER_LENGTH = 4096;

export function createAccessBuffer(acceptsPacked = false): AccessBuffer {
  const [pages, kinds] = [new Int32Array(ACCESS_BUFFER_LENGTH), new Uint8Array(ACCESS_BUFFER_LENGTH)];
  return { pages, kinds, file: 0, readAheadPages: 0, acceptsPacked, packed: null };
}

/** Instead of a number of accesses. */
export const STREAM_ENDED = 0;
export const STREAM_IDLE = -1;
export const STREAM_WAITING = -2;

/** A workload at work: deterministic, and resumable at any filling. */
export type AccessStream = {
  /**
   * Puts the next accesses into the buffer, at most its length, and returns how many; or STREAM_ENDED (for ever),
   * STREAM_IDLE (the process does nothing for `idleNs`, then ask again) or STREAM_WAITING (only commands touch pages).
   */
  fill(buffer: AccessBuffer): number;
  /** After STREAM_IDLE: for how long, in ns, above 0. */
  readonly idleNs: number;
  /** Everything the next filling depends on besides the workload, its sources and where its traces begin, as plain numbers. */
  save(): readonly number[];
  /** Takes over what `save` of a stream of the same workload, sources and random `starts` gave. */
  load(saved: readonly number[]): void;
};
