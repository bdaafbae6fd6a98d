import { tableLayout } from "@ballast/core/memory";
import { type Metric, METRIC_FAMILIES, MetricSet } from "@ballast/core/metrics";
import { projectionLayout } from "@ballast/core/projections";
import { expect, test } from "vitest";
import { layoutHash, PROJECTION_LAYOUT, TABLE_LAYOUT } from "./layouts.ts";

type Declared = readonly (readonly [name: string, metric: Metric])[];

const DECLARED: Declared = Object.values<Readonly<Record<string, Metric>>>(METRIC_FAMILIES).flatMap((family) => Object.entries(family));
const { pageOuts } = METRIC_FAMILIES["guest paging"];

const layoutsOf = (declared: Declared): string[] => {
  const metrics = new MetricSet([Object.fromEntries(declared)]);
  return [layoutHash(tableLayout(metrics)), layoutHash(projectionLayout(metrics))];
};

/** The oracle is the change itself: each of these would make another version's numbers be read as something else. */
test.each([
  ["a counter in the middle", (declared: Declared) => declared.toSpliced(7, 0, ["medium", pageOuts])],
  ["one at the end", (declared: Declared) => [...declared, ["zulu", pageOuts] as const]],
  ["one less", (declared: Declared) => declared.filter(([name]) => name !== "pageIns")],
  [
    "one of another name",
    (declared: Declared) => declared.map(([name, metric]) => [name === "pageIns" ? "pageReads" : name, metric] as const),
  ],
  [
    "one that other events change",
    (declared: Declared) => declared.map(([name, metric]) => [name, name === "pageIns" ? pageOuts : metric] as const),
  ],
])("%s gives tables and read models another layout", (_, change) => {
  const [before, after] = [layoutsOf(DECLARED), layoutsOf(change(DECLARED))];
  expect(after[0]).not.toBe(before[0]);
  expect(after[1]).not.toBe(before[1]);
});

test("the order of the declarations, and their descriptions, leave the layout as it is", () => {
  const described = DECLARED.toReversed().map(([name, metric]) => [name, { ...metric, description: "Another." }] as const);
  expect(layoutsOf(described)).toEqual(layoutsOf(DECLARED));
});

test("two metrics of one name are refused", () => {
  expect(() => new MetricSet([{ pageOuts }, { pageOuts }])).toThrow("two metrics are called pageOuts");
});

test("the layout is the same each time it is asked for", () => {
  expect([tableLayout(), projectionLayout()]).toEqual([tableLayout(), projectionLayout()]);
});

test("what was stored without checksums is of another layout", () => {
  expect(TABLE_LAYOUT).not.toBe(layoutHash(tableLayout()));
  expect(PROJECTION_LAYOUT).not.toBe(layoutHash(projectionLayout()));
});
