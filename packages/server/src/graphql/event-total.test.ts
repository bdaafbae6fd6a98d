import { CATALOGUE } from "@ballast/core/events";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventTotal } from "../api/events/event-total.ts";
import { readEvents } from "../event-store/index.ts";
import { ask, codesOf } from "./testing/graphql-client.ts";
import { openTestApi, type TestApi } from "./testing/test-api.ts";
import { WrittenRun } from "./testing/written-run.ts";

let api: TestApi;
let run: WrittenRun;
/** All events of the run, as the store has them. */
let all: Event[];

type Event = { readonly position: number; readonly code: number; readonly vm: number; readonly process: number };

const COMMIT = 700;

beforeAll(async () => {
  api = await openTestApi();
  run = await WrittenRun.begin(api.application);
  await run.write(10_000, COMMIT);
  await run.finish();
  all = [];
  for await (const batch of readEvents(api.application.pool, run.logId)) {
    for (let i = 0; i < batch.length; i++) {
      all.push({ position: batch.firstPosition + i, code: batch.types[i]!, vm: batch.vms[i]!, process: batch.processes[i]! });
    }
  }
});
afterAll(() => api.close());

type Filter = { types?: number[]; vm?: number; process?: number; fromPosition?: number; toPosition?: number };
type Direction = "ASCENDING" | "DESCENDING";

const TOTAL = `query ($run: ID!, $filter: EventFilter, $direction: SortDirection!) {
  run(id: $run) { eventTotal(filter: $filter, direction: $direction) { count countedTo isComplete marks { before position } } } }`;
const ROWS = `query ($run: ID!, $filter: EventFilter, $direction: SortDirection!, $skip: Int!) {
  run(id: $run) { events(filter: $filter, direction: $direction, skip: $skip, first: 3) { nodes { position } } } }`;

const enumName = (code: number): string =>
  (CATALOGUE.find((type) => type.code === code)?.name ?? "").replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();

function inputOf({ types, fromPosition, toPosition, ...rest }: Filter): object {
  return {
    ...rest,
    ...(types === undefined ? {} : { types: types.map(enumName) }),
    ...(fromPosition === undefined ? {} : { fromPosition: String(fromPosition) }),
    ...(toPosition === undefined ? {} : { toPosition: String(toPosition) }),
  };
}

/** The list, by looking at every event. */
function listOf({ types, vm, process, fromPosition = 1, toPosition = Infinity }: Filter, direction: Direction): number[] {
  const positions = all
    .filter((event) => event.position >= fromPosition && event.position <= toPosition)
    .filter((event) => types?.includes(event.code) ?? true)
    .filter((event) => (vm === undefined || event.vm === vm) && (process === undefined || event.process === process))
    .map(({ position }) => position);
  return direction === "ASCENDING" ? positions : positions.toReversed();
}

async function totalOf(filter: Filter, direction: Direction) {
  const { data, errors } = await ask(api.server.url, TOTAL, { run: run.id, filter: inputOf(filter), direction });
  expect(errors).toBeUndefined();
  const { count, isComplete, marks } = data.run.eventTotal as {
    count: string;
    isComplete: boolean;
    marks: { before: string; position: string }[];
  };
  return {
    count: Number(count),
    isComplete,
    marks: marks.map((mark) => ({ before: Number(mark.before), position: Number(mark.position) })),
  };
}

async function rowsFrom(filter: Filter, direction: Direction, skip: number): Promise<number[]> {
  const { data, errors } = await ask(api.server.url, ROWS, { run: run.id, filter: inputOf(filter), direction, skip });
  expect(errors).toBeUndefined();
  return data.run.events.nodes.map(({ position }: { position: string }) => Number(position));
}

const CODES = CATALOGUE.map(({ code }) => code);
const positions = fc.integer({ min: 1, max: 10_000 });
const filters: fc.Arbitrary<Filter> = fc.record(
  {
    types: fc.shuffledSubarray(CODES, { maxLength: 12 }),
    vm: fc.integer({ min: 0, max: 3 }),
    process: fc.integer({ min: 1, max: 2 }),
    fromPosition: positions,
    toPosition: positions,
  },
  { requiredKeys: [] },
);

