import fc from "fast-check";
import { expect, test } from "vitest";

/** Oracle: the setting itself; `setup.ts` is of every project. */
test("a length that a test allows is a length that is tried", () => {
  expect(fc.readConfigureGlobal()).toMatchObject({ defaultSizeToMaxWhenMaxSpecified: true });
});
