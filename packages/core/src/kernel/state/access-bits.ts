import { AccessKind } from "../../events/index.ts";
import type { RealPage } from "../../ids/index.ts";
import { COARSE_REFERENCES, type ReferenceArrays, type SliceLevel } from "../../trace/stored.ts";
import { loadSparse, saveSparse, type SparseColumn } from "../structures/sparse-column.ts";
import { LAST_TOKEN, type PageContents, tokenAfter } from "./page-contents.ts";

/** The guest's own pair, in its page table. */
const GUEST_ACCESSED = 1;
const GUEST_DIRTY = 2;
/** The hypervisor's, in the real map table, which scans of idle pages read and clear. */
const HOST_ACCESSED = 4;
const HOST_IDLE = 8;
const TRAPS_ANY = 16;
const TRAPS_STORE = 32;
/** As HOST_ACCESSED, for the order clock and for scans of ages: each reader has its own, so that none clears them for another. */
const HOST_REFERENCED = 64;
const HOST_UNAGED = 128;

const HOST_SEES_ACCESS = HOST_ACCESSED | HOST_REFERENCED | HOST_UNAGED;
const TRAPS = TRAPS_ANY | TRAPS_STORE;
const SET_BY_LOAD = GUEST_ACCESSED | HOST_SEES_ACCESS;
const SET_BY_STORE = GUEST_DIRTY | SET_BY_LOAD;

/** What a process accesses next: a `ProcessRuntime` is one. Accesses [cursor, end) of the buffer are still to be made. */
export type Accesses = {
  readonly buffer: ReferenceArrays;
  cursor: number;
  readonly end: number;
  readonly space: { readonly memory: { readonly pageTable: Int32Array } };
};

/** The pages of a trace's block, the page table of the process that touches them, and the real map of its VM. */
export type SliceTables = { readonly pages: Int32Array; readonly pageTable: Int32Array; readonly realMap: Int32Array };

/**
 * Per real page of a VM: the bits that the hardware sets at an access, which are no events, and those by which the
 * hypervisor makes accesses trap. No other file knows their masks.
 */
export class AccessBits {
  readonly #bits: Uint8Array;
  /** Of the pages of the slice that is tried: their real pages, and the bits that these had. */
  readonly #reals = new Int32Array(COARSE_REFERENCES);
  readonly #before = new Uint8Array(COARSE_REFERENCES);

  constructor(pages: number) {
    this.#bits = new Uint8Array(pages);
  }

  /**
   * The processor makes the next accesses, at most `count`, and stops at the first that faults or traps. Moves the cursor
   * and returns how many were made. One loop and not a call per access, because a run spends most of its time here: see
   * `docs/performance.md`.
   */
  makeAccesses(accesses: Accesses, count: number, realMap: Int32Array, contents: PageContents): number {
    const { pages, kinds } = accesses.buffer;
    const { pageTable } = accesses.space.memory;
    const { content } = contents;
    const bits = this.#bits;
    let write = contents.lastWrite;
    const start = accesses.cursor;
    const end = Math.min(accesses.end, start + count);
    let i = start;
    for (; i < end; i++) {
      const real = pageTable[pages[i]];
      if (real < 0) break;
      const frame = realMap[real];
      if (frame < 0) break;
      const before = bits[real];
      if (kinds[i] < AccessKind.Store) {
        if ((before & TRAPS_ANY) !== 0) break;
        bits[real] = before | SET_BY_LOAD;
      } else {
        if ((before & TRAPS) !== 0) break;
        bits[real] = before | SET_BY_STORE;
        write = tokenAfter(write);
        content[frame] = write;
      }
    }
    contents.lastWrite = write;
    accesses.cursor = i;
    return i - start;
  }

  /** Makes all accesses of one slice of a trace's block, if none of them faults or traps. False: nothing was made. */
  trySlice(level: SliceLevel, slice: number, { pages, pageTable, realMap }: SliceTables, contents: PageContents): boolean {
    const { touched, written, writesBehind } = level;
    const { content } = contents;
    const bits = this.#bits;
    const first = level.touchedFrom[slice];
    const count = level.touchedFrom[slice + 1] - first;
    for (let i = 0; i < count; i++) {
      const real = pageTable[pages[touched[first + i]]];
      if (real < 0 || realMap[real] < 0) return this.#undo(i);
      const before = bits[real];
      if ((before & TRAPS_ANY) !== 0) return this.#undo(i);
      this.#reals[i] = real;
      this.#before[i] = before;
      bits[real] = before | SET_BY_LOAD;
    }
    const firstWritten = level.writtenFrom[slice];
    const endWritten = level.writtenFrom[slice + 1];
    for (let i = firstWritten; i < endWritten; i++) {
      if ((bits[pageTable[pages[written[i]]]] & TRAPS_STORE) !== 0) return this.#undo(count);
    }
    const lastWrite = contents.lastWrite + level.writes[slice];
    if (lastWrite > LAST_TOKEN) return this.#undo(count);
    for (let i = firstWritten; i < endWritten; i++) {
      const real = pageTable[pages[written[i]]];
      bits[real] |= SET_BY_STORE;
      content[realMap[real]] = lastWrite - writesBehind[i];
    }
    contents.lastWrite = lastWrite;
    return true;
  }

