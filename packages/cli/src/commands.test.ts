import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPool } from "@ballast/server/database";
import { BUNDLED_POLICIES } from "@ballast/server/installed-policies";
import { createTestDatabase, type TestDatabase } from "@ballast/server/testing";
import { callBallast } from "./testing/call-ballast.ts";
import { nameBuiltInTraces } from "./testing/prepare-data-folder.ts";
import { type Finished, startBallast } from "./testing/run-ballast.ts";
import { ENDLESS, TINY, writeScenario } from "./testing/scenario-files.ts";

const RUN_KEYS = [
  "accesses",
  "createdAt",
  "digest",
  "error",
  "experimentId",
  "faults",
  "finishedAt",
  "headPosition",
  "headTimeNs",
  "id",
  "keeps",
  "logId",
  "metrics",
  "parameters",
  "policy",
  "policyVersion",
  "scenario",
  "seed",
  "startedAt",
  "status",
  "workNs",
];

type Json = Record<string, unknown>;

let folder: string;
let database: TestDatabase;
let environment: Record<string, string>;
let tiny: string;
let first: Json;

async function ballast(...words: string[]): Promise<Finished> {
  return await callBallast(words, environment, folder);
}

async function printed(...words: string[]): Promise<Json[]> {
  const { code, stdout, stderr } = await ballast(...words);
  expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Json);
}

async function refused(...words: string[]): Promise<Json> {
  const { code, stderr } = await ballast(...words, "--json");
  expect(code).not.toBe(0);
  return (JSON.parse(stderr.trimEnd().split("\n").at(-1) ?? "") as { error: Json }).error;
}

async function column(text: string): Promise<string[]> {
  const pool = createPool(database.connectionString, { max: 1 });
  const { rows } = await pool.query<{ value: string }>(text);
  await pool.end();
  return rows.map(({ value }) => value);
}

/** Of each run: its last event, and the last one that its series and decisions speak of. */
async function readModelPositions(): Promise<{ head: number; projected: number | null }[]> {
  const pool = createPool(database.connectionString, { max: 1 });
  const { rows } = await pool.query<{ head: number; projected: number | null }>(
    "select head_position as head, p.position as projected from runs r left join projection_states p on p.run_id = r.id",
  );
  await pool.end();
  return rows;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ballast-cli-"));
  database = await createTestDatabase();
  environment = { DATABASE_URL: database.connectionString };
  tiny = writeScenario(folder, "tiny", TINY);
  [first = {}] = await printed("run", tiny, "--json");
});

afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe("run", () => {
  test("prints the run as docs/cli.md says: 2 VMs of 240 accesses each", () => {
    expect(Object.keys(first).sort()).toEqual(RUN_KEYS);
    expect(first).toMatchObject({ scenario: "tiny", policy: "random-steal", status: "completed", accesses: 480, error: null });
  });

  test("with the same scenario and seed gives the same digest, with another seed another one", async () => {
    const [again] = await printed("run", tiny, "--json");
    const [other] = await printed("run", tiny, "--seed", "7", "--json");
    expect(again?.digest).toBe(first.digest);
    expect(other).toMatchObject({ seed: 7 });
    expect(other?.digest).not.toBe(first.digest);
  });

  test("and compare end only when SQL has all of the series and decisions; oracle: the runs' heads", async () => {
    await printed("run", tiny, "--json");
    for (const { head, projected } of await readModelPositions()) expect(projected).toBe(head);
    await printed("compare", tiny, "--policies", "ballooning,random-steal", "--seed", "1", "--json");
    for (const { head, projected } of await readModelPositions()) expect(projected).toBe(head);
  });

  test("takes another policy and its parameters", async () => {
    const [run] = await printed("run", tiny, "--policy", "ballooning", "--set", "taxRate=0.5", "--json");
    expect(run).toMatchObject({ policy: "ballooning", parameters: { taxRate: 0.5 } });
  });

  test("with --follow prints every event once, in the order of positions, and then the run", async () => {
    const lines = await printed("run", tiny, "--follow", "--json");
    const run = lines.at(-1);
    expect(lines.slice(0, -1).map(({ position }) => position)).toEqual(
      Array.from({ length: Number(run?.headPosition) }, (_, index) => index + 1),
    );
    expect(run?.digest).toBe(first.digest);
  });

  test("tells people how it ended", async () => {
    const { stdout } = await ballast("run", tiny);
    expect(stdout).toMatch(/^Run [0-9a-f-]{36} completed: scenario tiny, policy random-steal \S+, seed 1\n/);
  });

  test("stops its run at Ctrl-C and says so by exit code 130", async () => {
    const file = writeScenario(folder, "endless", ENDLESS);
    const started = startBallast(["run", file, "--follow", "--json"], environment, folder);
    await started.said(/"type":"PageMissed"/);
    started.child.kill("SIGINT");
    const { code, stderr } = await started.finished;
    expect(code).toBe(130);
    expect(stderr).toContain("what it has done is kept");
    const [run] = await printed("runs", "--scenario", "endless", "--json");
    expect(run).toMatchObject({ status: "stopped" });
    expect(Number(run?.headPosition)).toBeGreaterThan(0);
  });
});

