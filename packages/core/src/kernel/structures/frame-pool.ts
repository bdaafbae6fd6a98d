import { assert } from "../../assert/index.ts";
import { LARGE_PAGE_PAGES } from "../../ids/index.ts";
import { NumberPool, type NumberPoolState } from "./number-pool.ts";

export type FramePoolState = NumberPoolState & {
  /** Null as long as no VM has large pages. */
  readonly isFree: Uint8Array | null;
};

/** Numbers that were given back more than once since they were last looked for: entries of the stack per frame, at most. */
const MAX_ENTRIES_PER_FRAME = 2;

/**
 * The host's free frames. They go out one by one as from any pool of numbers. From the moment that somebody wants large
 * pages it also knows, per block of 512, how many are free, and lends whole blocks. The frames of a lent block stay where
 * they were in the stack of those given back, and are passed over when their turn comes.
 */
export class FramePool extends NumberPool {
  private readonly frames: number;
  private isFree: Uint8Array | null = null;
  /** Per block of 512 frames: how many are free. */
  private freePerBlock = new Uint16Array(0);
  private freeFrames = 0;

  constructor(frames: number) {
    super(0, frames);
    this.frames = frames;
  }

  override get free(): number {
    return this.isFree === null ? super.free : this.freeFrames;
  }

  override take(): number {
    let frame = super.take();
    while (frame >= 0 && this.isFree?.[frame] === 0) frame = super.take();
    if (frame >= 0 && this.isFree !== null) this.lend(this.isFree, frame);
    return frame;
  }

  override giveBack(frame: number): void {
    if (this.isFree !== null) {
      assert(this.isFree[frame] === 0, () => `frame ${frame} is given back twice`);
      this.note(this.isFree, frame);
      if (this.returned.length >= MAX_ENTRIES_PER_FRAME * this.frames) this.dropOldEntries(this.isFree);
    }
    super.giveBack(frame);
  }

  override takeRange(count: number): number {
    const { isFree } = this;
    if (isFree !== null && isFree.subarray(Math.max(0, this.end - count), this.end).includes(0)) return -1;
    const first = super.takeRange(count);
    if (isFree !== null && first >= 0) for (let frame = first; frame < first + count; frame++) this.lend(isFree, frame);
    return first;
  }

  /** The first frame of the lowest block of 512, aligned, of which all are free; -1 if there is none. */
  takeBlock(): number {
    const isFree = (this.isFree ??= this.findFree());
    const block = this.freePerBlock.indexOf(LARGE_PAGE_PAGES);
    if (block < 0) return -1;
    const first = block * LARGE_PAGE_PAGES;
    for (let frame = first; frame < first + LARGE_PAGE_PAGES; frame++) this.lend(isFree, frame);
    return first;
  }

  override save(): FramePoolState {
    return { ...super.save(), isFree: this.isFree?.slice() ?? null };
  }

  override load(state: FramePoolState): void {
    super.load(state);
    this.isFree = state.isFree === null ? null : this.count(state.isFree.slice());
  }

  private findFree(): Uint8Array {
    const isFree = new Uint8Array(this.frames).fill(1, this.first, this.end);
    for (const frame of this.returned.save()) isFree[frame] = 1;
    return this.count(isFree);
  }

  private count(isFree: Uint8Array): Uint8Array {
    this.freePerBlock = new Uint16Array(Math.floor(this.frames / LARGE_PAGE_PAGES));
    this.freeFrames = 0;
    isFree.forEach((flag, frame) => {
      if (flag === 1) this.add(frame, 1);
    });
    return isFree;
  }

  private lend(isFree: Uint8Array, frame: number): void {
    isFree[frame] = 0;
    this.add(frame, -1);
  }

  private note(isFree: Uint8Array, frame: number): void {
    isFree[frame] = 1;
    this.add(frame, 1);
  }

  private add(frame: number, change: number): void {
    this.freeFrames += change;
    const block = Math.floor(frame / LARGE_PAGE_PAGES);
    if (block < this.freePerBlock.length) this.freePerBlock[block] += change;
  }

  /** Of each frame the last entry is the one that counts, and only if it is free. */
  private dropOldEntries(isFree: Uint8Array): void {
    const entries = this.returned.save();
    const seen = new Uint8Array(this.frames);
    const kept = entries.toReversed().filter((frame) => {
      const isKept = isFree[frame] === 1 && seen[frame] === 0;
      seen[frame] = 1;
      return isKept;
    });
    this.returned.load(kept.toReversed());
  }
}
