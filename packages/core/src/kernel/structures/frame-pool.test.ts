import fc from "fast-check";
import { expect, test } from "vitest";
import { LARGE_PAGE_PAGES } from "../../ids/index.ts";
import { FramePool } from "./frame-pool.ts";
import { NumberPool } from "./number-pool.ts";
import { caseCount } from "../../testing/case-count.ts";

const FRAMES = 3 * LARGE_PAGE_PAGES + 100;

/** The same by plain lists: what was given back, the last one first, and then those never lent. */
class ListPool {
  private lowerEnd = 0;
  private upperEnd = FRAMES;
  private readonly returned: number[] = [];
  private readonly fresh = Array.from({ length: FRAMES }, (_, frame) => frame);

  take(): number {
    const given = this.returned.pop();
    if (given !== undefined) return given;
    const frame = this.fresh.shift();
    this.lowerEnd = frame === undefined ? this.upperEnd : frame + 1;
    return frame ?? -1;
  }

  giveBack(frame: number): void {
    this.returned.push(frame);
  }

  /** From the upper end of what never went out one by one: frames of a block that came back belong to it again. */
  takeRange(count: number): number {
    const first = this.upperEnd - count;
    if (first < this.lowerEnd) return -1;
    const free = new Set([...this.returned, ...this.fresh]);
    for (let frame = first; frame < this.upperEnd; frame++) if (!free.has(frame)) return -1;
    this.leaveOut(first, this.upperEnd);
    this.upperEnd = first;
    return first;
  }

  takeBlock(): number {
    const free = new Set([...this.returned, ...this.fresh]);
    for (let first = 0; first + LARGE_PAGE_PAGES <= FRAMES; first += LARGE_PAGE_PAGES) {
      const block = Array.from({ length: LARGE_PAGE_PAGES }, (_, at) => first + at);
      if (!block.every((frame) => free.has(frame))) continue;
      this.leaveOut(first, first + LARGE_PAGE_PAGES);
      return first;
    }
    return -1;
  }

  get free(): number {
    return this.returned.length + this.fresh.length;
  }

  private leaveOut(first: number, end: number): void {
    for (const list of [this.returned, this.fresh]) {
      const kept = list.filter((frame) => frame < first || frame >= end);
      list.splice(0, list.length, ...kept);
    }
  }
}

type Step = { readonly kind: "take" | "giveBack" | "giveBackBlock" | "takeRange" | "takeBlock"; readonly count: number };

const steps = fc.array(
  fc.record({
    kind: fc.constantFrom<Step["kind"]>("take", "take", "giveBack", "giveBackBlock", "takeRange", "takeBlock"),
    count: fc.integer({ min: 1, max: 700 }),
  }),
  { maxLength: 40 },
);

/** Runs the steps on a pool; what it lent, in order. `reload` replaces the pool by one loaded from its state. */
function runSteps(pool: Pick<FramePool, "take" | "giveBack" | "takeRange" | "takeBlock" | "free">, list: readonly Step[]): number[] {
  const lent: number[] = [];
  const out: number[] = [];
  for (const { kind, count } of list) {
    if (kind === "takeBlock" || kind === "takeRange") {
      const pages = kind === "takeBlock" ? LARGE_PAGE_PAGES : count % 50;
      if (pages === 0) continue;
      const first = kind === "takeBlock" ? pool.takeBlock() : pool.takeRange(pages);
      lent.push(first);
      if (first >= 0) for (let frame = first; frame < first + pages; frame++) out.push(frame);
    } else if (kind === "take") {
      for (let at = 0; at < count; at++) {
        const frame = pool.take();
        lent.push(frame);
        if (frame >= 0) out.push(frame);
      }
    } else {
      const back = kind === "giveBack" ? out.splice(0, count % 200) : out.splice(-LARGE_PAGE_PAGES);
      for (const frame of back) pool.giveBack(frame);
    }
    lent.push(pool.free);
  }
  return lent;
}

test("frames and blocks go out in the order in which plain lists would give them; oracle: those lists", () => {
  fc.assert(
    fc.property(steps, (list) => {
      expect(runSteps(new FramePool(FRAMES), list)).toEqual(runSteps(new ListPool(), list));
    }),
    { numRuns: caseCount(50, 1000) },
  );
});

test("as long as no block is needed it is a pool of numbers like any other; oracle: that pool", () => {
  fc.assert(
    fc.property(steps, (list) => {
      const withoutBlocks = list.filter(({ kind }) => kind !== "takeBlock");
      const numbers = Object.assign(new NumberPool(0, FRAMES), { takeBlock: () => -1 });
      expect(runSteps(new FramePool(FRAMES), withoutBlocks)).toEqual(runSteps(numbers, withoutBlocks));
    }),
    { numRuns: caseCount(13, 250) },
  );
});

test("a pool loaded from another's state continues as that one does", () => {
  fc.assert(
    fc.property(steps, steps, (before, after) => {
      const pool = new FramePool(FRAMES);
      runSteps(pool, before);
      const loaded = new FramePool(FRAMES);
      loaded.load(pool.save());
      // What is still lent is not given back: only what both lend from here on is.
      expect(runSteps(loaded, after)).toEqual(runSteps(pool, after));
    }),
    { numRuns: caseCount(13, 250) },
  );
});

test("a block that is lent and given back again and again takes no more and more memory", () => {
  const pool = new FramePool(FRAMES);
  for (let round = 0; round < 100; round++) {
    const first = pool.takeBlock();
    for (let frame = first; frame < first + LARGE_PAGE_PAGES; frame++) pool.giveBack(frame);
  }
  expect(pool.save().returned.length).toBeLessThanOrEqual(2 * FRAMES);
  expect(pool.free).toBe(FRAMES);
});
