import { expect, test } from "vitest";
import { seedsText } from "./seeds-text.ts";

test("seeds in a row are told by their ends, others one by one; oracle: written by hand", () => {
  expect(seedsText([7])).toBe("seed 7");
  expect(seedsText([1, 2, 3])).toBe("3 seeds (1 to 3)");
  expect(seedsText(["3", "5", "8"])).toBe("3 seeds (3, 5, 8)");
  expect(seedsText(["9007199254740992", "9007199254740993"])).toBe("2 seeds (9007199254740992 to 9007199254740993)");
});
