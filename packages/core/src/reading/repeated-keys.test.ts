import fc from "fast-check";
import { expect, test } from "vitest";
import { caseCount } from "../testing/case-count.ts";
import { findRepeatedKeys } from "./repeated-keys.ts";

const pathsIn = (json: string): (string | undefined)[] => findRepeatedKeys(json).map(({ path }) => path);

test.each([
  ['{"a": 1, "a": 2}', ["/a"]],
  ['{"a": {"b": [1, {"c": 1, "d": "c", "c": 2}]}}', ["/a/b/1/c"]],
  ['[{"a": 1}, {"a": 1}, {"a": 1, "\\u0061": 1}]', ["/2/a"]],
  ['{"a": "x, \\"a\\": {", "b": "}", "b": "\\\\"}', ["/b"]],
  ['{"a": 1, "a": 1, "a": 1}', ["/a", "/a"]],
  ['{"a": {}, "b": [], "a": {"a": 1}}', ["/a"]],
  ['{"a/b~": 1, "a/b~": 1}', ["/a~1b~0"]],
  ['"a"', []],
])("%s has the doubled keys %j; oracle: read by hand", (json, expected) => {
  expect(pathsIn(json)).toEqual(expected);
});

test("no key of what JSON.stringify prints is doubled, one that is written again is; oracle: the printer", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), fc.jsonValue(), fc.boolean(), (value, key, other, isSpaced) => {
      const json = JSON.stringify({ value }, null, isSpaced ? 2 : 0);
      expect(pathsIn(json)).toEqual([]);
      const name = JSON.stringify(key);
      expect(pathsIn(`[${json}, {${name}: ${JSON.stringify(other)}, ${name}: ${json}}]`)).toHaveLength(1);
    }),
    { numRuns: caseCount(40, 1000) },
  );
});
