import { COUNTERS, tableLayout } from "@ballast/core/memory";
import { projectionLayout, VM_FIGURES } from "@ballast/core/projections";
import { expect, test } from "vitest";
import { layoutHash, PROJECTION_LAYOUT, TABLE_LAYOUT } from "./layouts.ts";

/** The oracle is the change itself: each of these would make another version's numbers be read as something else. */
test.each([
  ["a counter in the middle", (names: readonly string[]) => names.toSpliced(7, 0, "added")],
  ["one at the end", (names: readonly string[]) => [...names, "added"]],
  ["one less", (names: readonly string[]) => names.slice(1)],
  ["two that changed places", (names: readonly string[]) => [names[1]!, names[0]!, ...names.slice(2)]],
])("%s gives tables and read models another layout", (_, change) => {
  expect(layoutHash(tableLayout(change(COUNTERS)))).not.toBe(layoutHash(tableLayout()));
  expect(layoutHash(projectionLayout(change(VM_FIGURES)))).not.toBe(layoutHash(projectionLayout()));
});

test("the layout is the same each time it is asked for", () => {
  expect([tableLayout(), projectionLayout()]).toEqual([tableLayout(), projectionLayout()]);
});

test("what was stored without checksums is of another layout", () => {
  expect(TABLE_LAYOUT).not.toBe(layoutHash(tableLayout()));
  expect(PROJECTION_LAYOUT).not.toBe(layoutHash(projectionLayout()));
});