  /** Takes back what `trySlice` has set for the first `count` pages. */
  #undo(count: number): false {
    for (let i = 0; i < count; i++) this.#bits[this.#reals[i]] = this.#before[i];
    return false;
  }

  /** The processor loads from a page that has a frame. False, and nothing is set: it traps. */
  tryLoad(page: number): boolean {
    const bits = this.#bits[page];
    if ((bits & TRAPS_ANY) !== 0) return false;
    this.#bits[page] = bits | SET_BY_LOAD;
    return true;
  }

  /** The processor stores to a page that has a frame. False, and nothing is set: it traps. */
  tryStore(page: number): boolean {
    const bits = this.#bits[page];
    if ((bits & TRAPS) !== 0) return false;
    this.#bits[page] = bits | SET_BY_STORE;
    return true;
  }

  /** An access for which the hypervisor had control: it sets its bits, whatever traps later. */
  complete(page: RealPage, isStore: boolean, setsGuestAccessed: boolean): void {
    const bits = isStore ? SET_BY_STORE : SET_BY_LOAD;
    this.#bits[page] |= setsGuestAccessed ? bits : bits & ~GUEST_ACCESSED;
  }

  wasAccessedByGuest(page: RealPage): boolean {
    return (this.#bits[page] & GUEST_ACCESSED) !== 0;
  }

  clearAccessedByGuest(page: number): void {
    this.#bits[page] &= ~GUEST_ACCESSED;
  }

  /** The guest has written to the page since it was loaded or written out. */
  isDirty(page: number): boolean {
    return (this.#bits[page] & GUEST_DIRTY) !== 0;
  }

  /** For each page whether it is dirty: 1, else 0. */
  copyDirty(): Uint8Array {
    return this.#bits.map((bits) => (bits & GUEST_DIRTY) / GUEST_DIRTY);
  }

  markDirty(page: RealPage): void {
    this.#bits[page] |= GUEST_DIRTY;
  }

  /** The guest's page table has a new entry, or none any more: clean, and accessed only if so asked. */
  resetGuest(page: RealPage, isAccessed = false): void {
    const bits = this.#bits[page] & ~(GUEST_ACCESSED | GUEST_DIRTY);
    this.#bits[page] = isAccessed ? bits | GUEST_ACCESSED : bits;
  }

  /** Whether an access to a page that has a frame traps. */
  traps(page: RealPage, isStore: boolean): boolean {
    return (this.#bits[page] & (isStore ? TRAPS : TRAPS_ANY)) !== 0;
  }

  /** Whether a store traps though a load does not. */
  trapsStore(page: RealPage): boolean {
    return (this.#bits[page] & TRAPS_STORE) !== 0;
  }

  /** The real map entry is invalidated though there is a frame. */
  setTrapAny(page: number): void {
    this.#bits[page] |= TRAPS_ANY;
  }

  /** The real map entry is write-protected. */
  setTrapStore(page: RealPage): void {
    this.#bits[page] |= TRAPS_STORE;
  }

  clearTrapAny(page: RealPage): void {
    this.#bits[page] &= ~TRAPS_ANY;
  }

  clearTrapStore(page: RealPage): void {
    this.#bits[page] &= ~TRAPS_STORE;
  }

  /** The real map entry is gone, and with it what protected it. */
  clearTraps(page: RealPage): void {
    this.#bits[page] &= ~TRAPS;
  }

  /** The real map entry is new, for an access that the hypervisor resolves. */
  resetHost(page: number): void {
    this.#bits[page] = (this.#bits[page] | HOST_SEES_ACCESS) & ~(HOST_IDLE | TRAPS);
  }

  wasAccessed(page: RealPage): boolean {
    return (this.#bits[page] & HOST_ACCESSED) !== 0;
  }

  /** A scan of idle pages reads and clears the accessed bit; whether the page was left alone since the last scan. */
  scanIdle(page: number): boolean {
    const bits = this.#bits[page];
    const isIdle = (bits & HOST_ACCESSED) === 0;
    this.#bits[page] = isIdle ? bits | HOST_IDLE : bits & ~(HOST_ACCESSED | HOST_IDLE);
    return isIdle;
  }

  /** Found idle by the last scan. */
  isIdle(page: RealPage): boolean {
    return (this.#bits[page] & HOST_IDLE) !== 0;
  }

  /** Accessed since the hand of the order clock passed the page last. */
  wasReferenced(page: RealPage): boolean {
    return (this.#bits[page] & HOST_REFERENCED) !== 0;
  }

  clearReferenced(page: RealPage): void {
    this.#bits[page] &= ~HOST_REFERENCED;
  }

  wasAccessedSinceAgeScan(page: RealPage): boolean {
    return (this.#bits[page] & HOST_UNAGED) !== 0;
  }

  /** A scan of ages reads and clears its accessed bit. */
  scanAge(page: number): boolean {
    const bits = this.#bits[page];
    this.#bits[page] = bits & ~HOST_UNAGED;
    return (bits & HOST_UNAGED) !== 0;
  }

  /** Gives each page of a large mapping what its one entry says. Whether any was accessed since accessed bits were last cleared. */
  spread(first: number, pages: number): boolean {
    const bits = this.#bits.subarray(first, first + pages);
    let accessed = 0;
    for (const ofPage of bits) accessed |= ofPage & HOST_SEES_ACCESS;
    for (let page = 0; page < pages; page++) bits[page] |= accessed;
    return (accessed & HOST_ACCESSED) !== 0;
  }

  save(): SparseColumn<Uint8Array> {
    return saveSparse(this.#bits);
  }

  load(saved: SparseColumn<Uint8Array>): void {
    loadSparse(this.#bits, saved);
  }
}
