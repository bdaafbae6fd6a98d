import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { EXPORT_FORMAT_NAMES } from "@ballast/server/traces";
import { FORMATS } from "./commands/export-trace.ts";
import { gridLines } from "./presentation/grid-lines.ts";
import type { Finished } from "./testing/run-ballast.ts";
import { callBallast } from "./testing/call-ballast.ts";

const folder = mkdtempSync(join(tmpdir(), "ballast-curves-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** No database: a data folder that does not exist would be made. */
async function ballast(...words: string[]): Promise<Finished> {
  return await callBallast(words, { BALLAST_DATA_DIR: join(folder, "none") }, folder);
}

const textbook = "7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1";
writeFileSync(join(folder, "textbook.pages"), textbook.replaceAll(" ", "\n"));
const misses = ["mrc", "./textbook.pages", "--sizes", "3", "--policies", "fifo,lru,opt,clock,clock:referenceBitOnLoad=clear"];

describe("ballast mrc", () => {
  // Oracle: the usual textbooks.
  test("counts the misses of a file, without a database", async () => {
    const { code, stdout } = await ballast(...misses, "--csv");
    expect(code).toBe(0);
    expect(stdout.split("\n")).toEqual([
      "policy,frames,misses,missRatio",
      "fifo,3,15,0.75",
      "lru,3,12,0.6",
      "opt,3,9,0.45",
      "clock,3,14,0.7",
      "clock:referenceBitOnLoad=clear,3,11,0.55",
      "",
    ]);
  });

  test("tells the same as JSON and as a table, and draws a chart", async () => {
    const json = await ballast(...misses, "--json", "--chart", "./out.svg");
    expect(JSON.parse(json.stdout)).toMatchObject({ trace: "textbook", referenceCount: 20, pageCount: 6, shards: null, notes: [] });
    const svg = readFileSync(join(folder, "out.svg"), "utf8");
    expect(svg).toMatch(/^<svg .*Miss ratio curves of textbook/);
    const table = await ballast(...misses, "--chart", "./out.html");
    expect(table.stdout).toMatch(/^ +3 +15 {2}0\.7500 +12 {2}0\.6000 +9 {2}0\.4500/m);
    expect(readFileSync(join(folder, "out.html"), "utf8")).toMatch(/^<!doctype html>[^]*<svg [^]*<\/html>\n$/);
  });

  test.each([
    [["mrc", "./nowhere.pages"], "TRACE_INVALID", /there is no such file/],
    [["mrc", "./textbook.pages", "--policies", "mru"], "INPUT_INVALID", /no replacement algorithm "mru"\. There are: lru/],
    [["mrc", "./textbook.pages", "--sizes", "0"], "INPUT_INVALID", /0 is not a size/],
    [["mrc", "./textbook.pages", "--sizes", "many"], "INPUT_INVALID", /"many" is not a size/],
    [["mrc", "./textbook.pages", "--sizes", "101%"], "INPUT_INVALID", /101% is not a size/],
    [["mrc", "./textbook.pages", "--sizes", "1%"], "INPUT_INVALID", /1% of the trace's 6 pages are less than one frame/],
    [["mrc", "./textbook.pages", "--shards", "0"], "INPUT_INVALID", /fraction of the pages above 0/],
    [["mrc", "./textbook.pages", "--chart", "x.png"], "INPUT_INVALID", /ends in \.svg or \.html/],
    [["mrc", "./textbook.pages", "--csv"], "INPUT_INVALID", /--json and --csv/],
    [["pages", "1 2", "--frames", "0"], "INPUT_INVALID", /0 is not a size/],
    [["pages", "1 2", "--frames", "10%"], "INPUT_INVALID", /numbers from 1 to 2000/],
    [["pages", ", ,"], "INPUT_INVALID", /1 to 2000 references, not 0/],
  ])("%j is refused", async (words, errorCode, message) => {
    const { code, stderr } = await ballast(...words, "--json");
    expect(code).not.toBe(0);
    const { error } = JSON.parse(stderr.trimEnd().split("\n").at(-1) ?? "") as { error: object };
    expect(error).toMatchObject({ code: errorCode, message: expect.stringMatching(message) });
  });
});

describe("ballast pages", () => {
  // Oracle: Belady's example, by hand.
  test("prints the textbook's table, and names Belady's anomaly", async () => {
    const { code, stdout } = await ballast("pages", "1 2 3 4 1 2 5 1 2 3 4 5", "--frames", "3,4", "--policies", "fifo");
    expect(code).toBe(0);
    const [small, large, anomaly] = stdout.trimEnd().split("\n\n");
    const page = readFileSync(new URL("../../../docs/mrc.md", import.meta.url), "utf8");
    expect(page).toContain(`--frames 3,4 --policies fifo\n${small}\n`);
    expect(large).toBe(`fifo with 4 frames: 10 faults of 12 references
reference 1 2 3 4 1 2 5 1 2 3 4 5
frame 1   1 1 1 1 1 1 5 5 5 5 4 4
frame 2   - 2 2 2 2 2 2 1 1 1 1 5
frame 3   - - 3 3 3 3 3 3 2 2 2 2
frame 4   - - - 4 4 4 4 4 4 3 3 3
fault     * * * *     * * * * * *`);
    expect(anomaly).toBe("Belady's anomaly: fifo has 10 faults with 4 frames, and 9 with 3.");
  });

  // Oracle: the same string in textbooks, under OPT.
  test("steps through OPT, with the victim of each fault", async () => {
    const { stdout } = await ballast("pages", textbook, "--policies", "opt", "--json");
    const { faults, steps } = JSON.parse(stdout) as { faults: number; steps: { victim: string | null }[] };
    expect(faults).toBe(9);
    const victims = steps.flatMap(({ victim }) => victim ?? []);
    expect(victims.slice(0, 5)).toEqual(["7", "1", "0", "4", "3"]);
  });

  test("takes words, and breaks long strings to the terminal's width", async () => {
    const { stdout } = await ballast("pages", "code data code stack", "--frames", "2", "--policies", "lru", "--json");
    const grid = JSON.parse(stdout) as Parameters<typeof gridLines>[0];
    // By hand: stack takes the frame of data; three columns of 6 characters fit beside the heads.
    expect(gridLines(grid, 30)).toEqual([
      "lru with 2 frames: 3 faults of 4 references",
      "reference  code  data  code",
      "frame 1    code  code  code",
      "frame 2       -  data  data",
      "fault         *     *",
      "",
      "reference stack",
      "frame 1    code",
      "frame 2   stack",
      "fault         *",
    ]);
  });
});

test("ballast export-trace offers the formats that there are", () => {
  expect(FORMATS).toEqual(EXPORT_FORMAT_NAMES);
});
