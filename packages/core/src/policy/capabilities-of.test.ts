import { expect, test } from "vitest";
import { policyOf } from "../testing/small-scenario.ts";
import { capabilitiesOf } from "./capabilities-of.ts";

test("a policy has all that it declares, unless it says what it uses with its parameters", () => {
  const requires = ["steal", "pageAges"] as const;
  expect(
    capabilitiesOf(
      policyOf(() => [], { requires }),
      {},
    ),
  ).toEqual(["steal", "pageAges"]);
  const uses = ({ order }: Readonly<Record<string, unknown>>): typeof requires | readonly ["steal"] =>
    order === "age" ? requires : ["steal"];
  const policy = policyOf(() => [], { requires, uses });
  expect(capabilitiesOf(policy, { order: "age" })).toEqual(["steal", "pageAges"]);
  expect(capabilitiesOf(policy, { order: "random" })).toEqual(["steal"]);
});

test("what a policy uses without having declared it, it has not", () => {
  const policy = policyOf(() => [], { requires: ["steal"], uses: () => ["steal", "foresight"] });
  expect(capabilitiesOf(policy, {})).toEqual(["steal"]);
});
