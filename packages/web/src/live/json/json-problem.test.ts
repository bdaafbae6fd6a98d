import { expect, test } from "vitest";
import { endOfValidPart, jsonProblem, placeIn } from "./json-problem.ts";

/** Oracle: JSON.parse decides whether a text is JSON; places are counted by hand. */

test("JSON has no problem", () => {
  for (const text of ["0", ' {"a": [1, -2.5e3, true, null, "\\u00e9\\n"]} ', "[]", "{}", '"x"']) expect(jsonProblem(text)).toBeUndefined();
});

test.each([
  ['{"a": 1,\n  "b" 2}', "line 2, column 7"],
  ['{"a": 1,}', "line 1, column 9"],
  ["[1 2]", "line 1, column 4"],
  ["[1,\n2,\nx]", "line 3, column 1"],
  ['{"a": "b\n"}', "line 1, column 9"],
  ["01", "line 1, column 2"],
  ["{'a': 1}", "line 1, column 2"],
])("the place where %j stops being JSON is found", (text, place) => {
  expect(jsonProblem(text)).toMatch(new RegExp(`^${place}: `));
});

test("a text that is cut short says that it ends", () => {
  expect(jsonProblem('{"a": [1,\n')).toBe("line 2, column 1: the text ends before the JSON does");
});

test("where a text is cut, the valid part ends there", () => {
  const whole = JSON.stringify({ a: [1, { b: "c" }], d: false }, null, 2);
  for (let length = 0; length < whole.length; length += 1) {
    const text = whole.slice(0, length);
    // A name or a word that is cut in the middle ends where it begins.
    expect(endOfValidPart(text)).toBeLessThanOrEqual(length);
    expect(jsonProblem(text)).toBeDefined();
    expect(whole.startsWith(text.slice(0, endOfValidPart(text)))).toBe(true);
  }
  expect(placeIn("ab\nc", 4)).toEqual({ line: 2, column: 2 });
});
