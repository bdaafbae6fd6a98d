import { adjustedSharesPerPage, type Claim, divideByShares } from "@ballast/core/policy";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { observe, open, type Seen, tell } from "./observe.fixture.ts";
import { caseCount } from "@ballast/core/testing/case-count";

const PAGES_PER_MB = 256;

describe("two VMs of 256 MB with equal shares on 358 MB (oracle: figure 7 of the ESX paper, by its formula)", () => {
  /** Memory of the idle and of the busy VM when the balloons are at their targets, in MB. */
  function divide(taxRate: number, activeMb: number): number[] {
    const pages = 256 * PAGES_PER_MB;
    const vm = { configuredPages: pages, residentPages: pages };
    const seen: Seen[] = [{ ...vm, activeFraction: activeMb / 256 }, vm];
    const marks = { highPages: (512 - 358) * PAGES_PER_MB, softPages: 1, hardPages: 0, lowPages: 0 };
    const targets = tell(open({ taxRate }).decide(observe(0, seen, "memoryState", { marks, memoryState: "soft" })));
    return [1, 2].map((vmNumber) => {
      const line = targets.find((told) => told.startsWith(`balloon ${vmNumber}: `)) ?? ": 0";
      return 256 - Number(line.split(": ")[1]) / PAGES_PER_MB;
    });
  }

  test.each([
    [0, 10, 179, 179],
    [0.5, 10, 122.7, 235.3],
    [0.75, 10, 102, 256],
    [0.25, 20, 156.3, 201.7],
  ])("tax %d, %d MB active in the idle one: %d and %d MB", (taxRate, activeMb, idleMb, busyMb) => {
    const [idle = 0, busy = 0] = divide(taxRate, activeMb);
    expect(idle).toBeCloseTo(idleMb, 1);
    expect(busy).toBeCloseTo(busyMb, 1);
  });
});

describe("who pays for 100 pages (oracle: the example in section 5.2 of the ESX paper)", () => {
  const seen: Seen[] = [
    { shares: 6000, configuredPages: 4000, residentPages: 4000, activeFraction: 0.25 },
    { shares: 2000, configuredPages: 2000, residentPages: 2000, activeFraction: 0.85 },
  ];
  const host = { marks: { highPages: 100, softPages: 90, hardPages: 0, lowPages: 0 }, memoryState: "soft" } as const;

  test("with a tax of 80 % the idle VM with 0.375 adjusted shares per page, not the busy one with 0.625", () => {
    const decisions = open({ taxRate: 0.8 }).decide(observe(0, seen, "memoryState", host));
    expect(tell(decisions)).toEqual(["balloon 1: 100"]);
    expect(decisions[0]?.figures?.["adjustedSharesPerPage"]).toBeCloseTo(0.375, 12);
  });

  test("without a tax the other one, for it has fewer shares per page", () => {
    expect(tell(open({ taxRate: 0 }).decide(observe(0, seen, "memoryState", host)))).toEqual(["balloon 2: 100"]);
  });
});

describe("min-funding revocation page by page (oracle: the paper's rule, applied to one page after the other)", () => {
  const anyClaim = fc
    .record({ shares: fc.integer({ min: 1, max: 20 }), active: fc.nat(100), lowest: fc.nat(30), held: fc.nat(70) })
    .map(({ shares, active, lowest, held }): Claim => {
      const maxPages = lowest + held;
      return { shares, activePages: Math.min(active, maxPages), lowestPages: lowest, maxPages };
    });

  test("ends where the division in closed form does, but for a page of each VM", () => {
    const claims = fc.array(anyClaim, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(claims, fc.nat(100), fc.constantFrom(0, 0.5, 0.75, 0.9), (drawn, percent, taxRate) => {
        const max = sumOf(drawn.map((claim) => claim.maxPages));
        const lowest = sumOf(drawn.map((claim) => claim.lowestPages));
        const pages = lowest + Math.floor(((max - lowest) * percent) / 100);
        const closed = divideByShares(drawn, pages, taxRate);
        const revoked = revokePages(drawn, pages, taxRate);
        closed.forEach((count, i) => expect(Math.abs(count - (revoked[i] ?? 0))).toBeLessThanOrEqual(drawn.length));
      }),
      { numRuns: caseCount(125, 2500) },
    );
  });

  /** The VM with the lowest adjusted shares per page loses a page, until `pages` are left. */
  function revokePages(claims: readonly Claim[], pages: number, taxRate: number): number[] {
    const held = claims.map((claim) => claim.maxPages);
    while (sumOf(held) > pages) {
      const prices = claims.map((claim, i) => {
        const count = held[i] ?? 0;
        if (count <= claim.lowestPages) return Number.POSITIVE_INFINITY;
        return adjustedSharesPerPage(claim.shares, count, Math.min(claim.activePages, count) / count, taxRate);
      });
      const victim = prices.indexOf(Math.min(...prices));
      held[victim] = (held[victim] ?? 0) - 1;
    }
    return held;
  }

  function sumOf(counts: readonly number[]): number {
    return counts.reduce((sum, count) => sum + count, 0);
  }
});
