import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  csvBytes,
  decisionTable,
  eventTable,
  experimentMetricTable,
  experimentTable,
  type ExportTable,
  jsonBytes,
  parquetBytes,
  type RunSource,
  runTable,
  seriesTable,
  traceBytes,
  vmTable,
} from "../../exports/index.ts";
import type { Experiment } from "../../experiments/index.ts";
import { ask, codesOf, type HttpAnswer, send } from "../../graphql/testing/graphql-client.ts";
import { testScenario } from "../../graphql/testing/open-application.ts";
import { openTestApi, type TestApi } from "../../graphql/testing/test-api.ts";
import { WrittenRun } from "../../graphql/testing/written-run.ts";
import { EVENT_PARAMETERS } from "./event-parameters.ts";
import { listedRuns } from "../../runs/index.ts";

let api: TestApi;
let url: string;
let run: WrittenRun;
let going: WrittenRun;
let experiment: Experiment;
let source: RunSource;

beforeAll(async () => {
  api = await openTestApi();
  url = api.server.url;
  const { application } = api;
  run = await WrittenRun.begin(application);
  await run.write(2_000, 500);
  await run.finish();
  going = await WrittenRun.begin(application);
  await going.write(200);
  experiment = await application.experiments.startExperiment({
    scenario: testScenario,
    variants: [{ policy: "silent" }],
    seeds: [3, 5],
    uncommitted: false,
  });
  source = { pool: application.pool, run: await application.runs.getRun(run.id), signal: new AbortController().signal };
});
afterAll(() => api.close());

const FOR_EVER = "public, max-age=31536000, immutable";
const WRITERS = { csv: csvBytes, ndjson: jsonBytes, parquet: parquetBytes };
const FORMATS = Object.keys(WRITERS) as (keyof typeof WRITERS)[];

async function textOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  return Buffer.concat((await Readable.from(pieces).toArray()) as Uint8Array[]).toString();
}

const get = (path: string): Promise<HttpAnswer> => send(`${url}${path}`, {});

/** What `server/exports` makes of the same; its own tests compare that with the database. */
const expected = async (table: ExportTable, format: keyof typeof WRITERS = "csv"): Promise<string> => await textOf(WRITERS[format](table));

describe("a table at an address", () => {
  const runs = (): ReturnType<typeof listedRuns> => listedRuns(api.application.runs, { limit: Infinity });
  const TABLES: readonly (readonly [path: string, cache: string, table: () => ExportTable])[] = [
    ["/runs/RUN/events", FOR_EVER, () => eventTable(source, {})],
    ["/runs/RUN/decisions", FOR_EVER, () => decisionTable(source)],
    ["/runs/RUN/series", FOR_EVER, () => seriesTable(source)],
    ["/experiments/EXPERIMENT/cells", "no-store", () => experimentTable(experiment)],
    ["/experiments/EXPERIMENT/metrics", "no-store", () => experimentMetricTable(experiment)],
    ["/runs", "no-store", () => runTable(api.application.runs, runs())],
    ["/vms", "no-store", () => vmTable(api.application.runs, runs())],
  ];

  test.each(TABLES)("%s has the rows of the export, in every format", async (path, cache, table) => {
    const place = path.replace("RUN", run.id).replace("EXPERIMENT", experiment.id);
    for (const format of FORMATS) {
      // The lines of this address have the fields by type, not in columns.
      if (place.endsWith("/events") && format === "ndjson") continue;
      const answer = await get(`${place}.${format}`);
      expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, cache]);
      expect(answer.text).toBe(await expected(table(), format));
    }
  });

  test("is stored by a browser under a name that says what it is", async () => {
    const nameOf = async (path: string): Promise<string | null> => (await get(path)).headers.get("content-disposition");
    const ids = [run.id, experiment.id].map((id) => id.slice(0, 8));
    expect(await nameOf(`/runs/${run.id}/decisions.csv`)).toBe(
      `attachment; filename="${testScenario.name}-${source.run.policyName}-${ids[0]}-decisions.csv"`,
    );
    expect(await nameOf(`/experiments/${experiment.id}/cells.parquet`)).toBe(
      `attachment; filename="${testScenario.name}-comparison-${ids[1]}-cells.parquet"`,
    );
    expect(await nameOf("/runs.csv")).toBe('attachment; filename="ballast-runs.csv"');
  });

  test("of a run there is a trace, too", async () => {
    const answer = await get(`/runs/${run.id}/trace.json`);
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="tiny-silent-\w{8}-trace.json"$/);
    expect(answer.headers.get("cache-control")).toBe(FOR_EVER);
    expect(answer.text).toBe(await textOf(traceBytes(source)));
    expect(codesOf(await get(`/runs/${run.id}/trace.json?from=1`))).toEqual(["INPUT_INVALID"]);
  });

  test("is not kept while its run can grow, unless its end is given", async () => {
    const cacheOf = async (path: string): Promise<string | null> => (await get(path)).headers.get("cache-control");
    for (const table of ["events", "decisions", "series"]) expect(await cacheOf(`/runs/${going.id}/${table}.csv`)).toBe("no-store");
    expect(await cacheOf(`/runs/${going.id}/events.csv?to=100`)).toBe(FOR_EVER);
    const { server } = await api.addServer({ token: "correct-horse-battery" });
    const address = `${server.url}/runs/${run.id}/events.csv?to=10`;
    expect((await send(address, {})).status).toBe(401);
    const answer = await send(address, { headers: { authorization: "Bearer correct-horse-battery" } });
    expect(answer.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
  });
});

