import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { CATALOGUE, FIELD_COLUMNS, type FieldColumn } from "@ballast/core/events";
import { createPool, type Pool } from "@ballast/server/database";
import { createTestDatabase, type TestDatabase } from "@ballast/server/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callBallast } from "../testing/call-ballast.ts";
import type { Finished } from "../testing/run-ballast.ts";
import { TINY, writeScenario } from "../testing/scenario-files.ts";

type Row = Readonly<Record<string, unknown>>;
type Json = Record<string, unknown>;

/** What a spreadsheet would execute, and what CSV has to quote. */
const PAGE_NAME = '=the "third", page';

const SCENARIO = {
  ...TINY,
  policy: "esx",
  vms: [
    {
      ...TINY.vms[0],
      processes: [{ name: "scan", virtualPages: 12, pageNames: { 3: PAGE_NAME }, workload: { kind: "cyclic", pages: 12, accesses: 60 } }],
    },
  ],
};

let folder: string;
let database: TestDatabase;
let pool: Pool;
let duck: Awaited<ReturnType<DuckDBInstance["connect"]>>;
let run: Json;

async function ballast(...words: string[]): Promise<Finished> {
  return await callBallast(words, { DATABASE_URL: database.connectionString }, folder);
}

async function written(...words: string[]): Promise<Finished> {
  const finished = await ballast(...words);
  expect(finished.code, finished.stderr).toBe(0);
  return finished;
}

/** What DuckDB answers; files are those of the test's folder. Whole numbers are numbers. */
async function asked(sql: string): Promise<Row[]> {
  const rows = (await duck.runAndReadAll(sql)).getRowObjectsJS();
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === "bigint" ? Number(value) : value])),
  );
}

function lines(text: string): Json[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Json);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ballast-exports-"));
  database = await createTestDatabase();
  pool = createPool(database.connectionString, { max: 1 });
  duck = await (await DuckDBInstance.create()).connect();
  await duck.run(`set file_search_path = '${folder}'`);
  writeScenario(folder, "tiny", SCENARIO);
  run = lines((await written("run", "tiny.json", "--json", "--quiet")).stdout)[0]!;
});

