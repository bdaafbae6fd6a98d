import fc from "fast-check";
import { expect, test } from "vitest";
import { arrivalTimes, startOrder } from "./start-order.ts";

const jitterNs = fc.oneof(fc.constant(undefined), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 2 ** 31, max: 1e15 }));
const vmsArbitrary = fc.array(fc.record({ startNs: fc.integer({ min: 0, max: 1e15 }), startJitterNs: jitterNs }), { maxLength: 12 });
const seed = fc.maxSafeNat();

test("every VM arrives between its start and the end of its jitter, both included, and at its start without jitter", () => {
  fc.assert(
    fc.property(vmsArbitrary, seed, (vms, drawn) => {
      arrivalTimes({ seed: drawn, vms }).forEach((ns, index) => {
        const { startNs, startJitterNs = 0 } = vms[index];
        expect(Number.isSafeInteger(ns)).toBe(true);
        expect(ns).toBeGreaterThanOrEqual(startNs);
        expect(ns).toBeLessThanOrEqual(startNs + startJitterNs);
      });
    }),
  );
});

test("a change to one VM moves the arrival of no other", () => {
  fc.assert(
    fc.property(vmsArbitrary, seed, fc.nat(), jitterNs, (vms, drawn, pick, startJitterNs) => {
      fc.pre(vms.length > 0);
      const changed = vms.map((vm, index) => (index === pick % vms.length ? { startNs: 1, startJitterNs } : vm));
      const [before, after] = [vms, changed].map((list) => arrivalTimes({ seed: drawn, vms: list }));
      before.splice(pick % vms.length, 1);
      after.splice(pick % vms.length, 1);
      expect(after).toEqual(before);
    }),
  );
});

// 600 draws of 3 values: each is expected 200 times with a standard deviation of 11.5; the seeds are fixed.
test("each time of the jitter, the first and the last included, is equally likely", () => {
  const counts = [0, 0, 0];
  for (let drawn = 0; drawn < 600; drawn++) counts[arrivalTimes({ seed: drawn, vms: [{ startNs: 7, startJitterNs: 2 }] })[0] - 7]++;
  for (const count of counts) expect(Math.abs(count - 200)).toBeLessThan(4 * 11.5);
});

test("of equal times the order is that of the list", () => {
  expect(startOrder([5, 1, 5, 0, 1])).toEqual([3, 1, 4, 0, 2]);
});
