import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { measureOrders, orderTable } from "./victim-order-table.ts";

const readme = readFileSync(new URL("../packages/policies/host-swap/README.md", import.meta.url), "utf8");
const rows = measureOrders();

test.each(rows.map((row) => [`${row.order} with ${row.frames} frames, ${row.program}`, row] as const))(
  "host-swap faults as often as a guest's replacement misses, and as a plain algorithm says: %s",
  (_, { hostSwap, guest, reference }) => {
    expect([hostSwap, guest]).toEqual([reference, reference]);
  },
);

test("the README of host-swap shows these faults", () => {
  expect(readme).toContain(orderTable(rows));
});
