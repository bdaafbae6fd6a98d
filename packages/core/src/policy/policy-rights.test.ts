import { expect, test } from "vitest";
import { policyOf } from "../testing/small-scenario.ts";
import { rightsOf } from "./policy-rights.ts";

test("of the orders of victims just those are kept that the policy declares, none without a declaration (oracle: the declaration)", () => {
  expect(
    rightsOf(
      policyOf(() => [], { orders: () => ["lru"] }),
      {},
    ).orders,
  ).toEqual(["lru"]);
  expect(
    rightsOf(
      policyOf(() => []),
      {},
    ).orders,
  ).toEqual([]);
});
