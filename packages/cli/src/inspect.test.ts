import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseScenario } from "@ballast/core/scenario";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Application, startApplication } from "@ballast/server/application";
import { readConfiguration } from "@ballast/server/configuration";
import { createTestDatabase, type TestDatabase } from "@ballast/server/testing";
import { textWidth } from "./output/text-width.ts";
import { decisionLines } from "./presentation/decision-lines.ts";
import { diffLines } from "./presentation/diff-lines.ts";
import type { DiffShape } from "./presentation/diff-shape.ts";
import { translationLines, type TranslationShape } from "./presentation/translation-lines.ts";
import { callBallast } from "./testing/call-ballast.ts";
import type { Finished } from "./testing/run-ballast.ts";
import { TINY } from "./testing/scenario-files.ts";

type Json = Record<string, unknown>;
type Event = { readonly position: number; readonly type: string; readonly vm: number; readonly process: number; readonly fields: Json };

const LECTURE = new URL("../../../scenarios/ballooning-four-pages.json", import.meta.url);
const BY_HAND = {
  name: "by-hand",
  policy: "no-reclaim",
  sampleNs: 0,
  host: { framePages: 32, overheadPages: 2 },
  vms: [
    {
      name: "hand",
      configuredPages: 16,
      balloon: { pollNs: "1 ms" },
      processes: [{ name: "p", virtualPages: 8, pageNames: { 5: "blue" }, workload: { kind: "interactive" } }],
    },
  ],
};

let folder: string;
let database: TestDatabase;
let server: Application;
/** Runs: the lecture's, one whose policy steals, and one that waits for commands. */
let [lecture, stealing, hand] = ["", "", ""];

async function ballast(...words: string[]): Promise<Finished> {
  return await callBallast(words, { DATABASE_URL: database.connectionString }, folder);
}

async function printed<Shape = Json>(...words: string[]): Promise<Shape[]> {
  const { code, stdout, stderr } = await ballast(...words, "--json");
  expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  return stdout === ""
    ? []
    : stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as Shape);
}

async function reach(id: string, status: string): Promise<void> {
  const signal = AbortSignal.timeout(60_000);
  for (let run = await server.runs.getRun(id); run.status !== status; run = await server.runs.getRun(id)) {
    await server.runs.watchRun(id).wait(Number.MAX_SAFE_INTEGER, signal, run.status);
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ballast-inspect-"));
  database = await createTestDatabase();
  const configuration = readConfiguration({ environment: { DATABASE_URL: database.connectionString }, folders: [] });
  server = await startApplication(configuration, { execute: true });
  const scenarios = [JSON.parse(readFileSync(LECTURE, "utf8")) as unknown, { ...TINY, policy: "host-swap" }, BY_HAND];
  const started = await Promise.all(scenarios.map((scenario) => server.runs.startRun({ scenario: parseScenario(scenario) })));
  [lecture = "", stealing = "", hand = ""] = started.map(({ id }) => id);
  for (const id of [lecture, stealing]) await reach(id, "completed");
  await reach(hand, "waiting");
});

