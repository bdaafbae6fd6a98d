import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@ballast/server/testing";
import { callBallast } from "./testing/call-ballast.ts";
import { TINY, writeScenario } from "./testing/scenario-files.ts";

let folder: string;
let database: TestDatabase;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ballast-cli-bad-"));
  database = await createTestDatabase();
  writeScenario(folder, "tiny", TINY);
  writeScenario(folder, "negative", { ...TINY, host: { framePages: -20 } });
  writeScenario(folder, "typed", { ...TINY, vms: "two" });
  writeScenario(folder, "no-json", "{ name: tiny }");
  writeFileSync(join(folder, "doubled.json"), '{ "host": { "framePages": 20, "framePages": 40 } }');
  writeScenario(folder, "no-trace", {
    ...TINY,
    vms: [{ name: "vm", configuredPages: 16, processes: [{ name: "p", virtualPages: 8, workload: { kind: "trace", trace: "nowhere" } }] }],
  });
  writeFileSync(join(folder, "bad.pages"), "7\nseven\n");
});

afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

function capacityOf(...words: readonly string[]): string[] {
  const limit = words.includes("--max-slowdown") ? [] : ["--max-slowdown", "1.1"];
  return ["capacity", "tiny.json", "--policies", "no-reclaim", ...limit, ...words];
}

/** [what is wrong, the words, the exit code, the code of the error, what its message says besides] */
const CASES: readonly (readonly [string, readonly string[], number, string, string])[] = [
  ["an unknown scenario", ["run", "nowhere"], 2, "SCENARIO_NOT_FOUND", "there are: "],
  ["a missing scenario file", ["run", "./nowhere.json"], 2, "SCENARIO_NOT_FOUND", "there is no such file"],
  ["a scenario file that is no JSON", ["run", "no-json.json"], 2, "SCENARIO_INVALID", "no-json.json is not JSON"],
  ["a scenario file that gives a key twice", ["run", "doubled.json"], 2, "SCENARIO_INVALID", "/host/framePages: is given more than once"],
  ["a negative size", ["run", "negative.json"], 2, "SCENARIO_INVALID", "/host/framePages"],
  ["a scenario with a wrong type", ["run", "typed.json"], 2, "SCENARIO_INVALID", "/vms"],
  ["a trace that is not there", ["run", "no-trace.json"], 2, "TRACE_NOT_FOUND", "nowhere"],
  ["an unknown policy", ["run", "tiny.json", "--policy", "magic"], 2, "POLICY_NOT_FOUND", "magic"],
  [
    "an unknown parameter",
    ["run", "tiny.json", "--policy", "ballooning", "--set", "magic=1"],
    2,
    "POLICY_PARAMETER_INVALID",
    "/parameters/magic",
  ],
  [
    "a parameter out of its range",
    ["run", "tiny.json", "--policy", "ballooning", "--set", "taxRate=2"],
    2,
    "POLICY_PARAMETER_INVALID",
    "not 2",
  ],
  ["an unknown policy to compare", ["compare", "tiny.json", "--policies", "no-reclaim,magic"], 2, "POLICY_NOT_FOUND", "magic"],
  ["a limit that nothing can keep", capacityOf("--vary", "vms", "--max-slowdown", "0.9"), 2, "INPUT_INVALID", "from 1, not 0.9"],
  ["VMs that are not there to vary", capacityOf("--vary", "vms", "--vm", "magic"), 2, "INPUT_INVALID", 'no VMs "magic"'],
  ["VMs to vary beside frames", capacityOf("--vary", "frames", "--vm", "vm"), 2, "INPUT_INVALID", "--vm is of --vary vms"],
  ["an unknown run", ["events", "00000000-0000-4000-8000-000000000000"], 2, "RUN_NOT_FOUND", "00000000-0000-4000-8000-000000000000"],
  ["an id that is none", ["verify", "first"], 2, "INPUT_INVALID", "is not the id of a run"],
  ["no run at all", ["events", "latest"], 2, "RUN_NOT_FOUND", "There is no run yet"],
  ["an unknown type of event", ["events", "latest", "--type", "PageLost"], 2, "INPUT_INVALID", "PageStolen"],
  ["a range the wrong way round", ["events", "latest", "--from", "9", "--to", "8"], 2, "INPUT_INVALID", "--from 9 lies after --to 8"],
  ["nothing to rebuild", ["rebuild"], 2, "INPUT_INVALID", "--all"],
  ["a missing trace file", ["import", "nowhere.pages"], 2, "TRACE_INVALID", "nowhere.pages"],
  ["a bad line in a trace", ["import", "bad.pages"], 2, "TRACE_INVALID", "bad.pages:2"],
  ["an unknown policy to show", ["policies", "magic"], 2, "POLICY_NOT_FOUND", "magic"],
];

