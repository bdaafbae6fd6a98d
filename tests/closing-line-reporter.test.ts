import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const reporterFile = new URL("closing-line-reporter.ts", import.meta.url).pathname;
const vitestFile = new URL("../node_modules/vitest/vitest.mjs", import.meta.url).pathname;
const vitestModule = new URL("../node_modules/vitest/dist/index.js", import.meta.url).pathname;

/** The oracle is counting by hand the tests written into each little project. */
describe("the closing line of a real vitest run", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ballast-closing-line-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function lastLineOfRun(source: string): string | undefined {
    return runOf(source).trimEnd().split("\n").at(-1);
  }

  function runOf(source: string, config = "export default {};"): string {
    writeFileSync(join(folder, "sample.test.ts"), `import { test, expect } from ${JSON.stringify(vitestModule)};\n${source}`);
    writeFileSync(join(folder, "vitest.config.mjs"), config);
    const commandLine = [vitestFile, "run", "--root", folder, "--reporter=default", `--reporter=${reporterFile}`];
    return outputOf(commandLine);
  }

  test("counts what passed, what failed and what was skipped", () => {
    const source = 'test("a", () => {}); test("b", () => {}); test("c", () => expect(1).toBe(2)); test.skip("d", () => {});';
    expect(lastLineOfRun(source)).toBe("2 passed, 1 failed, 1 skipped");
  });

  test("counts a file that cannot be loaded as one failure, and leaves out what was skipped where nothing was", () => {
    expect(lastLineOfRun('throw new Error("no tests here");')).toBe("0 passed, 1 failed");
  });

  test("counts an error outside every test as a failure", () => {
    const source = 'test("a", () => { setTimeout(() => { throw new Error("late"); }, 0); });';
    const afterIt = 'test("b", () => new Promise((resolve) => setTimeout(resolve, 100)));';
    expect(lastLineOfRun(source + afterIt)).toBe("2 passed, 1 failed");
  });

  test("counts a set-up that fails before the first test as one failure", () => {
    writeFileSync(join(folder, "set-up.mjs"), 'throw new Error("no database");');
    const output = runOf('test("a", () => {});', 'export default { test: { globalSetup: ["set-up.mjs"] } };');
    expect(output.split("\n")).toContain("0 passed, 1 failed");
  });
});

function outputOf(commandLine: readonly string[]): string {
  try {
    return execFileSync(process.execPath, commandLine, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    // A failing run exits with 1; its output is what the test is about.
    return String((error as { stdout?: unknown }).stdout);
  }
}
