import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseScenario } from "@ballast/core/scenario";
import { isLongRun } from "@ballast/core/testing/case-count";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Application, startApplication } from "@ballast/server/application";
import { readConfiguration } from "@ballast/server/configuration";
import { createTestDatabase, type TestDatabase } from "@ballast/server/testing";
import { callBallast } from "./testing/call-ballast.ts";
import type { Finished } from "./testing/run-ballast.ts";
import { ENDLESS, TINY, writeScenario } from "./testing/scenario-files.ts";
import { storeInput } from "@ballast/server/fixtures/test-bench";

type Json = Record<string, unknown>;

/** The scenario's own policy with a parameter that is not at its default. */
const LRU = { ...TINY, name: "lru", policy: { name: "host-swap", parameters: { order: "lru" } } };
const UNKNOWN_ID = "00000000-0000-4000-8000-000000000000";

let folder: string;
let database: TestDatabase;
/** Executes what the commands do not execute themselves, as `ballast serve` does. */
let server: Application;

async function ballast(...words: string[]): Promise<Finished> {
  return await callBallast(words, { DATABASE_URL: database.connectionString }, folder);
}

async function printed(...words: string[]): Promise<Json> {
  const { code, stdout, stderr } = await ballast(...words, "--json");
  expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Json;
}

async function refused(...words: string[]): Promise<Json> {
  const { code, stderr } = await ballast(...words, "--json");
  expect(code).not.toBe(0);
  return (JSON.parse(stderr.trimEnd().split("\n").at(-1) ?? "") as { error: Json }).error;
}

async function startEndless(): Promise<string> {
  const { runs } = server;
  const { id } = await runs.startRun({ scenario: parseScenario(ENDLESS) });
  await runs.watchRun(id).wait(0, AbortSignal.timeout(20_000));
  return id;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ballast-kept-"));
  database = await createTestDatabase();
  writeScenario(folder, "tiny", TINY);
  writeScenario(folder, "lru", LRU);
  const configuration = readConfiguration({ environment: { DATABASE_URL: database.connectionString }, folders: [] });
  server = await startApplication(configuration, { execute: true });
});

