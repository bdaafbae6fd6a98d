import fc from "fast-check";
import { expect, test } from "vitest";
import { createSwapSlots } from "./swap-slots.ts";
import { caseCount } from "../../../testing/case-count.ts";

test("contiguous slots follow each other although others came free meanwhile; pooled ones go out again first", () => {
  const draw = (areContiguous: boolean): number[] => {
    const slots = createSwapSlots(1000, areContiguous);
    const taken = [slots.take(), slots.take(), slots.take()];
    slots.giveBack(1);
    return [...taken, slots.take(), slots.take()];
  };
  expect(draw(true)).toEqual([0, 1, 2, 3, 4]);
  expect(draw(false)).toEqual([0, 1, 2, 1, 3]);
});

test("after 256 slots the lowest stretch of 256 free ones is next, and without one the next free slot", () => {
  const slots = createSwapSlots(600, true);
  for (let slot = 0; slot < 300; slot++) slots.take();
  // Oracle: 0 to 299 are used; what is left of the second stretch, 300 to 511, goes out before a stretch is looked for; 512 to 599 are too few for one.
  for (let slot = 0; slot < 256; slot++) slots.giveBack(slot);
  expect(slots.take()).toBe(300);
  for (let slot = 301; slot < 512; slot++) slots.take();
  expect(slots.take()).toBe(0);
  for (let slot = 1; slot < 256; slot++) slots.take();
  expect(slots.take()).toBe(512);
});

test("no slot is given out twice, all are given out, and a restored pool continues alike (oracle: a set)", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 700 }), fc.array(fc.nat(), { maxLength: 2000 }), (count, draws) => {
      let slots = createSwapSlots(count, true);
      const used = new Set<number>();
      for (const draw of draws) {
        if (draw % 5 < 3 && used.size < count) {
          const slot = slots.take();
          expect(slot >= 0 && slot < count && !used.has(slot)).toBe(true);
          used.add(slot);
        } else if (used.size > 0) {
          const slot = [...used][draw % used.size];
          used.delete(slot);
          slots.giveBack(slot);
        }
        expect(slots.free).toBe(count - used.size);
        if (draw % 97 !== 0) continue;
        const restored = createSwapSlots(count, true);
        restored.load(slots.save());
        slots = restored;
      }
      while (slots.free > 0) used.add(slots.take());
      expect(used.size).toBe(count);
      expect(slots.take()).toBe(-1);
    }),
    { numRuns: caseCount(13, 250) },
  );
});
