import fc from "fast-check";
import { InvalidArgumentError } from "commander";
import { describe, expect, test } from "vitest";
import { policyText } from "@ballast/server/runs";
import { parsePolicyChoice, parsePolicyChoices, withParameters } from "./policy-choice.ts";

/** The oracle is what docs/cli.md says of the syntax. */
describe("a policy on the command line", () => {
  test("is a name, with parameters behind colons", () => {
    expect(parsePolicyChoice("host-swap")).toEqual({ name: "host-swap", parameters: {}, fromDefaults: false });
    expect(parsePolicyChoice("esx:taxRate=0.5:pageSharing=true:pageOutTo=swap")).toEqual({
      name: "esx",
      parameters: { taxRate: 0.5, pageSharing: true, pageOutTo: "swap" },
      fromDefaults: false,
    });
  });

  test("with the word defaults takes nothing from the scenario", () => {
    expect(parsePolicyChoice("host-swap:defaults:order=lru")).toEqual({
      name: "host-swap",
      parameters: { order: "lru" },
      fromDefaults: true,
    });
  });

  test("stands between commas, which quotes protect; given again, the list grows", () => {
    const first = parsePolicyChoices('a:text="1,2:3", b');
    const all = parsePolicyChoices("a:text=x", first);
    expect(all.map(({ name, parameters }) => [name, parameters])).toEqual([
      ["a", { text: "1,2:3" }],
      ["b", {}],
      ["a", { text: "x" }],
    ]);
  });

  test.each([
    ["", "has no name"],
    [":order=lru", "has no name"],
    ["a:order", "must be name=value, or the word defaults"],
    ["a:", "must be name=value"],
    ["a:=1", "must be name=value"],
    ["a:order=", "name=value"],
    ["a:order=x:order=y", "sets order twice"],
    ['a:order="x', "not closed"],
    ['a:order="x"y', "not a text in double quotes"],
    ["a,b", "takes one policy"],
  ])("%j is refused", (text, description) => {
    expect(() => parsePolicyChoice(text)).toThrow(InvalidArgumentError);
    expect(() => parsePolicyChoice(text)).toThrow(description);
  });

  test.each(["", "a,,b", "a,"])("%j is no list", (text) => {
    expect(() => parsePolicyChoices(text)).toThrow("commas between");
  });

  test("takes --set besides, but not for what it sets itself", () => {
    const choice = parsePolicyChoice("a:x=1");
    expect(withParameters(choice, { y: 2 }).parameters).toEqual({ x: 1, y: 2 });
    expect(() => withParameters(choice, { x: 2 })).toThrow("--set sets it again");
  });

  test("is printed in the same syntax: parsed again it is the same", () => {
    const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.string({ minLength: 1 }).filter(isText));
    const parameters = fc.dictionary(fc.stringMatching(/^[a-z][A-Za-z0-9]{0,8}$/), value, { noNullPrototype: true });
    fc.assert(
      fc.property(fc.array(parameters, { minLength: 1, maxLength: 8 }), (all) => {
        const read = parsePolicyChoices(all.map((given) => policyText("some-policy", given)).join(","));
        expect(read.map((choice) => choice.parameters)).toEqual(all.map(positiveZeros));
      }),
    );
  });
});

/** Texts that are not read as numbers or booleans: choices are words. */
function isText(text: string): boolean {
  return text.trim() !== "" && !Number.isFinite(Number(text)) && text !== "true" && text !== "false";
}

function positiveZeros(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value === 0 ? 0 : value]));
}