afterAll(async () => {
  duck.closeSync();
  await pool.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe("the events of a run", () => {
  test("are in CSV and in Parquet what `--json` prints of them", async () => {
    const printed = lines((await written("events", "latest", "--json")).stdout);
    await written("events", "latest", "--csv", "events.csv", "--parquet", "events.parquet");
    const columns = (await asked("select column_name as name from (describe from 'events.parquet')")).map(({ name }) => String(name));
    const expected = printed.map(({ fields, ...event }) => {
      const all: Json = { ...event, ...(fields as Json) };
      return Object.fromEntries(columns.map((name) => [name, all[name] ?? null]));
    });
    const withoutFamily = (rows: readonly Row[]): Row[] => rows.map((row) => ({ ...row, family: null }));
    expect(withoutFamily(await asked("from 'events.parquet'"))).toEqual(expected);
    const types = (await asked("select column_name as name, column_type as type from (describe from 'events.parquet')")).map(
      ({ name, type }) => `'${String(name)}': '${String(type)}'`,
    );
    const inCsv = withoutFamily(
      await asked(`from read_csv('events.csv', header = true, types = {${types.join(", ")}}, nullstr = '', allow_quoted_nulls = false)`),
    );
    const apostrophe = (name: unknown): unknown => (name === PAGE_NAME ? `'${PAGE_NAME}` : name);
    expect(inCsv).toEqual(expected.map((row) => Object.assign(row, { virtualPageName: apostrophe(row["virtualPageName"]) })));
    expect(await asked("select virtualPageName as name from 'events.parquet' where virtualPageName is not null limit 1")).toEqual([
      { name: PAGE_NAME },
    ]);
  });

  test("are in Parquet those of the database; oracle: the view `events`, made of SQL alone", async () => {
    await written("events", "latest", "--parquet", "view.parquet");
    const { rows } = await pool.query<Json>(
      "select position, time_ns, name, family, vm, process, a, b, c, d::float8 from events where run_id = $1 order by position",
      [run["logId"]],
    );
    const exported = await asked("from 'view.parquet' order by position");
    expect(
      exported.map(({ position, timeNs, type, family, vm, process }) => [position, timeNs, type, family, vm ?? 0, process ?? 0]),
    ).toEqual(rows.map((row) => [row["position"], row["time_ns"], row["name"], row["family"], row["vm"], row["process"]]));
    const numbersOf = (name: unknown, value: (column: FieldColumn, field: string) => unknown): unknown[] => {
      const fields = CATALOGUE.find((type) => type.name === name)?.fields ?? {};
      const numbers = FIELD_COLUMNS.filter((column) => !["text", "choice", undefined].includes(fields[column]?.kind));
      return numbers.map((column) => value(column, fields[column]?.name ?? ""));
    };
    expect(exported.map((event) => numbersOf(event["type"], (_, field) => event[field]))).toEqual(
      rows.map((row) => numbersOf(row["name"], (column) => row[column])),
    );
  });

  test("have the columns of the types that were asked for, and say what they are of", async () => {
    const { stdout } = await written("events", "latest", "--type", "FrameZeroed", "--limit", "2", "--csv");
    expect(stdout.split("\n")[0]).toBe("position,timeNs,type,family,vm,process,decision,physicalPage");
    expect(stdout.trimEnd().split("\n")).toHaveLength(3);
    await written("events", "latest", "--type", "FrameZeroed", "--parquet", "zeroed.parquet");
    const facts = await asked("select decode(key) as key, decode(value) as value from parquet_kv_metadata('zeroed.parquet')");
    const ofRun = Object.fromEntries(facts.map(({ key, value }) => [key, value]));
    expect(ofRun).toMatchObject({
      "ballast.table": "events",
      "ballast.run": run["id"],
      "ballast.scenario": "tiny",
      "ballast.policy": "esx",
      "ballast.seed": "1",
      "ballast.digest": run["digest"],
    });
  });
});

test("the decisions of a run are those of its table", async () => {
  await written("decisions", "latest", "--csv", "decisions.csv", "--parquet", "decisions.parquet");
  const { rows } = await pool.query<Json>(
    'select decision, position, time_ns as "timeNs", nullif(vm, 0) as vm, reason, requested_pages as "requestedPages", done_pages as "donePages" from decisions where run_id = $1 order by decision',
    [run["logId"]],
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const file of ["'decisions.parquet'", "read_csv('decisions.csv')"]) {
    expect(await asked(`select decision, position, timeNs, vm, reason, requestedPages, donePages from ${file} order by decision`)).toEqual(
      rows,
    );
  }
  const printed = lines((await written("decisions", "latest", "--json")).stdout);
  expect(printed).toHaveLength(rows.length);
  expect((await written("decisions", "latest")).stdout.match(/^ *\d+ {2}\S/gm)).toHaveLength(rows.length);
  const figures = await pool.query<{ count: number }>("select count(*)::integer as count from decision_figures where run_id = $1", [
    run["logId"],
  ]);
  expect(printed.flatMap((decision) => decision["figures"])).toHaveLength(figures.rows[0]!.count);
});

test("the series of a run are those of the view, each metric in its column", async () => {
  await written("series", "latest", "--parquet", "series.parquet");
  const { rows } = await pool.query<Json>("select vm, metric, time_ns, value from series where run_id = $1", [run["logId"]]);
  const exported = await asked("from 'series.parquet'");
  const byMoment = new Map(exported.map((row) => [JSON.stringify([row["vm"] ?? 0, row["timeNs"]]), row]));
  for (const { vm, metric, time_ns: timeNs, value } of rows)
    expect(byMoment.get(JSON.stringify([vm, timeNs]))?.[String(metric)]).toBe(value);
  expect(exported).toHaveLength(new Set(rows.map(({ vm, time_ns: timeNs }) => JSON.stringify([vm, timeNs]))).size);
});

test("runs and their VMs have the metrics that `show` prints", async () => {
  const { metrics } = JSON.parse((await written("show", "latest", "--json")).stdout) as { metrics: Json & { vms: Json[] } };
  await written("runs", "--csv", "runs.csv", "--parquet", "runs.parquet");
  await written("runs", "--vms", "--parquet", "vms.parquet");
  const [ofRun] = await asked("from 'runs.parquet'");
  for (const [name, value] of Object.entries(metrics)) if (typeof value === "number") expect([name, ofRun?.[name]]).toEqual([name, value]);
  const ofVms = await asked("from 'vms.parquet' order by vm");
  expect(ofVms.map(({ vm, faults, workNs, killed }) => ({ vm, faults, workNs, killed }))).toEqual(
    metrics.vms.map(({ vm, faults, workNs, killed }) => ({ vm, faults, workNs, killed })),
  );
  expect(await asked("select * exclude (run, createdAt, startedAt, finishedAt) from read_csv('runs.csv')")).toEqual(
    await asked("select * exclude (run, createdAt, startedAt, finishedAt) from 'runs.parquet'"),
  );
});

test("an experiment has a row for each variant and seed with what varies in columns, and in the long form one for each metric", async () => {
  const sweep = ["sweep", "tiny.json", "--policy", "host-swap", "--set", "order=fifo,lru", "--seeds", "3,5", "--quiet"];
  await written(...sweep, "--csv", "sweep.csv", "--parquet", "sweep.parquet");
  await written("sweep", ...sweep.slice(1), "--parquet", "long.parquet", "--long");
  const experiment = lines((await written("experiments", "--json")).stdout)[0] as Readonly<Record<"entries" | "references", Json[]>>;
  const shown = [...experiment.entries, ...experiment.references].map(({ label, seed, runId, metrics }) => ({
    variant: String(label),
    seed: Number(seed),
    run: runId,
    faults: (metrics as Json)["faults"],
  }));
  expect(shown).toHaveLength(6);
  const sorted = "order by variant, seed";
  const expected = [...shown].sort((left, right) =>
    left.variant < right.variant ? -1 : left.variant > right.variant ? 1 : left.seed - right.seed,
  );
  expect(await asked(`select variant, seed, run, faults from 'sweep.parquet' ${sorted}`)).toEqual(expected);
  expect(await asked(`select variant, seed, run, faults from read_csv('sweep.csv') ${sorted}`)).toEqual(expected);
  expect(
    await asked(
      `select variant, seed, run, value as faults from (select * from 'long.parquet' l join (select variant, seed, run from 'sweep.parquet') s using (variant, seed)) where metric = 'faults' ${sorted}`,
    ),
  ).toEqual(expected);
  expect(await asked(`select distinct "parameter.order" as victim from 'sweep.parquet' where role = 'compared' order by 1`)).toEqual([
    { victim: "fifo" },
    { victim: "lru" },
  ]);
  expect(await asked("select distinct slowdown from 'sweep.parquet' where role = 'uncommitted' or slowdown is null")).toEqual([
    { slowdown: null },
  ]);
  const { stdout } = await written("show", String((experiment as unknown as Json)["id"]), "--csv");
  expect(stdout).toBe(readFileSync(join(folder, "sweep.csv"), "utf8"));
});

test("a trace for Perfetto is the run's, in a file or on standard output, whole or a part of it", async () => {
  const { stderr } = await written("perfetto", String(run["id"]), "--out", "trace.json");
  expect(stderr).toContain("ui.perfetto.dev");
  const whole = readFileSync(join(folder, "trace.json"), "utf8");
  type Trace = { readonly metadata: Json; readonly traceEvents: readonly { readonly ph: string; readonly ts: number }[] };
  const { metadata, traceEvents } = JSON.parse(whole) as Trace;
  expect(metadata).toMatchObject({ "ballast.run": run["id"], "ballast.digest": run["digest"] });
  expect((await written("perfetto", String(run["id"]))).stdout).toBe(whole);
  const counted = (events: Trace["traceEvents"]): number => events.filter(({ ph, ts }) => ph === "C" && ts >= 1_000 && ts <= 2_000).length;
  const part = JSON.parse((await written("perfetto", String(run["id"]), "--from", "1ms", "--to", "2ms")).stdout) as Trace;
  expect(part.traceEvents.filter(({ ph }) => ph === "C")).toHaveLength(counted(traceEvents));
  expect((await ballast("perfetto", String(run["id"]), "--from", "2ms", "--to", "1ms")).code).toBe(2);
});

describe("a report", () => {
  const pageOf = (file: string): string => readFileSync(join(folder, file), "utf8");

  test("of a run has its metrics, digest and the command that makes it again", async () => {
    await written("show", String(run["id"]), "--report", "run.html");
    const page = pageOf("run.html");
    for (const text of [
      "tiny under esx",
      String(run["digest"]),
      "ballast run ./tiny.json --policy esx:",
      "2 of 2 VMs completed their work",
    ])
      expect(page).toContain(text);
  });

  test("of a comparison has its conclusion, and the command that makes it again", async () => {
    const words = ["compare", "tiny.json", "--policies", "host-swap:order=lru,host-swap:order=fifo", "--seeds", "3,5", "--baseline", "2"];
    const { stdout } = await written(...words, "--quiet", "--json", "--report", "now.html");
    const { conclusion, id } = {
      ...(JSON.parse(stdout) as { id: string; analysis: { conclusion: string } }),
      ...(JSON.parse(stdout) as { analysis: { conclusion: string } }).analysis,
    };
    expect(pageOf("now.html")).toContain(conclusion);
    const command = /<pre>(ballast compare [^<]+)<\/pre>/.exec(pageOf("now.html"))?.[1] ?? "";
    const again = command.replace("./tiny.json", "tiny.json").split(" ").slice(1);
    const repeated = JSON.parse((await written(...again, "--quiet", "--json")).stdout) as { analysis: unknown };
    expect(repeated.analysis).toEqual((JSON.parse(stdout) as { analysis: unknown }).analysis);
    await written("show", id, "--report", "kept.html");
    expect(pageOf("kept.html")).toBe(pageOf("now.html"));
  });

  test("has a name that ends in .html, which is said before anything is executed", async () => {
    const { code, stderr } = await ballast("compare", "tiny.json", "--policies", "esx,host-swap", "--report", "report.pdf");
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("its name ends in .html") });
  });
});

