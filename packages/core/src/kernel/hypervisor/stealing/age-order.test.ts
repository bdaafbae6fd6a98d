import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Decision } from "../../../policy/index.ts";
import { caseCount } from "../../../testing/case-count.ts";
import { historyOf, kernelInput } from "../../../testing/run-to-end.ts";
import { policyOf, references, smallHost, smallScenario, smallVm } from "../../../testing/small-scenario.ts";
import type { Workload } from "../../../workload/index.ts";
import { createKernel } from "../../engine/create-kernel.ts";

const MS = 1_000_000;
const PAGES = 8;
const idle: Workload = { kind: "idle", ns: MS };

/**
 * Real pages stolen by age, in order, after a number of scans a millisecond apart, between which these pages were stored to.
 * All pages are stored to in ascending order first, so that real page n stands behind virtual page n.
 */
function stolen(touches: readonly (readonly number[])[], count: number, minimumAgeScans: number): number[] {
  const first = references(Array.from({ length: PAGES }, (_, page) => `w${page}`).join(" "));
  const later = touches.map((pages) => references(pages.map((page) => `w${page}`).join(" ")));
  const phases = [first, idle, ...later.flatMap((touch, at) => (touches[at]?.length ? [touch, idle] : [idle]))];
  const stealNs = (touches.length + 1) * MS;
  const policy = policyOf(
    ({ cause, timeNs, vms }): Decision[] =>
      cause === "period" && timeNs === stealNs
        ? vms.map(({ vm }) => ({ kind: "StealPages", vm, take: { count, order: "age", minimumAgeScans }, reason: "test" }))
        : [],
    { requires: ["steal", "pageAges"], periodNs: () => MS },
  );
  const vm = smallVm("vm", PAGES, { kind: "phases", phases, times: 1 }, { balloon: null });
  const scenario = smallScenario(smallHost(2 * PAGES), [vm], { durationNs: stealNs + 1 });
  return historyOf(createKernel(kernelInput(scenario, policy))).flatMap((line) => {
    const page = /^PageStolen vm 1: realPage (\d+),.*order age$/.exec(line)?.[1];
    return page === undefined ? [] : [Number(page)];
  });
}

/** The definition: each page by how many scans ago it was last accessed, oldest first, the lower number among equals. */
function byAge(touches: readonly (readonly number[])[], count: number, minimumAgeScans: number): number[] {
  const ages = Array.from({ length: PAGES }, (_, page) => touches.length - 1 - touches.findLastIndex((pages) => pages.includes(page)));
  const old = [...ages.keys()].filter((page) => (ages[page] ?? 0) >= minimumAgeScans);
  old.sort((left, right) => (ages[right] ?? 0) - (ages[left] ?? 0) || left - right);
  return old.slice(0, count);
}

describe("the order age", () => {
  test("takes what was left alone for the most scans first, and only what was left alone for as many as asked for", () => {
    const touches = [[0, 1], [2], []];
    // Oracle: at the fourth scan pages 3 to 7 are of age 3, 0 and 1 of age 2, and 2 of age 1.
    expect(stolen(touches, 99, 0)).toEqual([3, 4, 5, 6, 7, 0, 1, 2]);
    expect(stolen(touches, 99, 2)).toEqual([3, 4, 5, 6, 7, 0, 1]);
    expect(stolen(touches, 6, 3)).toEqual([3, 4, 5, 6, 7]);
    expect(stolen(touches, 2, 0)).toEqual([3, 4]);
  });

  test("is that of the accesses, whatever they are (oracle: each page's last access)", () => {
    const touched = fc.uniqueArray(fc.nat(PAGES - 1), { maxLength: PAGES });
    fc.assert(
      fc.property(fc.array(touched, { maxLength: 5 }), fc.nat(PAGES + 1), fc.nat(4), (touches, count, minimumAgeScans) => {
        expect(stolen(touches, count, minimumAgeScans)).toEqual(byAge(touches, count, minimumAgeScans));
      }),
      { numRuns: caseCount(12, 300) },
    );
  });
});
