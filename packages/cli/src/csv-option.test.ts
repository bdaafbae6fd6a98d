import { describe, expect, test } from "vitest";
import { parseCsvOption } from "./csv-option.ts";

test("options of a CSV gather one by one, columns as numbers", () => {
  const first = parseCsvOption("pageColumn=3");
  expect(parseCsvOption("delimiter=;", first)).toEqual({ pageColumn: 3, delimiter: ";" });
});

test("columns have numbers or names, spaces several of them, and nothing else is given twice", () => {
  const options = ["pageColumn=lbn", "spaceColumn=3", "spaceColumn=disk", "delimiter=tab"];
  const parsed = options.reduce((before, option) => parseCsvOption(option, before), {});
  expect(parsed).toEqual({ pageColumn: "lbn", spaceColumn: [3, "disk"], delimiter: "tab" });
  expect(() => parseCsvOption("pageColumn=2", parsed)).toThrow(/pageColumn is given twice/);
});

describe("an option that cannot be used is refused with what it may be", () => {
  test.each([
    ["page=3", /names are pageColumn/],
    ["pageColumn", /name=value/],
    ["pageColumn=0", /columns go from 1 to 1000/],
    ["pageColumn=", /columns go from 1 to 1000, or are named/],
    ["pageIs=address", /said by --unit page, address or object/],
    ["header=yes", /auto or present or absent/],
    ["numbers=octal", /decimal or hexadecimal/],
    ["delimiter=ab", /one ASCII character/],
  ])("%s", (text, message) => {
    expect(() => parseCsvOption(text)).toThrow(message);
  });
});