describe("a file", () => {
  const before = "what was there before";

  test("that was there is replaced, and nothing else is left beside it", async () => {
    writeFileSync(join(folder, "there.csv"), before);
    await written("runs", "--csv", "there.csv");
    expect(readFileSync(join(folder, "there.csv"), "utf8")).toMatch(/^run,scenario,/);
    expect(readdirSync(folder).filter((name) => name.includes("partial"))).toEqual([]);
  });

  test("stays as it was if the command fails in the middle", async () => {
    writeFileSync(join(folder, "there.csv"), before);
    const { writeWholeFile } = await import("../output/whole-file.ts");
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from("the first half");
      throw await Promise.resolve(new Error("the database is gone"));
    };
    const file = join(folder, "there.csv");
    await expect(writeWholeFile(file, failing(), new AbortController().signal)).rejects.toThrow("the database is gone");
    await expect(writeWholeFile(file, [Buffer.from("x")], AbortSignal.abort(new Error("ended")))).rejects.toThrow("ended");
    expect(readFileSync(file, "utf8")).toBe(before);
    expect(readdirSync(folder).filter((name) => name.includes("partial"))).toEqual([]);
  });

  test("in a folder that does not exist is refused with its name", async () => {
    const { code, stderr } = await ballast("runs", "--csv", "nowhere/runs.csv");
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(/nowhere\/runs\.csv cannot be written: .*ENOENT/) });
  });

  test.each([
    ["events", "latest", "--csv", "--parquet", "-"],
    ["events", "latest", "--json", "--csv"],
    ["decisions", "latest", "--json", "--parquet", "-"],
    ["runs", "--json", "--csv", "x.csv"],
    ["runs", "--vms"],
    ["show", "latest", "--long"],
    ["compare", "latest", "--csv", "--parquet", "-"],
  ])("of two kinds in one stream is refused: %s %s %s", async (...words) => {
    expect((await ballast(...words)).code).toBe(2);
  });
});
