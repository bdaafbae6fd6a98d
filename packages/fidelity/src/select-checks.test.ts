import { expect, test } from "vitest";
import { CHECKS } from "./checks/index.ts";
import { selectChecks } from "./select-checks.ts";

test("a subject means all its checks, an id that one, in the order of the list", () => {
  const chosen = selectChecks(CHECKS, ["laws.uniform-access", "replacement"]).map(({ id }) => id);
  expect(chosen).toEqual(["replacement.textbook-string", "replacement.belady-anomaly", "laws.uniform-access"]);
});

test("an unknown name is refused with the one that was likely meant, or with what there is", () => {
  expect(() => selectChecks(CHECKS, ["laws.uniform-acess"])).toThrow('is "laws.uniform-access" meant?');
  expect(() => selectChecks(CHECKS, ["weather"])).toThrow("subjects are: lecture, replacement, laws");
});
