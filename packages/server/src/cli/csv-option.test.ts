import { describe, expect, test } from "vitest";
import { parseCsvOption } from "./csv-option.ts";

test("options of a CSV gather one by one, columns as numbers", () => {
  const first = parseCsvOption("pageColumn=3");
  expect(parseCsvOption("delimiter=;", first)).toEqual({ pageColumn: 3, delimiter: ";" });
});

describe("an option that cannot be used is refused with what it may be", () => {
  test.each([
    ["page=3", /names are pageColumn/],
    ["pageColumn", /name=value/],
    ["pageColumn=0", /columns go from 1 to 1000/],
    ["pageColumn=third", /columns go from 1 to 1000/],
    ["pageIs=frame", /page or address/],
    ["header=yes", /auto or present or absent/],
    ["delimiter=ab", /one ASCII character/],
  ])("%s", (text, message) => {
    expect(() => parseCsvOption(text)).toThrow(message);
  });
});
