import fc from "fast-check";
import { expect, test } from "vitest";
import { parseSelection, type Selection, selectionText } from "./selection.ts";

const page = fc.nat({ max: 2 ** 31 - 1 });
const selections: fc.Arbitrary<Selection> = fc.oneof(
  fc.record({ kind: fc.constant("frame" as const), physicalPage: page }),
  fc.record({ kind: fc.constant("real" as const), vm: page, realPage: page }),
  fc.record({ kind: fc.constant("virtual" as const), vm: page, process: page, virtualPage: page }),
);

test("a selection is read as it was written", () => {
  fc.assert(
    fc.property(selections, (selection) => {
      expect(parseSelection(selectionText(selection))).toEqual(selection);
    }),
  );
});

test.each([
  undefined,
  "",
  "frame",
  "frame:",
  "frame:x",
  "frame:-1",
  "frame:1:2",
  "real:1",
  "virtual:1:2",
  "page:1",
  "frame:1e3",
  "frame:99999999999",
])("%s is no selection", (text) => {
  expect(parseSelection(text)).toBeUndefined();
});
