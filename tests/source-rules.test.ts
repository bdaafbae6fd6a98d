import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { findNondeterminism, findOverlongParts, type Violation } from "./source-rules.ts";

const root = new URL("..", import.meta.url).pathname;

/** Files above 300 lines, each with the reason why it is one concept. */
const ARGUED_LONG_FILES: Readonly<Record<string, string>> = {};

const LIMITS = { longestFunction: 70, longestFile: 300 };

function sourceFiles(...folders: readonly string[]): string[] {
  const patterns = folders.map((folder) => `${folder}/**/*.{ts,tsx}`);
  const isForeign = (path: string): boolean => /(^|\/)(node_modules|dist|generated)$/.test(path);
  return globSync(patterns, { cwd: root, exclude: isForeign });
}

const isTest = (file: string): boolean => /\.(test|fixture|bench)\.tsx?$/.test(file);
/** Made by a program, which nobody reads from one end to the other. */
const isGenerated = (file: string): boolean => file.endsWith(".generated.ts");

function violationsIn(files: readonly string[], find: (file: string, source: string) => Violation[]): string[] {
  return files.flatMap((file) => {
    const found = find(file, readFileSync(root + file, "utf8"));
    return found.map(({ line, message }) => `${file}:${line}: ${message}`);
  });
}

describe("the sources", () => {
  test("of core and of the policies use no clock, no chance, no surroundings and no inexact mathematics", () => {
    const isSource = (file: string): boolean => !isTest(file) && !file.startsWith("packages/core/src/testing/");
    const files = sourceFiles("packages/core/src", "packages/policies").filter(isSource);
    expect(files).toContain("packages/core/src/prng/index.ts");
    expect(violationsIn(files, findNondeterminism)).toEqual([]);
  });

  test("have no function above 70 lines, and no file above 300 that is not argued for", () => {
    const isWritten = (file: string): boolean => !isTest(file) && !isGenerated(file) && !(file in ARGUED_LONG_FILES);
    const files = sourceFiles("packages", "tests", "bench").filter(isWritten);
    expect(violationsIn(files, (file, source) => findOverlongParts(file, source, LIMITS))).toEqual([]);
  });
});

/** Oracle: each sample was written with the one violation it is named after, on the line that is expected. */
describe("the rule against nondeterminism", () => {
  const messages = (source: string): string[] => findNondeterminism("sample.ts", source).map(({ message }) => message);

  test.each([
    ["Math.random()", "Math.random: chance comes from a named stream"],
    ["Math.pow(x, 0.5)", "Math.pow: its last bit may differ"],
    ["Math.log2(x)", "Math.log2: its last bit may differ"],
    ["x ** y", "**: not exact to the bit"],
    ["Date.now()", "Date.now: core has no clock"],
    ["new Date()", "Date: core has no clock"],
    ["performance.now()", "performance.now: core has no clock"],
    ["process.env.HOME", "process.env: core has no surroundings"],
    ["setTimeout(f, 1)", "setTimeout: core has no clock"],
    ["a.localeCompare(b)", "localeCompare: its order depends"],
  ])("finds %s", (expression, message) => {
    expect(messages(`export const found = ${expression};`)).toEqual([expect.stringContaining(message)]);
  });

  test("lets pass what is exact on every machine", () => {
    const source = "export const y = Math.sqrt(x) + Math.imul(a, b) + Math.floor(Math.LN2 * 2 ** 53) + list.process;";
    expect(messages(source)).toEqual([]);
  });

  test("knows a process that the file itself declares from Node's", () => {
    const ownProcess = "export function finish({ process }: Vm): number { return process.memory; }";
    expect(messages(ownProcess)).toEqual([]);
  });

  test("is not misled by comments and strings", () => {
    expect(messages('// Math.random()\nexport const text = "Date.now()";')).toEqual([]);
  });

  test("names the line", () => {
    expect(findNondeterminism("sample.ts", "const a = 1;\n\nconst b = Math.random();")).toMatchObject([{ line: 3 }]);
  });
});

describe("the rule on length", () => {
  const lines = (count: number): string => "  f();\n".repeat(count);
  const find = (source: string): Violation[] => findOverlongParts("sample.ts", source, LIMITS);

  test("counts a function from its first line to its last", () => {
    expect(find(`function fits(): void {\n${lines(68)}}\n`)).toEqual([]);
    expect(find(`function tooLong(): void {\n${lines(69)}}\n`)).toMatchObject([
      { line: 1, message: expect.stringContaining("a function of 71 lines (at most 70)") },
    ]);
  });

  test("counts methods and arrow functions too", () => {
    const method = `class A {\n  m(): void {\n${lines(69)}  }\n}\n`;
    const arrow = `const a = (): void => {\n${lines(69)}};\n`;
    expect(find(method + arrow)).toMatchObject([{ line: 2 }, { line: 74 }]);
  });

  test("counts the lines of a file", () => {
    expect(find(lines(300))).toEqual([]);
    expect(find(lines(301))).toMatchObject([{ line: 1, message: expect.stringContaining("301 lines") }]);
  });
});
