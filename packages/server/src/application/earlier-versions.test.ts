import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { brotliDecompressSync } from "node:zlib";
import { COUNTERS, type MachineTables } from "@ballast/core/memory";
import { METRICS } from "@ballast/core/metrics";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { readConfiguration } from "../configuration/index.ts";
import { readDecisions, readSummary } from "../projections/index.ts";
import { withDatabase } from "../testing/connection-string.ts";
import { type Application, startApplication } from "./index.ts";
import { isLongRun } from "@ballast/core/testing/case-count";

const FOLDER = new URL("../../earlier-versions/0014-run-memory/", import.meta.url);
const PATIENCE_MS = 60_000;
/** Each verification starts processes of its own: by default one run of each policy that the machine has the most to do for. */
const VERIFIED = new Set(["everything under esx", "everything under ksm", "replay under idle-steal", "thrash under ballooning"]);

type Values = Readonly<Record<string, unknown>>;
type ExpectedRun = {
  readonly id: string;
  readonly scenario: string;
  readonly policy: string;
  readonly status: string;
  readonly seed: number;
  readonly head: number;
  readonly headTimeNs: number;
  readonly digest: string;
  readonly figures: Values | null;
  readonly summary: { readonly events: Values; readonly host: Values; readonly vms: readonly Values[] };
  readonly series: Readonly<Record<string, readonly number[]>>;
  readonly decisions: readonly (readonly unknown[])[];
  readonly moments: readonly { readonly position: number }[];
};
type Expected = {
  readonly runs: readonly ExpectedRun[];
  readonly comparison: {
    readonly id: string;
    readonly status: string;
    readonly entries: readonly { label: string; run: string; figures: Values }[];
  };
};

const read = (name: string): string => brotliDecompressSync(readFileSync(new URL(name, FOLDER))).toString();
/** The names that later versions gave to what the expected values hold. */
const renamed = read("expected.json.br").replaceAll('"leastFaults"', '"minFaults"');
const { runs, comparison } = JSON.parse(renamed) as Expected;
const named = runs.map((run) => [`${run.scenario} under ${run.policy}, ${run.id.slice(0, 8)}`, run] as const);

let application: Application;
let server: pg.Client;
let databaseName: string;
/** Names of the metrics that the earlier version had. */
let earlierMetrics: ReadonlySet<string>;

/** The oracle of every test here is what the version that wrote the database answered. */
beforeAll(async () => {
  const { connectionString, prefix } = inject("runDatabases");
  databaseName = `${prefix}earlier`;
  server = new pg.Client({ connectionString });
  await server.connect();
  await server.query(`create database ${databaseName}`);
  const restored = new pg.Client({ connectionString: withDatabase(connectionString, databaseName) });
  await restored.connect();
  await restored.query(read("database.sql.br"));
  const { rows } = await restored.query<{ name: string }>("select name from public.figure_names");
  earlierMetrics = new Set(rows.map((row) => row.name));
  await restored.end();
  const environment = { DATABASE_URL: withDatabase(connectionString, databaseName) };
  application = await startApplication(readConfiguration({ environment, folders: [] }), { execute: true });
}, PATIENCE_MS);

afterAll(async () => {
  await application.shutdown();
  await server.query(`drop database if exists ${databaseName} with (force)`);
  await server.end();
});

/** The internal number of a run whose read models are up to its head. */
async function projected({ id, head }: ExpectedRun): Promise<number> {
  const { logId } = await application.runs.getRun(id);
  for (;;) {
    const summary = await readSummary(application.pool, logId);
    if (summary?.position === head) return logId;
    await sleep(20);
  }
}

/** Of the metrics that the earlier version had. */
const withoutZeros = (values: Readonly<Record<string, number | null>>): Values =>
  Object.fromEntries(Object.entries(values).filter(([metric, value]) => value !== 0 && earlierMetrics.has(metric)));