describe("parameters choose", () => {
  test("events by position, type and VM", async () => {
    const types = eventTable(source, { from: 100, to: 900, types: [53], vm: 2 });
    expect((await get(`/runs/${run.id}/events.csv?from=100&to=900&type=FrameZeroed&vm=2`)).text).toBe(await expected(types));
    const lines = (await get(`/runs/${run.id}/events.csv?from=100&limit=3`)).text.split("\n");
    expect(lines.slice(1, -1).map((line) => line.split(",")[0])).toEqual(["100", "101", "102"]);
  });

  test("events by everything that lists of events take, in every format; oracle: the list", async () => {
    const filters: readonly [search: string, filter: string][] = [
      ["realPage=12&vm=1", "realPage: 12, vm: 1"],
      ["physicalPage=40&family=host-mapping,steal", "physicalPage: 40, families: [HOST_MAPPING, STEAL]"],
      ["fromTimeNs=13000&toTimeNs=200000&vm=2&process=1", 'fromTimeNs: "13000", toTimeNs: "200000", vm: 2, process: 1'],
      ["virtualPage=3&vm=2&process=1&from=300", 'virtualPage: 3, vm: 2, process: 1, fromPosition: "300"'],
    ];
    for (const [search, filter] of filters) {
      const { data } = await ask(url, `{ run(id: "${run.id}") { events(first: 1000, filter: { ${filter} }) { nodes { position } } } }`);
      const positions = data.run.events.nodes.map(({ position }: { position: string }) => position);
      expect(positions.length).toBeGreaterThan(0);
      const csv = (await get(`/runs/${run.id}/events.csv?${search}`)).text.split("\n").slice(1, -1);
      expect(csv.map((line) => line.split(",")[0])).toEqual(positions);
      const lines = (await get(`/runs/${run.id}/events.ndjson?${search}`)).text.split("\n").slice(0, -1);
      expect(lines.map((line) => String((JSON.parse(line) as { position: number }).position))).toEqual(positions);
    }
  });

  test("are all in the documentation", () => {
    const documented = readFileSync(new URL("../../../../../docs/notebooks.md", import.meta.url), "utf8");
    const row = documented.split("\n").find((line) => line.startsWith("| `/runs/<run>/events` |")) ?? "";
    for (const parameter of EVENT_PARAMETERS) expect(row).toContain(`\`${parameter}\``);
  });

  test("metrics of series, and then only whom they are of", async () => {
    const ofVms = await get(`/runs/${run.id}/series.csv?metric=residentPages&metric=faults`);
    expect(ofVms.text.split("\n")[0]).toBe("vm,timeNs,faults,residentPages");
    expect(ofVms.text).not.toMatch(/^,/m);
    expect((await get(`/runs/${run.id}/series.csv?metric=freePages`)).text).not.toMatch(/^\d/m);
  });

  test("runs as the list of runs does", async () => {
    const idsOf = async (search: string): Promise<(string | undefined)[]> =>
      (await get(`/runs.ndjson?${search}`)).text
        .split("\n")
        .slice(0, -1)
        .map((line) => (JSON.parse(line) as { run: string }).run);
    expect(await idsOf("status=completed")).toEqual([run.id]);
    expect(await idsOf("status=running&limit=5")).toEqual([going.id]);
    expect(await idsOf("createdBefore=2020-01-01")).toEqual([]);
    expect((await idsOf("direction=ascending")).slice(0, 2)).toEqual([run.id, going.id]);
  });
});

