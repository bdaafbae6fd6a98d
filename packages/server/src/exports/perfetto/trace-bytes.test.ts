import { Readable } from "node:stream";
import { METRICS } from "@ballast/core/metrics";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readAllDecisions, readAllSeries, type SeriesMoment } from "../../projections/index.ts";
import { thrashingScenario } from "../../runs/scenarios.fixture.ts";
import { openTestBench, type TestBench } from "../../runs/test-bench.fixture.ts";
import type { RunSource } from "../event-table.ts";
import { eventTable } from "../event-table.ts";
import { importTrace } from "./perfetto-import.fixture.ts";
import { traceBytes } from "./trace-bytes.ts";
import type { TraceWindow } from "./trace-window.ts";

type Event = {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid?: number;
  readonly ts: number;
  readonly dur?: number;
  readonly id?: number;
  readonly args: Readonly<Record<string, unknown>>;
};

const SCENARIO = thrashingScenario(2_000);

let testBench: TestBench;
let source: RunSource;
let events: readonly Event[];

beforeAll(async () => {
  testBench = await openTestBench();
  testBench.startExecutor();
  const begun = await testBench.runs.startRun({ scenario: SCENARIO });
  source = { pool: testBench.pool, run: await testBench.ended(begun), signal: new AbortController().signal };
  events = await trace();
});
afterAll(() => testBench.close());

async function text(window?: TraceWindow): Promise<string> {
  return Buffer.concat((await Readable.from(traceBytes(source, window)).toArray()) as Uint8Array[]).toString();
}

async function trace(window?: TraceWindow): Promise<readonly Event[]> {
  return (JSON.parse(await text(window)) as { traceEvents: Event[] }).traceEvents;
}

/** us with ns behind the point. */
const ns = (us: number | undefined): number => Math.round((us ?? 0) * 1_000);
const slices = (row: number): Event[] => events.filter(({ ph, tid = 0 }) => ph === "X" && tid % 10 === row);
const [MEMORY_STATES, DECISIONS, EFFECTS, WAITS] = [1, 2, 3, 4] as const;

test("slices of a row follow each other, because a viewer drops one that lies across the end of another", () => {
  const byRow = Map.groupBy(
    events.filter(({ ph }) => ph === "X"),
    ({ tid }) => tid,
  );
  expect(byRow.size).toBeGreaterThan(3);
  for (const row of byRow.values()) {
    for (const [index, { ts, dur }] of row.entries()) {
      expect(ns(dur)).toBeGreaterThan(0);
      if (index > 0) expect(ns(ts)).toBeGreaterThanOrEqual(ns(row[index - 1]!.ts) + ns(row[index - 1]!.dur));
    }
  }
});

test("each decision is a slice of its VM with what it rests on; oracle: the decisions' read model", async () => {
  const expected: unknown[] = [];
  for await (const { decision, vm, position, reason, requestedPages } of readAllDecisions(source.pool, source.run.logId, source))
    expected.push({ decision, pid: vm + 1, position, reason, requestedPages });
  const shown = slices(DECISIONS).map(({ pid, args: { decision, position, reason, requestedPages } }) => ({
    decision,
    pid,
    position,
    reason,
    requestedPages,
  }));
  expect(expected.length).toBeGreaterThan(0);
  expect(shown).toEqual(expected);
});

test("a flow leads from a decision to slices that hold all events that go back to it; oracle: the table of events", async () => {
  const begins = new Map(events.filter(({ ph }) => ph === "s").map((event) => [event.id, event]));
  for (const step of events.filter(({ ph }) => ph === "t")) expect(ns(step.ts)).toBeGreaterThanOrEqual(ns(begins.get(step.id)!.ts));
  expect(events.filter(({ ph }) => ph === "t")).toHaveLength(slices(EFFECTS).length);
  const counts = slices(EFFECTS).flatMap(({ args }) =>
    Object.entries(args).filter(([name]) => name !== "decision" && name !== "firstPosition"),
  );
  const { columns, rows } = eventTable(source, {});
  const [type, decision] = ["type", "decision"].map((name) => columns.findIndex((column) => column.name === name)) as [number, number];
  let effects = 0;
  for await (const block of rows)
    effects += block.filter((row) => row[decision] !== null && !["PolicyDecided", "PolicyFigureSeen"].includes(String(row[type]))).length;
  expect(effects).toBeGreaterThan(0);
  expect(counts.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(effects);
});

test("waits add up to the time that VMs waited for the host, and memory states to the run; oracle: the series", async () => {
  const last = new Map<number, SeriesMoment>();
  for await (const moment of readAllSeries(source.pool, source.run.logId, source)) last.set(moment.vm, moment);
  const waited = slices(WAITS)
    .filter(({ name }) => name === "host fault")
    .reduce((sum, { dur }) => sum + ns(dur), 0);
  const expected = [...last.values()].filter(({ vm }) => vm > 0).reduce((sum, { values }) => sum + values[METRICS.vmPlaces.hostWaitNs]!, 0);
  expect(waited).toBe(expected);
  expect(slices(MEMORY_STATES).reduce((sum, { dur }) => sum + ns(dur), 0)).toBe(source.run.headTimeNs);
  const free = events.filter(({ ph, name }) => ph === "C" && name === "free memory");
  expect(free.at(-1)?.args).toEqual({ pages: last.get(0)!.values[METRICS.hostPlaces.freePages] });
});

function middleOfRun(): { readonly fromTimeNs: number; readonly toTimeNs: number } {
  const { headTimeNs } = source.run;
  return { fromTimeNs: Math.floor(headTimeNs / 4), toTimeNs: Math.floor(headTimeNs / 2) };
}

test("Perfetto imports the whole trace and a part of it without a problem; oracle: its importer's rules", async () => {
  const [all, part] = [importTrace(await text()), importTrace(await text(middleOfRun()))];
  for (const { problems } of [all, part]) expect(problems).toEqual([]);
  expect(all.metadata).toMatchObject({ "ballast.run": source.run.id, "ballast.digest": source.run.digest });
  expect(all.slices).toHaveLength(events.filter(({ ph }) => ph === "X").length);
  expect(all.flows).toHaveLength(slices(EFFECTS).length);
  expect(part.flows.length).toBeGreaterThan(0);
  expect(part.flows.length).toBeLessThan(all.flows.length);
  for (const { from, to } of all.flows)
    expect([from.thread, to.thread]).toEqual([expect.stringMatching("decisions"), "what decisions did"]);
  expect([...all.counters.keys()].sort()).toEqual(
    ["resident pages", "ballooned pages", "swapped pages", "faults per second"]
      .flatMap((name) => SCENARIO.vms.map((vm, index) => `VM ${index + 1}: ${vm.name}: ${name}`))
      .concat(["free memory pages", "saved by sharing pages", "swap used pages"].map((name) => `host: ${name}`))
      .sort(),
  );
});

test("a window of time has what lasts within it, and the names of all rows", async () => {
  const window = middleOfRun();
  const { fromTimeNs: from, toTimeNs: to } = window;
  const isWithin = ({ ts, dur }: Event): boolean => ns(ts) <= to && ns(ts) + ns(dur) >= from;
  const shown = await trace(window);
  const comparable = (all: readonly Event[]): Event[] => all.filter(({ ph }) => ["M", "C", "i"].includes(ph));
  expect(comparable(shown)).toEqual(comparable(events).filter((event) => event.ph === "M" || isWithin(event)));
  expect(shown.length).toBeLessThan(events.length);
  for (const event of shown.filter(({ ph }) => ph === "X")) expect(isWithin(event)).toBe(true);
});