describe("compare", () => {
  test("prints one entry for each policy, in the order in which they were named", async () => {
    const [comparison] = await printed("compare", tiny, "--policies", "random-steal,no-reclaim", "--seed", "1", "--json");
    expect(comparison).toMatchObject({ scenario: "tiny", seed: 1, status: "completed" });
    const entries = comparison?.entries as Json[];
    expect(entries.map(({ policy, runStatus }) => ({ policy, runStatus }))).toEqual([
      { policy: "random-steal", runStatus: "completed" },
      { policy: "no-reclaim", runStatus: "completed" },
    ]);
    // The oracle is the scenario: 2 x 240 accesses, unless a VM is ended because nothing is reclaimed.
    expect(entries.map(({ metrics }) => (metrics as Json).vmsKilled)).toEqual([0, 1]);
    expect((entries[0]?.metrics as Json | undefined)?.accesses).toBe(480);
  });

  test("prints a table with a line for each policy", async () => {
    const { stdout } = await ballast("compare", tiny, "--policies", "random-steal,no-reclaim", "--seed", "1");
    const lines = stdout.split("\n");
    expect(lines.find((line) => line.startsWith("variant "))).toContain("host major faults");
    expect(lines.filter((line) => /^(random-steal|no-reclaim) {2,}/.test(line))).toHaveLength(2);
  });
});

