import { InvalidArgumentError } from "commander";
import { describe, expect, test } from "vitest";
import { parseAssignment, parseNames, parsePositive, parseWholeNumber } from "./arguments.ts";

/** The oracle is what a person means by the text. */
describe("arguments of the command line", () => {
  test("whole numbers up to 2^53 - 1 are taken", () => {
    expect(["0", "42", "9007199254740991"].map(parseWholeNumber)).toEqual([0, 42, Number.MAX_SAFE_INTEGER]);
  });

  test.each(["-1", "1.5", "1e3", "0x10", "", "many", "9007199254740992"])("%j is no whole number", (text) => {
    expect(() => parseWholeNumber(text)).toThrow(InvalidArgumentError);
  });

  test("a limit of 0 is refused", () => {
    expect(() => parsePositive("0")).toThrow("above 0");
  });

  test("names stand between commas, with or without blanks", () => {
    expect(parseNames("ballooning, idle-steal,none")).toEqual(["ballooning", "idle-steal", "none"]);
  });

  test.each(["", "a,,b", "a,b,"])("%j misses a name", (text) => {
    expect(() => parseNames(text)).toThrow("commas between");
  });

  test("a name given twice is refused", () => {
    expect(() => parseNames("a,b,a")).toThrow("names a twice");
  });

  test("assignments become numbers, booleans or texts, and gather", () => {
    const texts = ["taxRate=0.75", "adaptive=true", "order=idle", "note=a=b"];
    const gathered = texts.reduce((before, text) => parseAssignment(text, before), {});
    expect(gathered).toEqual({ taxRate: 0.75, adaptive: true, order: "idle", note: "a=b" });
  });

  test.each(["taxRate", "=1", ""])("%j is no assignment", (text) => {
    expect(() => parseAssignment(text, {})).toThrow("name=value");
  });

  test("a parameter set twice is refused", () => {
    expect(() => parseAssignment("taxRate=1", { taxRate: 0 })).toThrow("sets taxRate twice");
  });
});