describe.each(named)("a run of %s", (_name, expected) => {
  test("is listed with its status, head and digest", async () => {
    const run = await application.runs.getRun(expected.id);
    const { rows } = await application.pool.query<{ digest: string }>(
      "select digest from commits where run_id = $1 order by last_position desc limit 1",
      [run.logId],
    );
    const found = {
      scenario: run.scenarioName,
      policy: run.policyName,
      status: run.status,
      seed: run.seed,
      head: run.headPosition,
      headTimeNs: run.headTimeNs,
    };
    expect({ ...found, digest: rows[0]?.digest }).toEqual({ ...found, ...pick(expected, Object.keys(found)), digest: expected.digest });
  });

  test("has the tables it had at each moment", async () => {
    const { logId } = await application.runs.getRun(expected.id);
    for (const moment of expected.moments) {
      expect(describeMoment(await application.history.stateAt(logId, { position: moment.position }))).toEqual(moment);
    }
  });

  test("has the metrics, the summary and the decisions it had", { timeout: PATIENCE_MS }, async () => {
    const logId = await projected(expected);
    const results = await application.runs.getMetrics(expected.id);
    // Metrics that were added since are null in what was stored before.
    if (expected.figures === null) expect(results).toBeNull();
    else expect(results).toMatchObject(expected.figures);
    const summary = await readSummary(application.pool, logId);
    const vms = summary?.vms.map(({ metrics, ...vm }) => ({ ...vm, figures: withoutZeros(metrics) }));
    expect({ events: summary?.events, host: withoutZeros(summary?.host ?? {}), vms }).toEqual(expected.summary);
    const decisions = await readDecisions(application.pool, logId, { first: 3 });
    expect(
      decisions.map(({ position, vm, kind, reason, requestedPages, donePages, figures }) => [
        position,
        vm,
        kind,
        reason,
        requestedPages,
        donePages,
        figures.length,
      ]),
    ).toEqual(expected.decisions);
  });

  test("has the time series it had, also in SQL", { timeout: PATIENCE_MS }, async () => {
    const logId = await projected(expected);
    const { rows } = await application.pool.query<{ vm: number; metric: string; points: number[] }>(
      "select vm, metric, array_agg(value order by time_ns) as points from series where run_id = $1 group by vm, metric",
      [logId],
    );
    const known = new Set<string>([...METRICS.host, ...METRICS.vm]);
    expect(rows.filter(({ metric }) => !known.has(metric))).toEqual([]);
    const changing = rows.filter(({ metric, points }) => earlierMetrics.has(metric) && points.some((value) => value !== 0));
    expect(
      Object.fromEntries(changing.map(({ vm, metric, points }) => [`${vm === 0 ? "host" : `vm ${vm}`} ${metric}`, describePoints(points)])),
    ).toEqual(expected.series);
  });

  test.skipIf(!isVerified(expected))("is executed again to the same digest", { timeout: PATIENCE_MS }, async () => {
    expect(await application.runs.verifyRun(expected.id)).toEqual({
      runId: expected.id,
      positions: expected.head,
      digest: expected.digest,
    });
  });
});

test("a comparison has the labels and the metrics it had", async () => {
  const found = await application.experiments.getExperiment(comparison.id);
  const entries = found.variants.map(({ label, cells: [cell] }) => ({ label, run: cell?.run?.id, figures: cell?.metrics }));
  expect({ id: found.id, status: found.status, entries }).toMatchObject({
    id: comparison.id,
    status: comparison.status,
    entries: comparison.entries.map(({ label, run, figures }) => ({ label, run, figures })),
  });
});

test("a paused run is resumed where it was, and its whole history verifies", { timeout: PATIENCE_MS }, async () => {
  const paused = runs.find(({ status }) => status === "paused");
  const { id } = await application.runs.resumeRun(paused?.id ?? "");
  for (;;) {
    const run = await application.runs.getRun(id);
    if (run.status === "completed") break;
    expect(run.error).toBeNull();
    await sleep(20);
  }
  const { positions } = await application.runs.verifyRun(id);
  expect(positions).toBeGreaterThan(paused?.head ?? 0);
});

function isVerified({ status, scenario, policy }: ExpectedRun): boolean {
  return status === "completed" && (isLongRun || VERIFIED.has(`${scenario} under ${policy}`));
}

function pick(from: Values, names: readonly string[]): Values {
  return Object.fromEntries(names.map((each) => [each, from[each]]));
}

/** How many points, the first, the middle and the last one, and a sum that depends on their order. */
function describePoints(points: readonly number[]): number[] {
  const sum = points.reduce((total, value, index) => total + value * (index + 1), 0);
  return [points.length, points[0]!, points[points.length >> 1]!, points.at(-1)!, sum];
}

/** A digest of numbers that does not depend on how they are stored. */
function digestOf(columns: readonly ArrayLike<number>[]): string {
  const text = columns.map((column) => Array.from(column).join(",")).join(";");
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** The names on the left are those of the expected values, and stay. */
function describeMoment(machine: MachineTables): unknown {
  const { frames } = machine;
  return {
    position: machine.position,
    timeNs: machine.timeNs,
    host: {
      mapping: machine.mapping,
      mmu: machine.mmu,
      framePages: frames.count,
      freePages: frames.freePages,
      overheadPages: frames.overheadPages,
      sharedFramePages: frames.sharedFramePages,
      savedPages: machine.savedPages,
      swapPages: machine.swapPages,
      swapUsedPages: machine.swapUsedPages,
      swapBusyNs: machine.swapBusyNs,
      swapQueueNs: machine.swapQueueNs,
      memoryState: machine.memoryState,
    },
    frames: digestOf([frames.content]),
    vms: machine.vms.map((vm) => ({
      name: machine.text(vm.nameText),
      life: vm.life,
      configuredPages: vm.configuredPages,
      residentPages: vm.residentPages,
      sharedPages: vm.sharedPages,
      largePages: vm.largePages,
      swappedPages: vm.swappedPages,
      compressedPages: vm.compressedPages,
      cacheFramePages: vm.cacheFramePages,
      diskKeptPages: vm.diskKeptPages,
      swapCachePages: vm.swapCachePages,
      mappedPages: vm.mappedPages,
      kernelPages: vm.kernelPages,
      balloonTargetPages: vm.balloonTargetPages,
      balloonSizePages: vm.balloonSizePages,
      memoryLimitPages: vm.memoryLimitPages,
      endCause: vm.endCause,
      counters: withoutZeros(Object.fromEntries(COUNTERS.map((name, place) => [name, vm.counters[place]!]))),
      tables: digestOf([
        vm.realMap,
        vm.swapSlot,
        vm.swapContent,
        vm.kept,
        vm.use,
        vm.largeMap,
        vm.compressedBlocks,
        ...vm.processes.flatMap((process) => [process.pageTable, process.diskContent]),
      ]),
    })),
  };
}
