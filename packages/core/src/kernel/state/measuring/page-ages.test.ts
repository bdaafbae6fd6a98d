import fc from "fast-check";
import { expect, test } from "vitest";
import { NO_PAGE, type RealPage } from "../../../ids/index.ts";
import { AccessBits } from "../access-bits.ts";
import { PageAges } from "./page-ages.ts";
import { caseCount } from "../../../testing/case-count.ts";

const PAGES = 12;

function findOldest(ages: PageAges, minimum: number, realMap: Int32Array, bits: AccessBits): number {
  const isAccessed = (page: RealPage): boolean => bits.wasAccessedSinceAgeScan(page);
  return ages.findOldest(minimum, realMap, isAccessed, () => true);
}

/** As written in the definition: everything is looked through at every question. */
class PlainAges {
  /** Scans since the last access of each resident page; undefined for one without a frame. */
  readonly ages: (number | undefined)[] = Array.from({ length: PAGES });
  readonly touched = new Set<number>();

  scan(): void {
    this.ages.forEach((age, page) => {
      if (age !== undefined) this.ages[page] = this.touched.has(page) ? 0 : Math.min(255, age + 1);
    });
    this.touched.clear();
  }

  findOldest(minimum: number): number {
    const now = this.ages.map((age, page) => (age === undefined ? -1 : this.touched.has(page) ? 0 : age));
    const oldest = Math.max(...now);
    return oldest < 0 || oldest < minimum ? NO_PAGE : now.indexOf(oldest);
  }
}

type Step = { readonly kind: "scan" | "touch" | "map" | "unmap" | "take" | "restore"; readonly page: number; readonly minimum: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(
      "scan" as const,
      "touch" as const,
      "map" as const,
      "map" as const,
      "unmap" as const,
      "take" as const,
      "restore" as const,
    ),
    page: fc.nat(PAGES - 1),
    minimum: fc.constantFrom(0, 0, 1, 2, 5),
  }),
  { maxLength: 200 },
);

test("the oldest page is found as by looking through all of them, whatever happens in between", () => {
  fc.assert(
    fc.property(steps, (list) => {
      const plain = new PlainAges();
      const realMap = new Int32Array(PAGES).fill(NO_PAGE);
      const bits = new AccessBits(PAGES);
      let ages = new PageAges(PAGES);
      const unmap = (page: number): void => {
        plain.ages[page] = undefined;
        realMap[page] = NO_PAGE;
        ages.unmapped(page as RealPage);
      };
      for (const { kind, page, minimum } of list) {
        const isResident = realMap[page] !== NO_PAGE;
        if (kind === "scan") {
          plain.scan();
          ages.scan(realMap, bits);
          // What an observation shows is as of the last scan: after it, both are the same.
          const expected = Array.from({ length: 256 }, (_, age) => plain.ages.filter((known) => known === age).length);
          const shown = ages.histogram();
          expect([...shown, ...expected.slice(shown.length)]).toEqual(expected);
          expect(shown.at(-1)).not.toBe(0);
        } else if (kind === "restore") {
          const saved = ages.save();
          ages = new PageAges(PAGES);
          ages.load(saved);
        } else if (kind === "take") {
          const found = findOldest(ages, minimum, realMap, bits);
          expect(found).toBe(plain.findOldest(minimum));
          if (found !== NO_PAGE) unmap(found);
        } else if (kind === "map" && !isResident) {
          plain.ages[page] = 0;
          plain.touched.add(page);
          realMap[page] = 0;
          bits.tryLoad(page);
          ages.mapped(page as RealPage);
        } else if (kind === "touch" && isResident) {
          plain.touched.add(page);
          bits.tryLoad(page);
        } else if (kind === "unmap" && isResident) unmap(page);
      }
    }),
    { numRuns: caseCount(250, 5000) },
  );
});

test("a page that is found and not taken, as when the swap is full, is not found again before the next scan", () => {
  const realMap = new Int32Array(2).fill(0);
  const bits = new AccessBits(2);
  const ages = new PageAges(2);
  for (const page of [0, 1]) ages.mapped(page as RealPage);
  for (let scan = 0; scan < 2; scan++) {
    ages.scan(realMap, bits);
    const found = [0, 0, 0].map((minimum) => findOldest(ages, minimum, realMap, bits));
    expect(found).toEqual([0, 1, NO_PAGE]);
  }
});

test("an age stays at 255 scans, which stands for all that are higher", () => {
  const realMap = new Int32Array(2).fill(0);
  const bits = new AccessBits(2);
  const ages = new PageAges(2);
  ages.mapped(0 as RealPage);
  ages.mapped(1 as RealPage);
  for (let scan = 0; scan < 300; scan++) ages.scan(realMap, bits);
  expect(ages.oldest).toEqual({ scans: 255, pages: 2 });
  expect(ages.histogram().length).toBe(256);
  expect(findOldest(ages, 255, realMap, bits)).toBe(0);
});
