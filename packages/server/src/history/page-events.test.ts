import { EventBatch, EventCode } from "@ballast/core/events";
import { expect, test } from "vitest";
import { PageMatcher } from "./page-events.ts";

function matches(kind: "realPage" | "physicalPage", code: number, a: number, b: number, pages: readonly number[]): number[] {
  const batch = new EventBatch(1, 1);
  batch.append(code, 0, 1, 0, a, b, 0, 0);
  const matcher = new PageMatcher(kind);
  return pages.filter((page) => matcher.matches(batch, 0, page));
}

test("an event of a large page concerns all 512 of its real pages, and all 512 frames", () => {
  expect(matches("realPage", EventCode.LargePageMapped, 512, 1024, [511, 512, 700, 1023, 1024])).toEqual([512, 700, 1023]);
  expect(matches("physicalPage", EventCode.LargePageMapped, 512, 1024, [512, 1023, 1024, 1535, 1536])).toEqual([1024, 1535]);
});

test("an event of a range concerns the range, one of a page that page alone", () => {
  expect(matches("physicalPage", EventCode.OverheadReserved, 3, 6, [2, 3, 5, 6])).toEqual([3, 5]);
  expect(matches("realPage", EventCode.FrameMapped, 7, 9, [6, 7, 8, 9])).toEqual([7]);
});
