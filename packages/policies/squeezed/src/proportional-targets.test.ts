import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { divideInProportion, type Domain } from "./proportional-targets.ts";

const GIB_KIB = 1024 * 1024;

function domainOf(dynamicMinKib: number, dynamicMaxKib: number, actualKib: number): Domain {
  return { dynamicMinKib, dynamicMaxKib, actualKib, inaccuracyKib: 4 };
}

/** squeezed's own: 1 MiB for Xen and 8 MiB for builds of domains. */
const HOST_TARGET_KIB = 9216;

describe("memory in proportion (oracle: the formula of Squeeze.Proportional in xapi-project/xen-api)", () => {
  test("three domains of 1 to 2 GiB at 1.5 GiB with 500,000 KiB free get 1,736,450 KiB each", () => {
    const domains = Array.from({ length: 3 }, () => domainOf(GIB_KIB, 2 * GIB_KIB, 1.5 * GIB_KIB));
    expect(divideInProportion(domains, 500_000, HOST_TARGET_KIB).targetsKib).toEqual([1_736_450, 1_736_450, 1_736_450]);
  });

  test("a domain with twice the range gets twice as much above its minimum", () => {
    const domains = [domainOf(1000, 2000, 2000), domainOf(1000, 3000, 3000)];
    // All that is freeable, less the inaccuracies of both: 1000 - 8 + 2000 - 8 KiB; a third of 3000 is to stay free.
    const { targetsKib, gamma } = divideInProportion(domains, 16, 1500);
    expect(gamma).toBe(0.5);
    expect(targetsKib).toEqual([1500, 2000]);
  });

  test("no domain gets more than dynamic-max, or less than dynamic-min", () => {
    const domains = [domainOf(1000, 2000, 1500), domainOf(500, 500, 500)];
    expect(divideInProportion(domains, 1_000_000, HOST_TARGET_KIB).targetsKib).toEqual([2000, 500]);
    expect(divideInProportion(domains, 0, HOST_TARGET_KIB).targetsKib).toEqual([1000, 500]);
  });

  test("what is given out leaves the host's target free, whatever the domains", () => {
    const range = fc.tuple(fc.nat(GIB_KIB), fc.nat(GIB_KIB), fc.nat(GIB_KIB));
    const anyDomain = range.map(([min, range_, above]) => domainOf(min, min + range_, min + above));
    fc.assert(
      fc.property(fc.array(anyDomain, { maxLength: 6 }), fc.nat(GIB_KIB), (domains, freeKib) => {
        const { targetsKib, gamma } = divideInProportion(domains, freeKib, HOST_TARGET_KIB);
        const grownKib = targetsKib.reduce((sum, target, i) => sum + target - (domains[i]?.actualKib ?? 0), 0);
        expect(gamma === 0 || freeKib - grownKib >= HOST_TARGET_KIB).toBe(true);
      }),
    );
  });
});