describe("reading what is kept", () => {
  test("runs lists the newest first, and at most as many as asked for", async () => {
    const runs = await printed("runs", "--limit", "2", "--json");
    expect(runs).toHaveLength(2);
    expect(Number(runs[0]?.logId)).toBeGreaterThan(Number(runs[1]?.logId));
  });

  test("runs says that none matches where others are kept", async () => {
    const { code, stdout } = await ballast("runs", "--status", "failed", "--scenario", "tiny");
    expect(code).toBe(0);
    expect(stdout).toBe("No run is kept that is asked for (failed, of scenario tiny). All that are kept: ballast runs\n");
  });

  test("runs sorts and filters as it is told, and says how many more match; oracle: all runs, sorted and filtered here", async () => {
    const all = await printed("runs", "--json");
    const faultsOf = ({ faults }: Json): number => (faults as { all: number } | null)?.all ?? Infinity;
    const fewest = all.filter(({ policy }) => policy === "random-steal").toSorted((one, other) => faultsOf(one) - faultsOf(other));
    const found = await printed("runs", "--policy", "random-steal", "--sort", "faults", "--ascending", "--json");
    expect(found.map(faultsOf)).toEqual(fewest.map(faultsOf));
    expect(found.length).toBeGreaterThan(2);
    const day = String(first.createdAt).slice(0, 10);
    expect(await printed("runs", "--created-from", day, "--search", String(first.id).slice(9).toUpperCase(), "--json")).toMatchObject([
      { id: first.id },
    ]);
    const before = await ballast("runs", "--created-before", day, "--seed", "1", "--sort", "finished");
    expect(before.stdout).toContain(`(with seed 1, before ${day}T00:00:00.000Z)`);
    const { stdout } = await ballast("runs", "--sort", "accesses", "--limit", "1");
    expect(stdout.split("\n")[0]).toMatch(/ accesses$/);
    expect(stdout).toContain(`\n1 of ${all.length} runs; --limit shows more\n`);
  });

  test("state names the run by its id where a position lies outside of its history", async () => {
    const { code, stderr } = await ballast("state", String(first.id), "--at", "999999");
    expect(code).toBe(2);
    expect(stderr).toContain(`Run ${String(first.id)} has no position 999999: its history goes from 0 to ${String(first.headPosition)}`);
  });

  test("events gives all of a run, and with filters what filtering all of them gives", async () => {
    const id = String(first.id);
    const all = await printed("events", id, "--json");
    expect(all).toHaveLength(Number(first.headPosition));
    const some = await printed(
      "events",
      id,
      "--from",
      "20",
      "--to",
      "400",
      "--vm",
      "2",
      "--type",
      "PageMissed,PageMapped",
      "--limit",
      "9",
      "--json",
    );
    const expected = all.filter(
      ({ position, vm, type }) =>
        Number(position) >= 20 && Number(position) <= 400 && vm === 2 && /^Page(Missed|Mapped)$/.test(String(type)),
    );
    expect(some).toEqual(expected.slice(0, 9));
    expect(some).toHaveLength(9);
  });

  test("events of a virtual page are those of its process that name it, up to the limit; oracle: all events, filtered here", async () => {
    const id = String(first.id);
    const expected = (await printed("events", id, "--json")).filter(
      ({ vm, process, fields }) => vm === 2 && process === 1 && (fields as Json)["virtualPage"] === 5,
    );
    expect(expected.length).toBeGreaterThan(3);
    const page = ["--vm", "2", "--process", "1", "--virtual-page", "5", "--json"];
    expect(await printed("events", id, ...page)).toEqual(expected);
    expect(await printed("events", id, ...page, "--limit", "3")).toEqual(expected.slice(0, 3));
    expect(await refused("events", id, "--vm", "2", "--virtual-page", "5")).toMatchObject({
      code: "INPUT_INVALID",
      message: "a virtual page belongs to a process: give the VM and the process with it",
    });
  });

  test("names of pages that the scenario gives are shown beside their numbers; oracle: the scenario", async () => {
    const [{ id: lecture } = {}] = await printed("run", "ballooning-four-pages", "--json");
    const page = ["--vm", "1", "--process", "1", "--virtual-page", "3"];
    const { stdout } = await ballast("events", String(lecture), ...page);
    for (const line of stdout.trimEnd().split("\n")) expect(line).toContain("virtualPage=3 (dark blue)");
    const [event] = await printed("events", String(lecture), ...page, "--json");
    expect(event?.fields).toMatchObject({ virtualPage: 3, virtualPageName: "dark blue" });
    const [state] = await printed("state", String(lecture), "--at", "45ms", "--json");
    // Green, dark blue, red and yellow are touched in this order and get frames from 0 on.
    const frames = { red: 2, yellow: 3, green: 0, "dark blue": 1 };
    expect(state?.namedPages).toEqual(
      Object.entries(frames).map(([name, frame], virtualPage) => {
        return { vm: 1, process: 1, virtualPage, name, realPage: frame, physicalPage: frame, contentPlace: "frame" };
      }),
    );
    expect((await ballast("state", String(lecture), "--at", "1.2s")).stdout).toMatch(/^3 \(dark blue\) +1 +1 +- +- +guest disk$/m);
    expect((await printed("state", String(first.id), "--json"))[0]?.namedPages).toEqual([]);
  });

  test("events ends quietly when its reader closes the pipe", async () => {
    const main = fileURLToPath(new URL("main.ts", import.meta.url));
    const script = `set -o pipefail; "${process.execPath}" "${main}" events latest --json | head -n 1`;
    const shell = spawn("bash", ["-c", script], { env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
    let stderr = "";
    shell.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
    shell.stdout.resume();
    const [code] = (await once(shell, "close")) as [number];
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  test("state shows the host as the scenario made it, and nothing before the first event", async () => {
    const [latest] = await printed("state", String(first.id), "--json");
    expect(latest).toMatchObject({ runId: first.id, position: first.headPosition, host: { framePages: 20 } });
    expect((latest?.vms as Json[] | undefined)?.map(({ name, configuredPages }) => ({ name, configuredPages }))).toEqual([
      { name: "vm-1", configuredPages: 16 },
      { name: "vm-2", configuredPages: 16 },
    ]);
    const [before] = await printed("state", String(first.id), "--at", "0", "--json");
    expect(before).toMatchObject({ position: 0, vms: [] });
  });

  test("verify executes the run again and finds the same digest", async () => {
    const [verified] = await printed("verify", String(first.id), "--json");
    expect(verified).toEqual({ runId: first.id, positions: first.headPosition, digest: first.digest, equal: true });
  });

  test("rebuild makes the read models of a run again, or of all", async () => {
    expect(await printed("rebuild", String(first.id), "--json")).toEqual([{ runId: first.id, positions: first.headPosition }]);
    const runs = await printed("runs", "--json");
    const rebuilt = await printed("rebuild", "--all", "--json");
    expect(rebuilt.map(({ runId }) => runId)).toEqual(runs.map(({ id }) => id));
  });
});

describe("what can be named", () => {
  test("policies lists those that come with Ballast, with their parameters", async () => {
    const policies = await printed("policies", "--json");
    expect(policies.map(({ name }) => `@ballast/policy-${String(name)}`)).toEqual(BUNDLED_POLICIES);
    const { stdout } = await ballast("policies", "ballooning");
    for (const name of Object.keys(policies[0]?.parameters as Json)) expect(stdout).toContain(`${name} = `);
  });

  test("scenarios lists the sample", async () => {
    const scenarios = await printed("scenarios", "--json");
    expect(scenarios.map(({ name }) => name)).toContain("sample");
  });

  test("run imports the recordings that its scenario names, and traces those that are missing; oracle: SQL", async () => {
    const stored = async (): Promise<string[]> => await column("select name as value from traces");
    const replay = { name: "p", virtualPages: 512, workload: { kind: "trace", trace: "true" } };
    const vms = [{ name: "vm", configuredPages: 512, processes: [replay] }];
    writeScenario(folder, "recorded", { ...TINY, name: "recorded", host: { framePages: 512 }, vms });
    const [run] = await printed("run", "recorded.json", "--json");
    expect(run).toMatchObject({ status: "completed", accesses: 147_129 });
    expect(await stored()).toEqual(["true"]);
    // The figures are those of traces/traces.json. Those that take longest are under their names already.
    await nameBuiltInTraces(database.connectionString, ["true", "gzip"]);
    const listed = await printed("traces", "--json");
    expect(new Set(listed.map(({ name }) => name))).toEqual(new Set(await stored()));
    expect(listed.find(({ name }) => name === "gzip")).toMatchObject({ referenceCount: 1_540_716 });
  });

  test("import keeps a trace once, and traces lists it: 5 references to 3 pages", async () => {
    writeFileSync(join(folder, "mine.pages"), "7\n8\n7\n9\n8\n");
    const [imported] = await printed("import", "mine.pages", "--description", "by hand", "--json");
    expect(imported).toMatchObject({ name: "mine", description: "by hand", referenceCount: 5, pageCount: 3 });
    const again = await ballast("import", "mine.pages");
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining("was there already") });
    const listed = (await printed("traces", "--json")).find(({ name }) => name === "mine");
    expect(imported).toEqual({ ...listed, reading: expect.objectContaining({ format: "page-numbers", unit: "page" }) });
    // Oracle: the file's numbers in order of first appearance, from the second one on.
    expect(await printed("traces", "mine", "--from", "1", "--json")).toEqual([
      { page: 1, name: "0x8" },
      { page: 2, name: "0x9" },
    ]);
    expect(await ballast("traces", "mine", "--limit", "2")).toMatchObject({
      stdout: expect.stringMatching(/0 +0x7\n *1 +0x8/),
      stderr: expect.stringContaining("Pages 0 to 1 of 3"),
    });
    expect(await refused("traces", "--from", "1")).toMatchObject({ code: "INPUT_INVALID" });
  });

  test("a trace frees its name, is refused while a run replays it, and forced says which run", async () => {
    const file = join(folder, "old.pages");
    writeFileSync(file, "1\n2\n1\n");
    await printed("import", "old.pages", "--json");
    writeFileSync(file, "1\n2\n3\n");
    expect(await refused("import", "old.pages")).toMatchObject({
      code: "TRACE_EXISTS",
      message: expect.stringContaining("`ballast delete trace old`"),
    });
    expect((await printed("delete", "trace", "old", "--json"))[0]).toEqual({ trace: "old", neededByRuns: [] });
    await printed("import", "old.pages", "--json");
    const replay = { name: "p", virtualPages: 8, workload: { kind: "trace", trace: "old" } };
    writeScenario(folder, "replay", { ...TINY, name: "replay", vms: [{ name: "vm", configuredPages: 16, processes: [replay] }] });
    const [{ id } = {}] = await printed("run", "replay.json", "--json");
    expect(await refused("delete", "trace", "old")).toMatchObject({ code: "TRACE_IN_USE", message: expect.stringContaining(String(id)) });
    expect((await printed("delete", "trace", "old", "--force", "--json"))[0]).toEqual({ trace: "old", neededByRuns: [id] });
    expect(await refused("delete", "trace", "old")).toMatchObject({ code: "TRACE_NOT_FOUND" });
  });
});

describe("run --keep figures", () => {
  test("keeps no event, says how to get them, and --again makes them; oracle: the run with events", async () => {
    const [figures = {}] = await printed("run", tiny, "--keep", "figures", "--json");
    const { digest, headPosition, metrics, faults } = first;
    expect(figures).toMatchObject({ keeps: "figures", status: "completed", digest, headPosition, metrics, faults });
    const id = String(figures.id);
    for (const asking of [
      ["state", id],
      ["events", id],
      ["rebuild", id],
      ["decisions", id],
      ["series", id],
    ]) {
      expect(await refused(...asking), asking.join(" ")).toMatchObject({
        code: "EVENTS_NOT_KEPT",
        message: expect.stringContaining(`ballast run --again ${id}`) as string,
      });
    }
    expect((await ballast("show", id)).stdout).toContain("events (not kept)");
    expect((await ballast("verify", id)).code).toBe(0);
    expect((await ballast("verify", id, "--quick")).code).toBe(0);
    const [again = {}] = await printed("run", "--again", id, "--json");
    expect(again).toMatchObject({ keeps: "events", digest, headPosition, metrics });
    expect(again.id).not.toBe(id);
    expect((await printed("events", String(again.id), "--json")).length).toBe(headPosition);
    for (const wrong of [
      ["run"],
      ["run", tiny, "--again", id],
      ["run", "--again", id, "--seed", "3"],
      ["run", tiny, "--keep", "figures", "--follow"],
    ]) {
      expect(await refused(...wrong)).toMatchObject({ code: "INPUT_INVALID" });
    }
    expect((await ballast("rebuild", "--all")).code).toBe(0);
  });
});
