import { expandSparse, saveSparse, type SparseColumn } from "../structures/sparse-column.ts";
import { assert } from "../../assert/index.ts";
import type { VirtualPage } from "../../ids/index.ts";
import type { ProcessTables } from "../../memory/index.ts";
import { type ReferenceArrays, FINE_REFERENCES } from "../../trace/stored.ts";
import type { ProcessSpec } from "../../scenario/index.ts";
import {
  type AccessBuffer,
  type AccessStream,
  createAccessBuffer,
  STREAM_ENDED,
  STREAM_IDLE,
  STREAM_WAITING,
} from "../../workload/index.ts";
import { NO_SHADOW } from "./replacement/eviction-clock.ts";

export const ProcessState = { Ready: 0, Idle: 1, Waiting: 2, Ended: 3 } as const;

export type ProcessRuntimeState = {
  pages: Int32Array;
  kinds: Uint8Array;
  cursor: number;
  end: number;
  accessesBefore: number;
  state: number;
  idleUntilNs: number;
  stream: readonly number[];
  shadows: SparseColumn<Uint32Array>;
  /** Number of the address space that the accesses in the buffer are to. */
  space: number;
  readAheadPages: number;
};

/** What of a process's specification is needed while it runs. */
type ProcessHabits = Pick<ProcessSpec, "accessNs" | "atEnd">;

/** A process at work: its memory, and the accesses it makes next. A file in the page cache is one that does nothing. */
export class ProcessRuntime {
  readonly memory: ProcessTables;
  readonly spec: ProcessHabits;
  readonly buffer: AccessBuffer = createAccessBuffer(true);
  /** null: a file, which does nothing by itself. */
  private readonly stream: AccessStream | null;
  /** Accesses [cursor, end) of the buffer are still to be made. */
  cursor = 0;
  end = 0;
  /** While the filling is packed: accesses [cursor, unpackedTo) are in the buffer's arrays all the same. */
  private unpackedTo = 0;
  /** Accesses of earlier fillings of the buffer. */
  private accessesBefore = 0;
  state: number;
  idleUntilNs = 0;
  /** Whose pages the accesses in the buffer are: its own, or those of a file that it reads. */
  space: ProcessRuntime = this;
  /** The files of its VM, by number - 1; those opened later too. */
  private readonly files: readonly ProcessRuntime[];
  /** Per virtual page: what its last eviction left behind, if the guest's replacement remembers evictions; else empty. */
  shadows: Uint32Array = new Uint32Array(0);
  /** What each virtual page must hold, if contents are checked; else empty. */
  expectedContent: Uint32Array = new Uint32Array(0);

  constructor(memory: ProcessTables, spec: ProcessHabits, stream: AccessStream | null, files: readonly ProcessRuntime[]) {
    this.memory = memory;
    this.spec = spec;
    this.stream = stream;
    this.files = files;
    this.state = stream === null ? ProcessState.Ended : ProcessState.Ready;
  }

  /** Accesses taken from the workload so far. */
  get accessesMade(): number {
    return this.accessesBefore + this.cursor;
  }

  /** Makes sure that there is an access to make, or notes why not. */
  refill(nowNs: number): void {
    if (this.stream === null || this.cursor < this.end) return;
    this.buffer.file = 0;
    this.buffer.packed = null;
    this.unpackedTo = 0;
    const count = this.stream.fill(this.buffer);
    assert(
      count <= this.buffer.pages.length,
      () => `a workload gives ${count} accesses, and the buffer has room for ${this.buffer.pages.length}`,
    );
    this.space = this.buffer.file === 0 ? this : this.files[this.buffer.file - 1];
    this.accessesBefore += this.end;
    this.cursor = 0;
    this.end = Math.max(0, count);
    if (count > 0) this.state = ProcessState.Ready;
    else if (count === STREAM_ENDED) this.state = ProcessState.Ended;
    else if (count === STREAM_WAITING) this.state = ProcessState.Waiting;
    else if (count === STREAM_IDLE) {
      this.state = ProcessState.Idle;
      this.idleUntilNs = nowNs + this.stream.idleNs;
    }
  }

  /** Makes sure that the next access is in the buffer's arrays, and those behind it to the end of its slice. Returns where they end. */
  unpack(): number {
    const { packed } = this.buffer;
    if (packed === null) return this.end;
    if (this.unpackedTo <= this.cursor) {
      const position = packed.first + this.cursor;
      const sliceEnd = position - (position % FINE_REFERENCES) + FINE_REFERENCES;
      this.unpackedTo = Math.min(this.end, sliceEnd - packed.first);
      packed.block.expand(position, this.unpackedTo - this.cursor, this.buffer, this.cursor);
    }
    return this.unpackedTo;
  }

  /** Writes the accesses from one on that were made in slices into the buffer's arrays, for an observer. */
  unpackMade(from: number): void {
    const { packed } = this.buffer;
    if (packed !== null && from < this.cursor) packed.block.expand(packed.first + from, this.cursor - from, this.buffer, from);
  }

  /** The accesses of the filling, those that were made included. */
  private copyAccesses(): ReferenceArrays {
    const { pages, kinds, packed } = this.buffer;
    const copy = { pages: pages.slice(0, this.end), kinds: kinds.slice(0, this.end) };
    packed?.block.expand(packed.first, this.end, copy, 0);
    return copy;
  }

  /** What the last eviction of a page left behind; it is told once. */
  takeShadow(page: VirtualPage): number {
    if (this.shadows.length === 0) return NO_SHADOW;
    const shadow = this.shadows[page];
    this.shadows[page] = NO_SHADOW;
    return shadow;
  }

  keepShadow(page: VirtualPage, shadow: number): void {
    if (shadow === NO_SHADOW) return;
    if (this.shadows.length === 0) this.shadows = new Uint32Array(this.memory.virtualPages);
    this.shadows[page] = shadow;
  }

  save(): ProcessRuntimeState {
    const { cursor, end, accessesBefore, state, idleUntilNs } = this;
    const { pages, kinds } = this.copyAccesses();
    const [stream, shadows] = [this.stream?.save() ?? [], saveSparse(this.shadows)];
    const [space, { readAheadPages }] = [this.space.memory.process, this.buffer];
    return { pages, kinds, cursor, end, accessesBefore, state, idleUntilNs, stream, shadows, space, readAheadPages };
  }

  load(saved: ProcessRuntimeState): void {
    this.buffer.pages.set(saved.pages);
    this.buffer.kinds.set(saved.kinds);
    this.buffer.packed = null;
    this.cursor = saved.cursor;
    this.end = saved.end;
    this.accessesBefore = saved.accessesBefore;
    this.state = saved.state;
    this.idleUntilNs = saved.idleUntilNs;
    this.stream?.load(saved.stream);
    this.shadows = expandSparse(saved.shadows);
    this.space = this.files.find(({ memory }) => memory.process === saved.space) ?? this;
    this.buffer.readAheadPages = saved.readAheadPages;
  }
}

/** Whether a process is gone, so that nothing can touch its pages. */
export function hasExited(process: ProcessRuntime): boolean {
  return process.state === ProcessState.Ended && process.spec.atEnd === "exit";
}