describe("a wrong input is told clearly and changes nothing", () => {
  test.each(CASES)("%s", async (_what, words, exitCode, errorCode, description) => {
    const { code, stdout, stderr } = await callBallast(words, { DATABASE_URL: database.connectionString }, folder);
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^error: [\\s\\S]*\\[${errorCode}\\]\\n$`));
    expect(stderr).toContain(description);
    expect(stderr).not.toMatch(/\n +at /);
    expect(await countRows()).toEqual({ runs: 0, commits: 0, comparisons: 0, bad: 0 });
  });

  test("with --json it is one line of JSON, with every problem and its path", async () => {
    const environment = { DATABASE_URL: database.connectionString };
    const { code, stderr } = await callBallast(["run", "negative.json", "--json"], environment, folder);
    expect(code).toBe(2);
    const { error } = JSON.parse(stderr) as { error: { code: string; problems: { path: string }[] } };
    expect(error.code).toBe("SCENARIO_INVALID");
    expect(error.problems.map(({ path }) => path)).toEqual(["/host/framePages"]);
  });

  test("with --json wrong usage is an error of that form too", async () => {
    const { code, stderr } = await callBallast(["runs", "--limit", "0", "--json"]);
    expect(code).toBe(2);
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: "INPUT_INVALID", message: expect.stringContaining("above 0") } });
  });

  const USAGE: readonly (readonly [readonly string[], string])[] = [
    [["polices"], "Did you mean policies?"],
    [["run"], "Say what to run: a scenario, or --again"],
    [["run", "tiny.json", "--sed", "1"], "unknown option '--sed'"],
    [["run", "tiny.json", "--seed", "-1"], "whole number from 0"],
    [["run", "tiny.json", "--set", "taxRate"], "name=value"],
    [["compare", "tiny.json"], "Name the policies to compare"],
    [["compare", "tiny.json", "--policies", "a,,b"], "commas between"],
    [["events", "latest", "--virtual-page", "red"], "whole number from 0"],
    [["state", "latest", "--at", "noon"], "a simulated time"],
    [["import", "x", "--format", "pdf"], "Allowed choices are lackey"],
    [["runs", "--status", "lost"], "Allowed choices are queued"],
    [["translate", "latest", "--vm", "1", "--page", "1.5"], "whole number from 0"],
    [["translate", "latest", "--page", "1"], "required option '--vm <vm>'"],
    [["touch", "latest", "--vm", "1", "--real-page", "-1"], "whole number from 0"],
    [["balloon", "latest", "--vm", "1", "--target", "-2"], "whole number from 0"],
    [["diff", "latest", "1", "-2"], "a simulated time"],
    [["history", "latest", "--frame", "0.5"], "whole number from 0"],
    [["compare", "tiny.json", "--policies", "no-reclaim", "--seeds", "0"], "at least one seed"],
    [["compare", "tiny.json", "--policies", "no-reclaim", "--seeds", "3,3"], "names the seed 3 twice"],
    [["compare", "tiny.json", "--policies", "no-reclaim", "--seeds", "3,5", "--seed", "1"], "give one of them"],
    [["compare", "tiny.json", "--policies", "no-reclaim", "--baseline", "esx"], "none of the policies is called esx"],
    [["sweep", "tiny.json", "--policy", "esx", "--set", "taxRate=0:1:-0.1"], "its step must lead there"],
    [["sweep", "tiny.json", "--policy", "esx", "--set", "taxRate=0:0.99999:0.00001", "--seeds", "10"], "1,000,000 runs"],
    [["runs", "--sort", "size"], "Allowed choices are created"],
    [["runs", "--created-from", "2026-13-01"], "a day (2026-11-23"],
    [["runs", "--created-before", "2026-11-23T18:00"], "a time with its zone"],
  ];
  test.each(USAGE)("the command line %j is refused before anything is started", async (words, description) => {
    const { code, stdout, stderr } = await callBallast(words, { DATABASE_URL: "postgresql://127.0.0.1:1/nowhere" }, folder);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(description);
  });
});

describe("surroundings that do not fit", () => {
  test("a Postgres that cannot be reached", async () => {
    const { code, stderr } = await callBallast(["runs"], { DATABASE_URL: "postgresql://127.0.0.1:1/nowhere" });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: Postgres cannot be reached: .*ECONNREFUSED.*\[DATABASE_UNREACHABLE\]\n$/);
  });

  test("a DATABASE_URL that is none", async () => {
    const { code, stderr } = await callBallast(["runs"], { DATABASE_URL: "localhost:5432" });
    expect(code).toBe(2);
    expect(stderr).toContain("DATABASE_URL: must be a URL like postgres://");
  });

  test("a database that a newer Ballast has migrated", async () => {
    const newer = await createTestDatabase();
    await query(newer.connectionString, "insert into kysely_migration values ('9999-from-the-future', now()::text)");
    const { code, stderr } = await callBallast(["runs"], { DATABASE_URL: newer.connectionString });
    await newer.drop();
    expect(code).toBe(1);
    expect(stderr).toMatch(/9999-from-the-future.*\[DATABASE_NEWER\]/);
  });

  test("a policy package that is not installed", async () => {
    const environment = { DATABASE_URL: database.connectionString, BALLAST_POLICIES: "@nobody/nothing" };
    const { code, stderr } = await callBallast(["policies"], environment, folder);
    expect(code).toBe(2);
    expect(stderr).toMatch(/@nobody\/nothing: is not found[\s\S]*\[POLICY_PACKAGE_INVALID\]/);
  });

  test("a port that another program has, before Postgres is started", async () => {
    const other = createServer().listen({ port: 0, host: "127.0.0.1" });
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const environment = { DATABASE_URL: "postgresql://127.0.0.1:1/nowhere", PORT: String(port) };
    const { code, stderr } = await callBallast(["serve"], environment, folder);
    other.close();
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`port ${port} of 127.0.0.1 is used by another program.*PORT=\\d+.*\\[PORT_TAKEN\\]`));
  });

  test("an address beyond this machine without a token", async () => {
    const environment = { DATABASE_URL: database.connectionString, PORT: "0" };
    const { code, stderr } = await callBallast(["serve", "--host", "0.0.0.0", "--no-sample"], environment);
    expect(code).toBe(2);
    expect(stderr).toContain("ballast token create");
    expect(stderr).toContain("BALLAST_TOKEN");
  });
});

async function query<Row extends pg.QueryResultRow>(connectionString: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

async function countRows(): Promise<Record<string, number>> {
  const count = (table: string): string => `(select count(*)::integer from ${table})`;
  const [counts] = await query<Record<string, number>>(
    database.connectionString,
    `select ${count("runs")} as runs, ${count("commits")} as commits, ${count("comparisons")} as comparisons,
       (select count(*)::integer from traces where name = 'bad') as bad`,
  );
  return counts ?? {};
}
