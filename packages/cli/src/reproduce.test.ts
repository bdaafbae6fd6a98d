import { describe, expect, test } from "vitest";
import { callBallast } from "./testing/call-ballast.ts";
import { runBallast } from "./testing/run-ballast.ts";

const run = (...words: string[]) => callBallast(["reproduce", ...words]);

/** The first one is a process of its own, as people start it; none has a database. */
describe("ballast reproduce", () => {
  test("prints one JSON object per check, with the figures of the textbook's string", async () => {
    const { code, stdout } = await runBallast(["reproduce", "--only", "replacement", "--json", "--quiet"]);
    const reports = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(code).toBe(0);
    expect(reports.map(({ id, verdict }) => [id, verdict])).toEqual([
      ["replacement.textbook-string", "pass"],
      ["replacement.belady-anomaly", "pass"],
    ]);
    expect(reports[0]).toMatchObject({
      subject: "replacement",
      confidence: "derived",
      figures: [
        { figure: "FIFO", unit: "faults", expected: { kind: "exact", value: 15 }, simulated: 15, values: [15], verdict: "pass" },
        { figure: "LRU", simulated: 12 },
        { figure: "CLOCK, bit set on load", simulated: 14 },
        { figure: "CLOCK, bit clear on load", simulated: 11 },
      ],
      sensitivity: [],
      seconds: expect.any(Number),
    });
  });

  test("shows people a table and a closing line", async () => {
    const { code, stdout } = await run("--only", "replacement.belady-anomaly");
    expect(code).toBe(0);
    expect(stdout).toMatch(/3 frames +9 +9 +faults +exact +pass/);
    expect(stdout).toContain("1 check: 1 passed, 0 failed, 0 compared only, 0 that prove nothing");
  });

  test("lists checks without running them", async () => {
    const { code, stdout } = await run("--list", "--only", "laws");
    expect(code).toBe(0);
    expect(stdout.match(/^laws\./gm)).toHaveLength(4);
  });

  test("refuses an unknown name, and --write of a part, with exit code 2", async () => {
    const [unknown, part] = [await run("--only", "replacment"), await run("--only", "laws", "--write", ".")];
    expect([unknown.code, part.code]).toEqual([2, 2]);
    expect(unknown.stderr).toContain('is "replacement" meant?');
    expect(part.stderr).toContain("--write makes the whole page");
  });
});
