import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { vmId } from "../ids/index.ts";
import { Prng } from "../prng/index.ts";
import type { VmObservation } from "./observation.ts";
import { stealAboveLimits, stealAtRandom } from "./steal-at-random.ts";

function vmOf(number: number, residentPages: number, changes: Partial<VmObservation> = {}): VmObservation {
  const known = { vm: vmId(number), name: `vm-${number}`, configuredPages: 1000, residentPages, swappedPages: 0 };
  return { ...known, shares: 1, reservationPages: 0, limitPages: 1000, isBusy: true, ...changes };
}

function countsOf(vms: readonly VmObservation[], pages: number, seed = 1): number[] {
  const steals = stealAtRandom(vms, pages, Prng.named(seed, "policy"), "test");
  return vms.map(({ vm }) => {
    const take = steals.find((steal) => steal.vm === vm)?.take;
    return take !== undefined && "count" in take ? take.count : 0;
  });
}

describe("stealing at random (oracle: arithmetic)", () => {
  test("takes in proportion to what each VM holds above its reservation", () => {
    expect(countsOf([vmOf(1, 100), vmOf(2, 400, { reservationPages: 100 }), vmOf(3, 50, { reservationPages: 50 })], 40)).toEqual([
      10, 30, 0,
    ]);
  });

  test("takes exactly as many pages as asked for, and from no VM more than it may give", () => {
    const vms = fc.array(fc.tuple(fc.nat(300), fc.nat(100)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(vms, fc.nat(500), fc.nat(), (drawn, pages, seed) => {
        const seen = drawn.map(([resident, reservation], i) => vmOf(i + 1, resident, { reservationPages: reservation }));
        const spare = seen.map((vm) => Math.max(0, vm.residentPages - vm.reservationPages));
        const givable = spare.some((held) => held > 0) ? spare : seen.map((vm) => vm.residentPages);
        const counts = countsOf(seen, pages, seed);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(
          Math.min(
            pages,
            givable.reduce((sum, held) => sum + held, 0),
          ),
        );
        counts.forEach((count, i) => expect(count).toBeLessThanOrEqual(givable[i] ?? 0));
      }),
    );
  });

  test("touches reservations only when no VM holds more", () => {
    expect(countsOf([vmOf(1, 40, { reservationPages: 40 }), vmOf(2, 10, { reservationPages: 20 })], 5)).toEqual([4, 1]);
  });

  test("a single page falls on each VM with the chance of its share", () => {
    const vms = [vmOf(1, 100), vmOf(2, 300)];
    let fromFirst = 0;
    for (let seed = 0; seed < 4000; seed++) fromFirst += countsOf(vms, 1, seed)[0];
    // Oracle: binomial(4000, 1/4) has mean 1000 and standard deviation 27.4; four of them.
    expect(Math.abs(fromFirst - 1000)).toBeLessThan(110);
  });
});

test("a VM above its limit gives what it holds too much, and no other gives anything", () => {
  const steals = stealAboveLimits([vmOf(1, 60, { limitPages: 50 }), vmOf(2, 50, { limitPages: 50 })]);
  expect(steals.map(({ vm, take }) => [vm, take])).toEqual([[1, { count: 10, order: "random" }]]);
});