test.each([
  ["/runs/RUN/events.xlsx", 404, "NOT_FOUND", /events, decisions, series.* csv, ndjson, parquet/],
  ["/runs/RUN/pages.csv", 404, "NOT_FOUND", /events, decisions, series/],
  ["/runs.xml", 404, "NOT_FOUND", /runs, vms/],
  ["/experiments/RUN/cells.csv", 404, "EXPERIMENT_NOT_FOUND", /experiment/],
  ["/runs/none/events.csv", 404, "RUN_NOT_FOUND", /none/],
  ["/runs/RUN/events.csv?form=2", 400, "INPUT_INVALID", /no parameter `form`.*`from`, `to`/],
  ["/experiments/RUN/cells.csv?long=1", 400, "INPUT_INVALID", /no parameter `long`; it has none/],
  ["/runs/RUN/events.csv?to=99999999", 400, "POSITION_OUT_OF_RANGE", /events 1 to \d+/],
  ["/runs/RUN/decisions.csv?from=9&to=8", 400, "INPUT_INVALID", /`from` 9 lies after `to` 8/],
  ["/runs/RUN/events.csv?from=0", 400, "INPUT_INVALID", /`from` must be a whole number from 1/],
  ["/runs/RUN/events.csv?type=Nothing", 400, "INPUT_INVALID", /PageStolen/],
  ["/runs/RUN/events.ndjson?type=Nothing", 400, "INPUT_INVALID", /PageStolen/],
  ["/runs/RUN/events.csv?family=nobody", 400, "INPUT_INVALID", /no family of events; there are: /],
  ["/runs/RUN/events.csv?virtualPage=1", 400, "INPUT_INVALID", /VM and the process/],
  ["/runs/RUN/series.csv?metric=speed", 400, "INPUT_INVALID", /no metric "speed"; there are .*residentPages/],
  ["/runs.csv?status=lost", 400, "INPUT_INVALID", /`status` must be one of .*completed/],
  ["/runs.csv?createdFrom=yesterday", 400, "INPUT_INVALID", /`createdFrom` must be a day/],
])("%s is refused with what there is", async (path, status, code, message) => {
  const answer = await get(path.replace("RUN", run.id));
  expect([answer.status, codesOf(answer)]).toEqual([status, [code]]);
  expect(answer.errors?.[0]?.message).toMatch(message);
});

describe("a file of damaged events", () => {
  const damage = async (from: number): Promise<WrittenRun> => {
    const damaged = await WrittenRun.begin(api.application);
    await damaged.write(2_000, 500);
    const statement = "update commits set d_base = d_base + 1 where run_id = $1 and first_position >= $2";
    await api.application.pool.query(statement, [damaged.logId, from]);
    return damaged;
  };

  test.each(["csv", "ndjson"])("breaks off as %s, so that nobody takes it for whole", async (format) => {
    const response = await fetch(`${url}/runs/${(await damage(1_200)).id}/events.${format}?to=2000`);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow("terminated");
  });

  test("is refused if its first rows cannot be read, and never kept", async () => {
    const damaged = await damage(1);
    const answer = await get(`/runs/${damaged.id}/events.csv?to=2000`);
    expect([answer.status, codesOf(answer), answer.headers.get("cache-control")]).toEqual([500, ["HISTORY_DAMAGED"], null]);
  });
});