afterAll(async () => {
  await server.shutdown();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** The oracle is docs/cli.md: what is named comes first, then the scenario's own, then the policy's default (order: random). */
describe("the parameters of a policy", () => {
  const each: readonly (readonly [string[], string])[] = [
    [[], "lru"],
    [["--policy", "host-swap:order=fifo"], "fifo"],
    [["--set", "order=clock"], "clock"],
    [["--policy", "host-swap:defaults"], "random"],
  ];
  const together: typeof each = [
    [["--policy", "host-swap"], "lru"],
    [["--policy", "host-swap", "--set", "order=clock"], "clock"],
    [["--policy", "host-swap:defaults", "--set", "order=age"], "age"],
  ];
  test.each(isLongRun ? [...each, ...together] : each)("of run lru.json %j: order is %s", async (words, order) => {
    expect((await printed("run", "lru.json", ...words)).parameters).toMatchObject({ order });
  });

  test("are kept by compare, and tell the entries of one policy apart", async () => {
    const policies = "host-swap,host-swap:order=fifo,host-swap:defaults,random-steal";
    const { id, entries } = await printed("compare", "lru.json", "--policies", policies, "--seed", "1");
    expect((entries as Json[]).map(({ label, parameters }) => [label, (parameters as Json).order])).toEqual([
      ["host-swap:order=lru", "lru"],
      ["host-swap:order=fifo", "fifo"],
      ["host-swap:order=random", "random"],
      ["random-steal", undefined],
    ]);
    const { stdout } = await ballast("compare", String(id));
    for (const { label } of entries as Json[]) expect(stdout).toMatch(new RegExp(`^${String(label)} `, "m"));
  });

  test("that are not at their defaults name an entry that is alone, too; --set reaches every policy", async () => {
    const { entries } = await printed(
      "compare",
      "lru.json",
      "--policies",
      "host-swap",
      "--policies",
      "random-steal",
      "--set",
      "periodMs=50",
      "--seed",
      "1",
    );
    expect((entries as Json[]).map(({ label }) => label)).toEqual(["host-swap:order=lru:periodMs=50", "random-steal:periodMs=50"]);
  });

  test.each([
    [["host-swap,host-swap:order=lru"], "INPUT_INVALID", "The policies 1 and 2 of the comparison are the same: host-swap:order=lru."],
    [["host-swap,magic"], "POLICY_NOT_FOUND", "there are: "],
    [["host-swap:magic=1"], "POLICY_PARAMETER_INVALID", "it has: order, reserveFraction, periodMs"],
    [["host-swap,no-reclaim", "--set", "periodMs=50"], "POLICY_PARAMETER_INVALID", "/variants/1/parameters/periodMs"],
    [["host-swap:order=up"], "POLICY_PARAMETER_INVALID", "must be one of random, fifo"],
    [["host-swap:order=fifo", "--set", "order=lru"], "INPUT_INVALID", "--set sets it again"],
  ])("compare lru.json --policies %j is refused", async (words, code, message) => {
    const error = await refused("compare", "lru.json", "--policies", ...words);
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
  });
});

describe("what is kept", () => {
  test("is shown with its faults, alike by run, runs, show, state and SQL", async () => {
    const run = await printed("run", "tiny.json");
    const { rows } = await server.pool.query<{ name: string; count: number }>(
      "select name, count(*)::integer from events where run_id = $1 group by name",
      [run.logId],
    );
    const count = new Map(rows.map((row) => [row.name, row.count]));
    const faults = run.faults as Record<string, number>;
    // Another way to the same numbers: every fault is an event.
    expect(faults.guestMinor! + faults.guestMajor!).toBe(count.get("PageMissed"));
    expect(faults.hostMinor! + faults.hostMajor!).toBe(count.get("HostFaulted"));
    expect(faults.all).toBeLessThanOrEqual(faults.guestMinor! + faults.guestMajor! + faults.hostMinor! + faults.hostMajor!);
    const shown = await printed("show", String(run.id));
    expect(shown).toEqual({ ...run, metrics: shown.metrics });
    expect(shown.metrics).toMatchObject({ guestMinorFaults: faults.guestMinor, hostMajorFaults: faults.hostMajor, vms: { length: 2 } });
    const state = await printed("state", String(run.id));
    expect(state.faults).toEqual(faults);
    expect((await printed("runs", "--limit", "1")).faults).toEqual(faults);
    const line = `(guest ${faults.guestMinor} minor and ${faults.guestMajor} major`;
    for (const command of ["show", "state"]) expect((await ballast(command, String(run.id))).stdout).toContain(line);
  });

  test("a comparison is printed again exactly as at its end, by compare and by show", async () => {
    const atItsEnd = await ballast("compare", "tiny.json", "--policies", "random-steal,no-reclaim", "--seed", "1", "--quiet");
    const id = /^Comparison (\S+):/.exec(atItsEnd.stdout)?.[1] ?? "";
    for (const words of [
      ["compare", id],
      ["compare", id.slice(0, 12)],
      ["compare", "latest"],
      ["show", id],
      ["show", id.toUpperCase()],
    ]) {
      expect(await ballast(...words)).toEqual(atItsEnd);
    }
    expect((await ballast("comparisons", "--limit", "1")).stdout).toMatch(new RegExp(`${id}  comparison  tiny `));
    const { entries } = await printed("show", id);
    const of = String((entries as Json[])[0]?.runId);
    const { stdout } = await ballast("show", of);
    // The oracle is the comparison's own figure.
    const { faultBound } = (entries as { metrics: { faultBound: { faults: number; minFaults: number } } }[])[0]!.metrics;
    expect(stdout).toContain(`Faults: ${faultBound.faults}, least possible ${faultBound.minFaults} (guest`);
    expect(stdout).toContain(`Part of experiment ${id}`);
  });

  test("a sweep given again is the same one, unless its policies are of other versions or it is to be made anew", async () => {
    const sweep = ["sweep", "tiny.json", "--policy", "host-swap", "--set", "order=lru,fifo", "--seeds", "2", "--keep", "figures"];
    const first = await printed(...sweep);
    const entries = first.entries as Json[];
    expect(entries.map(({ label, seed }) => [label, seed])).toEqual(
      ["host-swap:order=lru", "host-swap:order=fifo"].flatMap((label) => [1, 2].map((seed) => [label, seed])),
    );
    const again = await printed(...sweep);
    expect([again.id, again.entries]).toEqual([first.id, first.entries]);
    // As another version of the policy would have asked for it.
    await server.pool.query("update idempotency_keys set input_digest = 'other' where result_id = $1", [first.id]);
    expect(await refused(...sweep)).toMatchObject({ code: "IDEMPOTENCY_CONFLICT", message: expect.stringContaining("--anew") });
    const anew = await printed(...sweep, "--anew");
    expect(anew.id).not.toBe(first.id);
    // Oracle: the same input gives the same figures.
    expect((anew.entries as Json[]).map(({ metrics }) => metrics)).toEqual(entries.map(({ metrics }) => metrics));
  });

  test("a run is found by the first letters of its id, if no other begins so", async () => {
    const { id } = await printed("run", "tiny.json");
    expect((await printed("show", String(id).slice(0, 13))).id).toBe(id);
    const twins = ["77777777-0000-4000-8000-000000000001", "77777777-0000-4000-8000-000000000002"];
    const { rows } = await server.pool.query<{ run_id: number }>("select run_id from run_jobs order by run_id desc limit 2");
    for (const [index, twin] of twins.entries()) {
      await storeInput(server.pool, rows[index]!.run_id, "public_id", twin);
    }
    expect(await refused("show", "7777")).toMatchObject({ code: "INPUT_INVALID", message: expect.stringContaining(twins.join(", ")) });
    expect((await printed("show", twins[1]!.slice(0, 36))).id).toBe(twins[1]);
    expect(await refused("show", "777")).toMatchObject({ code: "INPUT_INVALID", message: expect.stringContaining("at least 4") });
    expect(await refused("show", UNKNOWN_ID)).toMatchObject({ code: "RUN_NOT_FOUND" });
    expect(await refused("compare", UNKNOWN_ID)).toMatchObject({ code: "EXPERIMENT_NOT_FOUND" });
    expect(await refused("compare", "tiny.json")).toMatchObject({ message: expect.stringContaining("--policies ballooning,no-reclaim") });
    expect(await refused("compare", "sample", "--seed", "1")).toMatchObject({ message: expect.stringContaining("--policies") });
  });
});

describe("a run that a server executes", () => {
  test("is paused, stepped, resumed, shown and stopped by commands", async () => {
    const id = await startEndless();
    const paused = await printed("pause", id);
    expect(paused).toMatchObject({ id, status: "paused", faults: null });
    const stepped = await printed("step", id, "--events", "3");
    expect(stepped.status).toBe("paused");
    expect(Number(stepped.headPosition)).toBeGreaterThanOrEqual(Number(paused.headPosition) + 3);
    const shown = await printed("show", id);
    expect(shown).toMatchObject({ metrics: null, faults: (await printed("state", id)).faults });
    expect((await printed("resume", id)).status).toBe("running");
    expect((await ballast("stop", id.slice(0, 18))).stdout).toContain(`Run ${id} is stopped after event `);
    for (const command of ["pause", "resume", "step", "stop"]) {
      expect(await refused(command, id)).toMatchObject({
        code: "RUN_STATE",
        message: expect.stringContaining("come to its end (stopped)"),
      });
    }
    expect(await refused("pause", UNKNOWN_ID)).toMatchObject({ code: "RUN_NOT_FOUND", message: expect.stringContaining("ballast runs") });
  });

  test("is stopped before it is deleted", async () => {
    const id = await startEndless();
    expect(await printed("delete", "run", id)).toEqual({ run: id, experimentId: null });
    expect(await refused("show", id)).toMatchObject({ code: "RUN_NOT_FOUND" });
  });
});

describe("deleting", () => {
  test("a run of a comparison names it, and the comparison says so", async () => {
    const { id, entries } = await printed("compare", "tiny.json", "--policies", "random-steal,no-reclaim", "--seed", "1");
    const run = String((entries as Json[])[1]?.runId);
    expect((await ballast("delete", "run", run)).stdout).toBe(
      `Deleted run ${run}; experiment ${String(id)} is kept, without the metrics of its no-reclaim\n`,
    );
    expect((await ballast("compare", String(id))).stdout).toContain("The run of no-reclaim was deleted.");
  });

  test("a comparison leaves its runs, or takes them along", async () => {
    const compare = async (): Promise<{ id: string; runs: string[] }> => {
      const { id, entries, references } = await printed("compare", "tiny.json", "--policies", "random-steal,no-reclaim", "--seed", "1");
      return { id: String(id), runs: [...(entries as Json[]), ...(references as Json[])].map(({ runId }) => String(runId)) };
    };
    const [kept, gone] = [await compare(), await compare()];
    expect(await printed("delete", "comparison", kept.id)).toEqual({ experiment: kept.id, runs: [] });
    for (const run of kept.runs) expect(await printed("show", run)).toMatchObject({ experimentId: null, metrics: { vms: { length: 2 } } });
    expect(await printed("delete", "comparison", "latest", "--with-runs")).toEqual({ experiment: gone.id, runs: gone.runs });
    for (const id of [kept.id, gone.id, ...gone.runs]) expect(await refused("show", id)).toMatchObject({ code: "RUN_NOT_FOUND" });
    expect(await refused("delete", "comparison", gone.id)).toMatchObject({ code: "EXPERIMENT_NOT_FOUND" });
  });
});
