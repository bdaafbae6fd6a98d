import type { RealPage } from "../../ids/index.ts";
import { Kept, type VmTables } from "../../memory/index.ts";
import { assert } from "../../assert/index.ts";
import { loadSparse, saveSparse, type SparseColumn } from "../structures/sparse-column.ts";
import { diskContentAt } from "./disk-layout.ts";

/** No block of the guest's disk was read into the page or written from it. */
const NO_BLOCK = -1;
/** Added to a block, so that pages without one are zeros and take no memory. */
const BIAS = 1;

export type GuestBlocksState = { readonly blocks: SparseColumn<Int32Array> };

/**
 * Which block of the guest's disk each real page was read from or written to last. A hypervisor that does
 * the guest's disk I/O sees this. Only a page that still holds what the block holds is a copy of it.
 */
export class GuestBlocks {
  private readonly memory: VmTables;
  /** Per real page: its block + BIAS, or 0. */
  private readonly blocks: Int32Array;
  /** Pages that were left on the guest's disk, by block: how many. */
  private readonly left = new Map<number, number>();
  /** The block that the guest is about to write; within one action, so no state to keep. */
  private written = NO_BLOCK;

  constructor(memory: VmTables) {
    this.memory = memory;
    this.blocks = new Int32Array(memory.realMap.length);
  }

  blockOf(page: RealPage): number {
    return this.blocks[page] - BIAS;
  }

  /** The guest read the block into a resident page. */
  link(page: RealPage, block: number): void {
    this.blocks[page] = block + BIAS;
  }

  unlink(page: RealPage): void {
    this.blocks[page] = NO_BLOCK + BIAS;
  }

  /** Whether a page with this content is an unmodified copy of its block. */
  isCopy(page: RealPage, content: number): boolean {
    const block = this.blockOf(page);
    return block !== NO_BLOCK && content !== 0 && diskContentAt(this.memory, block) === content;
  }

  /** Whether a page with this content may be left at its block: not if that is about to be written. */
  canLeave(page: RealPage, content: number): boolean {
    return this.blockOf(page) !== this.written && this.isCopy(page, content);
  }

  /** From now on until it is written no page is left at this block. */
  beginWrite(block: number): void {
    this.written = block;
  }

  /** The guest wrote the block from this page; the others that were linked to it are copies no more. */
  wrote(page: RealPage, block: number): void {
    this.written = NO_BLOCK;
    this.link(page, block);
  }

  /** The page has lost its frame and is left on the guest's disk. */
  leave(page: RealPage): void {
    const block = this.blockOf(page);
    this.left.set(block, (this.left.get(block) ?? 0) + 1);
  }

  /** The page is not left there any more. */
  fetch(page: RealPage): void {
    const block = this.blockOf(page);
    const others = (this.left.get(block) ?? 0) - 1;
    assert(others >= 0, () => `real page ${page} is fetched from block ${block}, where none was left`);
    if (others > 0) this.left.set(block, others);
    else this.left.delete(block);
  }

  /** A page that was left at a block, the lowest; undefined if there is none. */
  findLeft(block: number): RealPage | undefined {
    if (!this.left.has(block)) return undefined;
    const page = this.blocks.findIndex((at, real) => at === block + BIAS && this.memory.kept[real] === Kept.OnGuestDisk);
    return page as RealPage;
  }

  save(): GuestBlocksState {
    return { blocks: saveSparse(this.blocks) };
  }

  /** The tables are there already. */
  load({ blocks }: GuestBlocksState): void {
    loadSparse(this.blocks, blocks);
    for (let page = 0; page < blocks.length; page++) {
      if (this.memory.kept[page] === Kept.OnGuestDisk) this.leave(page as RealPage);
    }
  }
}