describe("the total of a list of events", () => {
  it("is the number of its events, and from its marks every row is reached, whatever the filter and the direction", async () => {
    await fc.assert(
      fc.asyncProperty(filters, fc.constantFrom<Direction>("ASCENDING", "DESCENDING"), fc.nat(), async (filter, direction, place) => {
        const expected = listOf(filter, direction);
        const { count, isComplete, marks } = await totalOf(filter, direction);
        expect({ count, isComplete }).toEqual({ count: expected.length, isComplete: true });
        if (expected.length === 0) return;
        const row = place % expected.length;
        const { before, position } = marks.findLast((mark) => mark.before <= row)!;
        const bound = direction === "ASCENDING" ? { fromPosition: position } : { toPosition: position };
        expect(await rowsFrom({ ...filter, ...bound }, direction, row - before)).toEqual(expected.slice(row, row + 3));
      }),
      { numRuns: 12 },
    );
  });

  it("is counted in several answers, each of which continues the one before", async () => {
    const { pool, runs } = api.application;
    const found = await runs.getRun(run.id);
    const signal = new AbortController().signal;
    for (const direction of ["ascending", "descending"] as const) {
      const expected = listOf({ vm: 2, fromPosition: 50 }, direction === "ascending" ? "ASCENDING" : "DESCENDING");
      const bounds = { fromPosition: 50, toPosition: all.length };
      let [count, answers] = [0, 0];
      for (let isComplete = false; !isComplete; answers++) {
        const total = await eventTotal(found, { vm: 2, ...bounds }, { direction, examined: 2_048 }, { pool, signal });
        for (const { before, position } of total.marks) {
          // Oracle: the whole list.
          const next = expected.findIndex((each) => (direction === "ascending" ? each >= position : each <= position));
          expect(next === -1 ? expected.length : next).toBe(count + before);
        }
        count += total.count;
        isComplete = total.isComplete;
        if (direction === "ascending") bounds.fromPosition = total.countedTo + 1;
        else bounds.toPosition = total.countedTo - 1;
      }
      expect(count).toBe(expected.length);
      expect(answers).toBeGreaterThan(3);
    }
  });

  it("has a mark for each two thousand events, so that no row is far from one", async () => {
    const { marks } = await totalOf({}, "DESCENDING");
    expect(marks.length).toBeGreaterThan(4);
    const gaps = marks.slice(1).map(({ before }, index) => before - marks[index]!.before);
    expect(Math.max(...gaps)).toBeLessThan(2_000 + COMMIT + 64);
  });

  it("of a page's history is the length of that history", async () => {
    const query = `query ($run: ID!) { run(id: $run) {
      eventTotal(filter: { physicalPage: 40 }) { count }
      frameHistory(physicalPage: 40, first: 1000) { nodes { position } pageInfo { hasNextPage } } } }`;
    const { data } = await ask(api.server.url, query, { run: run.id });
    expect(data.run.frameHistory.pageInfo.hasNextPage).toBe(false);
    expect(Number(data.run.eventTotal.count)).toBe(data.run.frameHistory.nodes.length);
    expect(data.run.frameHistory.nodes.length).toBeGreaterThan(10);
  });

  it("is known without reading an event, where headers of commits have it", async () => {
    const damaged = await WrittenRun.begin(api.application);
    await damaged.write(2_000, 500);
    await damaged.finish();
    await api.application.pool.query("update commits set d_base = d_base + 1 where run_id = $1", [damaged.logId]);
    const totalBy = async (filter: object) => await ask(api.server.url, TOTAL, { run: damaged.id, filter, direction: "ASCENDING" });
    expect((await totalBy({})).data.run.eventTotal).toMatchObject({ count: String(damaged.position), isComplete: true });
    expect(codesOf(await totalBy({ vm: 1 }))).toEqual(["HISTORY_DAMAGED"]);
  });

  it("is asked for nearer, where too many events would be left out", async () => {
    const answer = await ask(api.server.url, ROWS, { run: run.id, filter: {}, direction: "ASCENDING", skip: 1_000_000 });
    expect(codesOf(answer)).toEqual(["INPUT_INVALID"]);
    expect(answer.errors?.[0]?.message).toContain("eventTotal");
  });
});