afterAll(async () => {
  await server.shutdown();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe("translate", () => {
  // Green, dark blue, red and yellow are touched in this order and get frames from 0 on.
  test.each([
    [["--vm", "1", "--page", "0"], 0, 2],
    [["--vm", "giving", "--process", "colours", "--page", "dark blue"], 3, 1],
    [["--vm", "1", "--page", "0x2"], 2, 0],
    [["--vm", "1", "--address", "8191"], 1, 3],
    [["--vm", "1", "--address", "0x2000"], 2, 0],
  ])("%j is page %i in frame %i; oracle: the order of the scenario's touches", async (words, virtualPage, physicalPage) => {
    const [found] = await printed("translate", lecture, ...words, "--at", "45ms");
    expect(found).toMatchObject({ runId: lecture, vm: 1, process: 1, virtualPage, physicalPage, outcome: "hit", contentPlace: "frame" });
  });

  test("tells people the way, in 80 columns; oracle: the lecture, where the balloon has taken the green page", async () => {
    const { stdout } = await ballast("translate", lecture, "--vm", "1", "--page", "green", "--at", "1.4s");
    expect(stdout).toContain("Virtual page 2 (green) of process 1 (colours) in VM 1 (giving)\n");
    expect(stdout).toContain("Outcome: page miss; content: guest disk;");
    const [shape] = await printed<TranslationShape>("translate", lecture, "--vm", "1", "--page", "2", "--at", "1.4s");
    for (const line of translationLines(shape!, 80)) expect(textWidth(line), line).toBeLessThanOrEqual(80);
  });
});

describe("diff", () => {
  test("lists what the balloon has changed; oracle: the lecture, where it takes the pages green and dark blue", async () => {
    const [diff] = await printed<DiffShape>("diff", lecture, "400ms", "1.4s");
    expect(diff).toMatchObject({ changedRealPages: 2, changedVirtualPages: 2, changedFrames: 2, hasMore: false });
    expect(diff?.metrics).toContainEqual({ vm: 1, metric: "balloonSizePages", before: 0, after: 2 });
    const named = diff?.changes.flatMap((change) =>
      change.kind === "virtualPage" ? [[change.page, change.virtualPageName, change.after?.realPage]] : [],
    );
    expect(named).toEqual([
      [2, "green", null],
      [3, "dark blue", null],
    ]);
    const lines = diffLines(diff!, 80);
    expect(lines.join("\n")).toContain("frame 1, process 1 page 3 (dark blue)");
    for (const line of lines) expect(textWidth(line), line).toBeLessThanOrEqual(80);
    const [back] = await printed<DiffShape>("diff", lecture, "1.4s", "400ms");
    const states = (shape: DiffShape | undefined, order: ("before" | "after")[]): unknown =>
      shape?.changes.map((change) => [change.kind, change.page, ...order.map((which) => change[which])]);
    expect(states(back, ["before", "after"])).toEqual(states(diff, ["after", "before"]));
  });

  test("lists as much as it is told, and says that there is more", async () => {
    const [diff] = await printed<DiffShape>("diff", lecture, "0", "latest", "--limit", "3");
    expect(diff?.changes).toHaveLength(3);
    expect((await ballast("diff", lecture, "0", "latest", "--limit", "3")).stdout).toMatch(/^the first 3; --limit shows more$/m);
    expect((await ballast("diff", lecture, "7", "7")).stdout).toContain("0 frames and 0 metrics differ");
  });
});

describe("history", () => {
  test.each([
    [
      ["--vm", "1", "--process", "1", "--page", "5"],
      (event: Event) => event.vm === 1 && event.process === 1 && event.fields.virtualPage === 5,
    ],
    [
      ["--vm", "vm-2", "--process", "scan", "--page", "0x3"],
      (event: Event) => event.vm === 2 && event.process === 1 && event.fields.virtualPage === 3,
    ],
    [["--vm", "2", "--real-page", "4"], (event: Event) => event.vm === 2 && event.fields.realPage === 4],
    [["--frame", "9"], (event: Event) => event.fields.physicalPage === 9],
  ])("%j is every event that names it; oracle: all events, filtered here", async (words, names) => {
    const expected = (await printed<Event>("events", stealing)).filter(names);
    expect(expected.length).toBeGreaterThan(3);
    expect(await printed("history", stealing, ...words)).toEqual(expected);
    expect(await printed("history", stealing, ...words, "--limit", "2")).toEqual(expected.slice(0, 2));
  });

  test("shows names of pages, and says where nothing has happened; oracle: the scenario", async () => {
    const { stdout } = await ballast("history", lecture, "--vm", "1", "--process", "1", "--page", "red");
    for (const line of stdout.trimEnd().split("\n")) expect(line).toContain("virtualPage=0 (red)");
    const nothing = await ballast("history", hand, "--frame", "20");
    expect(nothing).toEqual({ code: 0, stdout: "", stderr: `No event of run ${hand} names frame 20.\n` });
  });
});

describe("decisions", () => {
  test("are those of the log, in order, of all VMs or of one; oracle: the run's PolicyDecided events", async () => {
    const decided = await printed<Event>("events", stealing, "--type", "PolicyDecided");
    expect(decided.length).toBeGreaterThan(3);
    const decisions = await printed<Json & Parameters<typeof decisionLines>[0]>("decisions", stealing);
    expect(decisions.map(({ position }) => position)).toEqual(decided.map(({ position }) => position));
    const ofOne = await printed("decisions", stealing, "--vm", "vm-2", "--limit", "2");
    expect(ofOne).toEqual(decisions.filter(({ vm }) => vm === 2).slice(0, 2));
    expect((await ballast("decisions", stealing, "--limit", "1")).stdout).toMatch(/^ +1 {2}\S.*, event \d+: .*\n {8}\S/);
  });

  test("fit into 80 columns, and where there is none that is said", async () => {
    const figures = Array.from({ length: 6 }, (_, vm) => ({ vm, figure: "adjustedSharesPerPage", value: 0.532481 }));
    const row = { decision: 123_456, position: 9_999_999, timeNs: 1e12, vm: 63, kind: 7, reason: "its share has fallen ".repeat(9) };
    for (const line of decisionLines({ ...row, requestedPages: 123_456_789, clampCause: 5, donePages: 0, figures }, 80)) {
      expect(textWidth(line), line).toBeLessThanOrEqual(80);
    }
    expect((await ballast("decisions", lecture)).stderr).toBe(`Run ${lecture} has no such decision of its policy, no-reclaim.\n`);
  });
});

describe("commands to a machine that a server executes", () => {
  test("touch has a process access a page, by numbers and by names; oracle: the events behind the command's", async () => {
    const [answer] = await printed<{ position: number; run: Json }>("touch", hand, "--vm", "1", "--process", "1", "--page", "3", "--write");
    expect(answer?.run).toMatchObject({ id: hand, status: "waiting" });
    const [command, missed] = await printed<Event>("events", hand, "--from", String(answer?.position));
    expect(command).toMatchObject({ position: answer?.position, type: "CommandAccepted" });
    expect(missed).toMatchObject({ type: "PageMissed", vm: 1, process: 1, fields: { virtualPage: 3, access: "store" } });
    const { stdout } = await ballast("touch", hand, "--vm", "hand", "--process", "p", "--page", "blue");
    const position = /event (\d+)\. What/.exec(stdout)?.[1] ?? "";
    expect(stdout).toContain(`ballast events ${hand} --from ${position}\n`);
    const [, read] = await printed<Event>("events", hand, "--from", position);
    expect(read).toMatchObject({ type: "PageMissed", fields: { virtualPage: 5, access: "load" } });
  });

  test("balloon sets a target, and a real page in the balloon pops when it is touched; oracle: the events behind the command's", async () => {
    const [answer] = await printed("balloon", hand, "--vm", "hand", "--target", "4");
    const events = await printed<Event>("events", hand, "--from", String(answer?.position));
    expect(events[1]).toMatchObject({ type: "BalloonTargetSet", vm: 1, fields: { targetPages: 4 } });
    await expect.poll(async () => (await printed<Event>("events", hand, "--type", "BalloonPagePinned")).length).toBe(4);
    const [pinned] = await printed<Event>("events", hand, "--type", "BalloonPagePinned");
    const page = String(pinned?.fields.realPage);
    const [touched] = await printed("touch", hand, "--vm", "1", "--real-page", page);
    const after = await printed<Event>("events", hand, "--from", String(touched?.position));
    expect(after.map(({ type }) => type)).toContain("BalloonPopped");
  });
});

const UNKNOWN = "00000000-0000-4000-8000-000000000000";
const CASES: readonly (readonly [string, () => string[], string, string])[] = [
  ["an unknown run", () => ["translate", UNKNOWN, "--vm", "1", "--page", "1"], "RUN_NOT_FOUND", "ballast runs"],
  [
    "a VM that is not there",
    () => ["translate", lecture, "--vm", "3", "--page", "1"],
    "INPUT_INVALID",
    "no VM 3 at this moment; there are 1 (giving), 2 (needy)",
  ],
  [
    "a VM of another name",
    () => ["touch", hand, "--vm", "foot", "--process", "1", "--page", "1"],
    "INPUT_INVALID",
    'no VM "foot" at this moment; there is 1 (hand)',
  ],
  [
    "a VM before it was switched on",
    () => ["translate", lecture, "--vm", "1", "--page", "1", "--at", "0"],
    "INPUT_INVALID",
    "there is none",
  ],
  ["an unknown process", () => ["history", lecture, "--vm", "1", "--process", "2", "--page", "1"], "INPUT_INVALID", "no process 2 in VM 1"],
  [
    "a page beyond the process",
    () => ["translate", lecture, "--vm", "1", "--page", "4"],
    "INPUT_INVALID",
    "virtual pages 0 to 3; there is no 4",
  ],
  ["an address beyond it", () => ["translate", lecture, "--vm", "1", "--address", "0x4000"], "INPUT_INVALID", "there is no 4"],
  ["an unknown name of a page", () => ["translate", lecture, "--vm", "1", "--page", "pink"], "INPUT_INVALID", "2 (green)"],
  [
    "a page and an address",
    () => ["translate", lecture, "--vm", "1", "--page", "1", "--address", "5"],
    "INPUT_INVALID",
    "by --page or by --address",
  ],
  ["a real page beyond the VM", () => ["history", lecture, "--vm", "1", "--real-page", "4"], "INPUT_INVALID", "real pages 0 to 3"],
  ["a frame beyond the host", () => ["history", lecture, "--frame", "4"], "INPUT_INVALID", "frames 0 to 3"],
  ["half a page", () => ["history", lecture, "--vm", "1", "--page", "1"], "INPUT_INVALID", "Give one page"],
  ["a real page that writes", () => ["touch", hand, "--vm", "1", "--real-page", "1", "--write"], "INPUT_INVALID", "Give one page"],
  [
    "a moment beyond the head",
    () => ["translate", lecture, "--vm", "1", "--page", "1", "--at", "999"],
    "POSITION_OUT_OF_RANGE",
    "from 0 to 84",
  ],
  ["a difference beyond the head", () => ["diff", lecture, "5", "1000"], "POSITION_OUT_OF_RANGE", "Run <lecture> has no position 1000"],
  ["a list that is too long", () => ["diff", lecture, "1", "2", "--limit", "100001"], "INPUT_INVALID", "at most 100000"],
  [
    "an access to a run that has ended",
    () => ["touch", lecture, "--vm", "1", "--process", "1", "--page", "2"],
    "RUN_STATE",
    "come to its end (completed)",
  ],
  [
    "a balloon in a run that has ended",
    () => ["balloon", lecture, "--vm", "1", "--target", "1"],
    "RUN_STATE",
    "come to its end (completed)",
  ],
  ["a balloon larger than the VM", () => ["balloon", hand, "--vm", "1", "--target", "17"], "COMMAND_INVALID", "cannot be carried out"],
];

describe("what cannot be is refused", () => {
  test.each(CASES)("%s", async (_what, words, code, message) => {
    const finished = await ballast(...words(), "--json");
    expect(finished.code).not.toBe(0);
    expect(finished.stdout).toBe("");
    const expected = message.replace("<lecture>", lecture);
    expect(JSON.parse(finished.stderr)).toMatchObject({ error: { code, message: expect.stringContaining(expected) } });
  });
});
