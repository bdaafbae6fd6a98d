import fc from "fast-check";
import { expect, test } from "vitest";
import { combinationsOf, countCombinations, parseGridOption } from "./grid.ts";

test.each([
  ["taxRate=0:0.9:0.1", { taxRate: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] }],
  ["x=1:0:-0.5", { x: [1, 0.5, 0] }],
  ["x=0:1:0.3", { x: [0, 0.3, 0.6, 0.9] }],
  ["x=2:2:1", { x: [2] }],
  ["order=lru, fifo", { order: ["lru", "fifo"] }],
  ["isOn=true,false", { isOn: [true, false] }],
  ["scenario.host.framePages=1e3:2e3:1e3", { "scenario.host.framePages": [1000, 2000] }],
])("%s gives the values that it reads as", (text, expected) => {
  expect(parseGridOption(text)).toEqual(expected);
});

test.each([
  ["x", "name=value"],
  ["x=", "name=value"],
  ["x=1,,2", "empty value"],
  ["x=1,1", "the value 1 twice"],
  ["x=0:1:0", "its step must lead there, and 0 does not"],
  ["x=0:1:-1", "its step must lead there, and -1 does not"],
  ["x=0:a:1", "three numbers"],
  ["x=0:1e9:1", "1000000001 values"],
])("%s is refused", (text, message) => {
  expect(() => parseGridOption(text)).toThrow(message);
});

/** Oracle: the product of the counts, and sets. */
test("combinations are as many as the product of the values, all different", () => {
  const grids = fc.dictionary(fc.string({ minLength: 1 }), fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 4 }), { maxKeys: 4 });
  fc.assert(
    fc.property(grids, (grid) => {
      const combinations = combinationsOf(grid);
      expect(combinations).toHaveLength(countCombinations(grid));
      expect(new Set(combinations.map((each) => JSON.stringify(each))).size).toBe(combinations.length);
    }),
  );
});
