import { expect, it } from "vitest";
import { parseRange, rangeText } from "./chart-range.ts";

it("of a chart is two whole numbers that ascend, and anything else is none", () => {
  expect(parseRange("100,250")).toEqual([100, 250]);
  expect(parseRange(rangeText([99.7, 250.2]))).toEqual([100, 250]);
  for (const text of [undefined, "", "250,100", "5,5", "1e3,2e3", "-5,10", "100", "1,2,3"]) expect(parseRange(text)).toBeUndefined();
});
