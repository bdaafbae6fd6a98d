import { capabilitiesOf, readParameters } from "@ballast/core/policy";
import { expect, test } from "vitest";
import { policy } from "./index.ts";

const usedWith = (given: Readonly<Record<string, unknown>>): readonly string[] =>
  capabilitiesOf(policy, readParameters(policy.parameters, given, "").values).toSorted();

// Oracle: what each parameter needs: a tax samples, sharing scans, the compression cache takes what would be swapped.
test("it measures and does only what its parameters need", () => {
  const bare = { taxRate: 0, pageSharing: false, pageOutTo: "swap" };
  expect(usedWith(bare)).toEqual(["balloon", "steal", "suspend"]);
  expect(usedWith({ ...bare, taxRate: 0.01 })).toEqual(["activeSample", "balloon", "steal", "suspend"]);
  expect(usedWith({ ...bare, pageSharing: true })).toEqual(["balloon", "pageSharing", "steal", "suspend"]);
  expect(usedWith({ ...bare, pageOutTo: "compression" })).toEqual(["balloon", "compression", "steal", "suspend"]);
});
