import { expect, test } from "vitest";
import { IntStack } from "../structures/int-stack.ts";
import { savedParts } from "./saved-parts.ts";

class Owner {
  readonly stack = new IntStack();
  count = 1;
  ranges = [1, 2];
  figures = { a: 1 };
  readonly others: IntStack[] = [];
  moment = 0;
}

test("parts, numbers, lists and records are loaded as they were saved, and shared with no one", () => {
  const parts = savedParts<Owner>()({ saved: ["stack", "count", "ranges", "figures"], own: ["others"], derived: ["moment"] });
  const owner = new Owner();
  owner.stack.push(7);
  const saved = parts.save(owner);
  owner.stack.push(8);
  owner.ranges.push(3);
  owner.figures.a = 2;
  const other = new Owner();
  other.count = 5;
  parts.load(other, saved);
  expect([other.stack.save(), other.count, other.ranges, other.figures]).toEqual([Int32Array.of(7), 1, [1, 2], { a: 1 }]);
  other.ranges.push(4);
  expect(saved.ranges).toEqual([1, 2]);
});

test("a part, a field or a list of parts that is in no list does not compile", () => {
  const declare = savedParts<Owner>();
  expect(declare).toBeTypeOf("function");
  // @ts-expect-error `stack` saves itself.
  declare({ saved: ["count", "ranges", "figures"], own: ["others"], derived: ["moment"] });
  // @ts-expect-error `moment` can be assigned.
  declare({ saved: ["stack", "count", "ranges", "figures"], own: ["others"], derived: [] });
  // @ts-expect-error each of `others` saves itself.
  declare({ saved: ["stack", "count", "ranges", "figures"], own: [], derived: ["moment"] });
});
