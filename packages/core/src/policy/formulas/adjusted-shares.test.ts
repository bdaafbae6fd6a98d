import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adjustedSharesPerPage, type Claim, divideByShares, pagesAtLevel } from "./adjusted-shares.ts";

const PAGES_PER_MB = 256;

function claimOf(shares: number, activeMb: number, maxMb: number): Claim {
  const active = activeMb * PAGES_PER_MB;
  return { shares, activePages: active, lowestPages: 0, maxPages: maxMb * PAGES_PER_MB };
}

describe("adjusted shares per page (oracle: the example in section 5.2 of the ESX paper, by its formula)", () => {
  test("with a tax of 80 % the idle VM pays although it has more shares per page", () => {
    expect(adjustedSharesPerPage(6000, 4000, 0.25, 0.8)).toBeCloseTo(0.375, 12);
    expect(adjustedSharesPerPage(2000, 2000, 0.85, 0.8)).toBeCloseTo(0.625, 12);
  });

  test("without a tax shares alone decide, and the other one pays", () => {
    expect(adjustedSharesPerPage(6000, 4000, 0.25, 0)).toBe(1.5);
    expect(adjustedSharesPerPage(2000, 2000, 0.85, 0)).toBe(1);
  });
});

describe("two VMs of 256 MB with equal shares on 358 MB (oracle: figure 7 of the ESX paper, by its formula)", () => {
  test.each([
    [0, 10, 179, 179],
    [0.5, 10, 122.7, 235.3],
    [0.75, 10, 102, 256],
    [0.25, 20, 156.3, 201.7],
  ])("tax %d, %d MB active in the idle one: %d and %d MB", (taxRate, activeMb, idleMb, busyMb) => {
    const claims = [claimOf(1000, activeMb, 256), claimOf(1000, 256, 256)];
    const [idle = 0, busy = 0] = divideByShares(claims, 358 * PAGES_PER_MB, taxRate);
    expect(idle / PAGES_PER_MB).toBeCloseTo(idleMb, 1);
    expect(busy / PAGES_PER_MB).toBeCloseTo(busyMb, 1);
  });
});

const anyClaim = fc
  .record({ shares: fc.integer({ min: 1, max: 10_000 }), a: fc.nat(5000), b: fc.nat(5000), active: fc.nat(5000) })
  .map(({ shares, a, b, active }): Claim => ({
    shares,
    activePages: active,
    lowestPages: Math.min(a, b),
    maxPages: Math.max(a, b),
  }));
const claims = fc.array(anyClaim, { minLength: 1, maxLength: 6 });
const taxRate = fc.constantFrom(0, 0.5, 0.75, 0.99);

describe("dividing by shares", () => {
  test("a level that a halving meets exactly gives out every page (oracle: two equal claims halve 200 pages)", () => {
    const half: Claim = { shares: 1, activePages: 0, lowestPages: 0, maxPages: 200 };
    expect(divideByShares([half, half], 200, 0)).toEqual([100, 100]);
  });

  test("stays within each claim's bounds, and gives out what there is but for rounding", () => {
    fc.assert(
      fc.property(claims, fc.nat(20_000), taxRate, (drawn, pages, tax) => {
        const shares = divideByShares(drawn, pages, tax);
        const sum = (list: readonly number[]): number => list.reduce((total, value) => total + value, 0);
        shares.forEach((share, i) => {
          expect(share).toBeGreaterThanOrEqual(drawn[i]?.lowestPages ?? 0);
          expect(share).toBeLessThanOrEqual(drawn[i]?.maxPages ?? 0);
        });
        const lowest = sum(drawn.map((claim) => claim.lowestPages));
        const given = Math.min(Math.max(pages, lowest), sum(drawn.map((claim) => claim.maxPages)));
        expect(Math.abs(sum(shares) - given)).toBeLessThanOrEqual(drawn.length);
      }),
    );
  });

  test("ends where min-funding revocation, page by page from the lowest adjusted shares, ends", () => {
    const drawn = [claimOf(3000, 1, 2), claimOf(1000, 0.5, 2), claimOf(2000, 2, 2)];
    for (const tax of [0, 0.75]) {
      expect(divideByShares(drawn, 700, tax).map((share, i) => Math.abs(share - (revoke(drawn, 700, tax)[i] ?? 0)) <= 2)).toEqual([
        true,
        true,
        true,
      ]);
    }
  });

  test("a higher level never means fewer pages", () => {
    fc.assert(
      fc.property(
        anyClaim,
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        taxRate,
        (claim, x, y, tax) => {
          expect(pagesAtLevel(claim, Math.max(x, y), tax)).toBeGreaterThanOrEqual(pagesAtLevel(claim, Math.min(x, y), tax));
        },
      ),
    );
  });
});

/** Idle pages go first; each step takes a page where the adjusted price paid for the last one is lowest. */
function revoke(drawn: readonly Claim[], pages: number, tax: number): number[] {
  const held = drawn.map((claim) => claim.maxPages);
  for (let total = held.reduce((sum, count) => sum + count, 0); total > pages; total--) {
    let victim = 0;
    let min = Number.POSITIVE_INFINITY;
    drawn.forEach((claim, i) => {
      const count = held[i] ?? 0;
      const activeFraction = count === 0 ? 1 : Math.min(claim.activePages, count) / count;
      const rho = count <= claim.lowestPages ? Number.POSITIVE_INFINITY : adjustedSharesPerPage(claim.shares, count, activeFraction, tax);
      if (rho >= min) return;
      min = rho;
      victim = i;
    });
    held[victim] = (held[victim] ?? 0) - 1;
  }
  return held;
}
