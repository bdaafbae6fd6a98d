import fc from "fast-check";
import { expect, test } from "vitest";
import { NEVER } from "../../structures/never.ts";
import { FreeBlocks } from "./free-blocks.ts";

/** All blocks that wait, the one free for longest first, with the time since when. */
function waiting(blocks: FreeBlocks): [block: number, sinceNs: number][] {
  const found: [number, number][] = [];
  for (let sinceNs = blocks.oldestNs(); sinceNs !== NEVER; sinceNs = blocks.oldestNs()) found.push([blocks.takeOldest(), sinceNs]);
  return found;
}

test("a block waits from when its last page comes free, and anew after it was used", () => {
  const blocks = new FreeBlocks(8, 1);
  [0, 1, 2, 5].forEach((page, at) => blocks.freed(page, 10 * at));
  blocks.freed(3, 100);
  blocks.taken(0);
  blocks.freed(0, 200);
  blocks.freed(4, 300);
  expect(waiting(blocks)).toEqual([
    [1, 100],
    [0, 200],
    [2, 300],
  ]);
});

test("a block that was taken out waits no more until it was used and came free", () => {
  const blocks = new FreeBlocks(2, 1);
  blocks.freed(0, 1);
  blocks.freed(1, 2);
  expect(waiting(blocks)).toEqual([[0, 2]]);
  expect(blocks.oldestNs()).toBe(NEVER);
  blocks.taken(1);
  blocks.freed(1, 5);
  expect(waiting(blocks)).toEqual([[0, 5]]);
});

test("a last block that is too small never waits", () => {
  const blocks = new FreeBlocks(7, 2);
  for (let page = 0; page < 7; page++) blocks.freed(page, page);
  expect(waiting(blocks)).toEqual([[0, 3]]);
});

test("which blocks wait, and since when, is what counting all pages anew says; a snapshot changes nothing", () => {
  const steps = fc.array(fc.record({ page: fc.nat(30), isSaved: fc.boolean() }), { maxLength: 200 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3 }), steps, (order, list) => {
      const pages = 31;
      let blocks = new FreeBlocks(pages, order);
      const isFree = new Array<boolean>(pages).fill(false);
      const sinceNs = new Map<number, number>();
      const size = 2 ** order;
      list.forEach(({ page, isSaved }, nowNs) => {
        isFree[page] = !isFree[page];
        if (isFree[page]) blocks.freed(page, nowNs);
        else blocks.taken(page);
        const block = Math.floor(page / size);
        const isWhole = isFree.slice(block * size, (block + 1) * size).filter(Boolean).length === size;
        if (isWhole) sinceNs.set(block, nowNs);
        else sinceNs.delete(block);
        if (!isSaved) return;
        const restored = new FreeBlocks(pages, order);
        restored.load(blocks.save());
        blocks = restored;
      });
      const expected = [...sinceNs].sort(([, left], [, right]) => left - right);
      expect(waiting(blocks)).toEqual(expected);
    }),
  );
});

test("a long history costs no memory: void entries go", () => {
  const blocks = new FreeBlocks(1, 0);
  for (let round = 0; round < 10_000; round++) {
    blocks.freed(0, round);
    blocks.oldestNs();
    blocks.taken(0);
    blocks.oldestNs();
  }
  expect(blocks.save().queue.length).toBeLessThan(2_100);
});
