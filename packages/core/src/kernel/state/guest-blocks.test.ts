import { expect, test } from "vitest";
import { Backing } from "../../events/index.ts";
import type { ProcessId, RealPage, VirtualPage, VmId } from "../../ids/index.ts";
import { Kept, ProcessTables, VmLife, VmTables } from "../../memory/index.ts";
import { diskPosition } from "./disk-layout.ts";
import { GuestBlocks } from "./guest-blocks.ts";

const page = (number: number): RealPage => number as RealPage;

/** A VM of four real pages with two processes, of which the second's page 1 holds 7 on disk; its block. */
function guest(): { memory: VmTables; blocks: GuestBlocks; block: number } {
  const memory = new VmTables(1 as VmId, 4, 0, 0, VmLife.Running);
  for (const process of [1, 2]) memory.processes.push(new ProcessTables(memory.vm, process as ProcessId, 3, Backing.Anonymous, 0));
  memory.process(2).diskContent[1] = 7;
  return { memory, blocks: new GuestBlocks(memory), block: diskPosition(memory.processes, 2, 1 as VirtualPage) };
}

test("a page is a copy of its block as long as both hold the same", () => {
  const { memory, blocks, block } = guest();
  blocks.link(page(2), block);
  expect([blocks.isCopy(page(2), 7), blocks.isCopy(page(2), 8), blocks.isCopy(page(1), 7)]).toEqual([true, false, false]);
  memory.process(2).diskContent[1] = 8;
  expect(blocks.isCopy(page(2), 7)).toBe(false);
  blocks.unlink(page(2));
  expect(blocks.isCopy(page(2), 8)).toBe(false);
});

test("pages left at a block are found, lowest first, until they are fetched, after a snapshot too", () => {
  const { memory, blocks, block } = guest();
  for (const left of [page(3), page(1)]) {
    blocks.link(left, block);
    memory.keepOnGuestDisk(left, 7);
    blocks.leave(left);
  }
  const restored = new GuestBlocks(memory);
  restored.load(blocks.save());
  for (const expected of [1, 3]) {
    expect([blocks.findLeft(block), restored.findLeft(block)]).toEqual([expected, expected]);
    memory.forgetKept(page(expected));
    blocks.fetch(page(expected));
    restored.fetch(page(expected));
  }
  expect([blocks.findLeft(block), restored.findLeft(block), memory.kept[1]]).toEqual([undefined, undefined, Kept.Nowhere]);
});

test("no page is left at a block that the guest is about to write, and the page it is written from is its copy", () => {
  const { memory, blocks, block } = guest();
  blocks.link(page(0), block);
  blocks.beginWrite(block);
  expect(blocks.canLeave(page(0), 7)).toBe(false);
  memory.process(2).diskContent[1] = 9;
  blocks.wrote(page(3), block);
  expect([blocks.canLeave(page(0), 7), blocks.canLeave(page(3), 9)]).toEqual([false, true]);
});
