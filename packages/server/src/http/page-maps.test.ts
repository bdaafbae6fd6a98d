import type { MachineTables } from "@ballast/core/memory";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyRuns, MapReading } from "../api/page-maps/read-page-map.fixture.ts";
import { MAX_AGE_EVENTS, MAX_COMPARED_EVENTS, MAX_LEAP_EVENTS, MAX_STEPS } from "../api/page-maps/page-maps.ts";
import { FRAME_STATES, frameCell, REAL_PAGE_STATES, realPageCell } from "../history/index.ts";
import { askByGet, codesOf, send } from "../graphql/testing/graphql-client.ts";
import { openTestApi, type TestApi } from "../graphql/testing/test-api.ts";
import { WrittenRun } from "../graphql/testing/written-run.ts";
import { testScenario } from "../graphql/testing/open-application.ts";

let api: TestApi;
let run: WrittenRun;

beforeAll(async () => {
  api = await openTestApi();
  run = await WrittenRun.begin(api.application);
  await run.write(70_000, 9_000);
});
afterAll(() => api.close());

async function pages(address: string, url = api.server.url): Promise<{ readonly bytes: Buffer; readonly headers: Headers }> {
  const response = await fetch(`${url}/runs/${run.id}/pages/${address}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(response.status, bytes.toString()).toBe(200);
  return { bytes, headers: response.headers };
}

async function stateAt(position: number): Promise<MachineTables> {
  return await api.application.history.stateAt(run.logId, { position });
}

/** By the cells of whole tables, which a test of `MapHistory` compares with what they mean. */
function cellsOf(machine: MachineTables): number[][] {
  const host = Array.from({ length: machine.frames.count }, (_, frame) => frameCell(machine, frame));
  return [host, ...machine.vms.map((vm) => Array.from(vm.use, (_, page) => realPageCell(machine.frames, vm, page)))];
}

const blank = (reading: MapReading): number[][] => reading.header.spaces.map((space) => new Array<number>(space.pages).fill(0));

test("a whole map has the cells of the state, its spaces and what its numbers mean; oracle: the state's tables", async () => {
  for (const position of [1, 2, 5_000, run.position]) {
    const reading = new MapReading((await pages(`${position}`)).bytes);
    const machine = await stateAt(position);
    const { header } = reading;
    expect(header).toMatchObject({ format: 1, kind: "map", base: null, position, timeNs: machine.timeNs });
    expect(header.states).toEqual({ frames: FRAME_STATES, realPages: REAL_PAGE_STATES, ownerShift: 4 });
    const vms = machine.vms.map((vm) => ({ kind: "vm", vm: vm.vm, name: machine.text(vm.nameText), pages: vm.configuredPages }));
    const host = machine.frames.count === 0 ? [] : [{ kind: "host", vm: null, name: null, pages: machine.frames.count }];
    expect(header.spaces).toEqual([...host, ...vms]);
    expect(applyRuns(blank(reading), reading.runs)).toEqual(position === 1 ? [] : cellsOf(machine));
  }
});

test("a difference leads from one map to the other, whichever is the earlier, and far ones are whole maps; oracle: both states", async () => {
  for (const [from, to] of [
    [5_000, 5_001],
    [12_288, 4_096],
    [60_000, 3_000],
    [run.position, 4],
    [4, run.position],
  ] as const) {
    const reading = new MapReading((await pages(`${from}/to/${to}`)).bytes);
    const isFar = Math.abs(from - to) > MAX_COMPARED_EVENTS;
    expect(reading.header).toMatchObject({ base: isFar ? null : from, position: to, timeNs: (await stateAt(to)).timeNs });
    const before = isFar ? [] : cellsOf(await stateAt(from));
    const base = blank(reading).map((cells, space) => before[space] ?? cells);
    expect(applyRuns(base, reading.runs), `${from} to ${to}`).toEqual(cellsOf(await stateAt(to)));
  }
});

test("differences and steps over windows that were recorded from different moments have the right spaces; oracle: the states", async () => {
  const { server } = await api.addServer();
  await pages("65536/steps/66000", server.url);
  for (const [from, to] of [
    [66_000, 8_000],
    [65_538, 3],
    [65_538, 6],
    [9, 65_540],
  ] as const) {
    const reading = new MapReading((await pages(`${from}/to/${to}`, server.url)).bytes);
    const before = cellsOf(await stateAt(from));
    const base = blank(reading).map((cells, space) => before[space] ?? cells);
    expect(applyRuns(base, reading.runs), `${from} to ${to}`).toEqual(cellsOf(await stateAt(to)));
  }
  const steps = new MapReading((await pages("61500/steps/65540", server.url)).bytes);
  expect(steps.header.spaces.map(({ since }) => since)).toEqual([61_500, 61_500, 61_500, 61_500]);
});

test("steps lead through every event of a window, to its state and time; oracle: the states", async () => {
  const reading = new MapReading((await pages("8192/steps/12288")).bytes);
  expect(reading.header).toMatchObject({ kind: "steps", from: 8_192, to: 12_288, fromTimeNs: (await stateAt(8_192)).timeNs });
  expect(reading.header.spaces.map(({ since }) => since)).toEqual([8_192, 8_192, 8_192, 8_192]);
  let cells = cellsOf(await stateAt(8_192));
  for (const [index, { timeNs, runs }] of reading.events.entries()) {
    cells = applyRuns(cells, runs);
    if (index % 1_000 !== 0) continue;
    const machine = await stateAt(8_193 + index);
    expect(timeNs).toBe(machine.timeNs);
    expect(cells).toEqual(cellsOf(machine));
  }
  expect(cells).toEqual(cellsOf(await stateAt(12_288)));
});

test("leaps lead through a run, each to the state and time of its end; oracle: the states", async () => {
  const reading = new MapReading((await pages("8192/leaps/65536")).bytes);
  const fromTimeNs = (await stateAt(8_192)).timeNs;
  expect(reading.header).toMatchObject({ kind: "leaps", events: 8_192, from: 8_192, to: 65_536, fromTimeNs });
  let cells = cellsOf(await stateAt(8_192));
  for (const [index, { timeNs, runs }] of reading.events.entries()) {
    cells = applyRuns(cells, runs);
    const machine = await stateAt(8_192 * (index + 2));
    expect(timeNs).toBe(machine.timeNs);
    expect(cells).toEqual(cellsOf(machine));
  }
  expect(reading.events).toHaveLength(7);
  const beginning = new MapReading((await pages("0/leaps/8192")).bytes);
  expect(applyRuns(blank(beginning), beginning.runs.concat(beginning.events.flatMap(({ runs }) => runs)))).toEqual(
    cellsOf(await stateAt(8_192)),
  );
  expect(beginning.header.spaces.map(({ since }) => since! > 0)).toEqual([true, true, true, true]);
});

test("steps of a run's beginning say since when each table is there, and may begin within a window; oracle: the events", async () => {
  const reading = new MapReading((await pages("0/steps/2000")).bytes);
  const { events } = (
    await askByGet(api.server.url, `query($run: ID!) { run(id: $run) { events(first: 20) { nodes { position type } } } }`, { run: run.id })
  ).data.run as { events: { nodes: { position: string; type: string }[] } };
  const made = events.nodes.filter(({ type }) => type === "HOST_STARTED" || type === "VM_ADMITTED");
  expect(reading.header.spaces.map(({ since }) => since)).toEqual(made.map(({ position }) => Number(position)));
  const cut = new MapReading((await pages("1500/steps/4100")).bytes);
  expect(cut.events.slice(0, 500)).toEqual(reading.events.slice(1_500));
  expect(cut.events).toHaveLength(2_600);
});

test("an age is the time since the last event that names the page; oracle: the histories of the pages", async () => {
  const position = 6_000;
  const reading = new MapReading((await pages(`${position}/ages`)).bytes);
  const { timeNs } = await stateAt(position);
  expect(reading.header).toMatchObject({ kind: "ages", position, timeNs, from: 1 });
  const [host, first] = applyRuns(blank(reading), reading.runs);
  const { history } = api.application;
  const all = { to: position, first: 10_000 };
  const expected = (events: readonly { readonly timeNs: number }[]): number => {
    const age = timeNs - (events.at(-1)?.timeNs ?? Number.NaN);
    return Math.max(
      reading.header.ages!.findIndex(({ minNs, maxNs }) => minNs !== null && age >= minNs && age < (maxNs ?? Infinity)),
      0,
    );
  };
  const found = new Set<number>();
  for (let page = 0; page < 256; page += 17) {
    const [frame, real] = await Promise.all([
      history.frameHistory(run.logId, page, all),
      history.pageHistory(run.logId, 1, page % 128, all),
    ]);
    expect([host![page], first![page % 128]], `page ${page}`).toEqual([expected(frame.events), expected(real.events)]);
    found.add(host![page]!).add(first![page % 128]!);
  }
  expect(found.size).toBeGreaterThan(2);
  expect(new MapReading((await pages(`${run.position}/ages`)).bytes).header.from).toBe(run.position - MAX_AGE_EVENTS + 1);
  expect(new MapReading((await pages("0/ages")).bytes).header.spaces).toEqual([]);
});

test("answers are the same to the byte from every server, while the run goes on and after it, and may be kept for ever", async () => {
  const addresses = ["3000", "6000/to/3000", "4096/steps/5000"];
  const before = await Promise.all(addresses.map((address) => pages(address)));
  expect(before[0]?.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  await run.write(100);
  const other = await api.addServer();
  const after = await Promise.all(addresses.toReversed().map((address) => pages(address, other.server.url)));
  expect(after.toReversed().map(({ bytes }) => bytes)).toEqual(before.map(({ bytes }) => bytes));
});

test("what is no position, or too much, is refused with a code and never kept", async () => {
  const figures = await api.application.runs.startRun({ scenario: testScenario, keep: "figures" });
  for (const [address, status, code] of [
    [`${run.id}/pages/999999`, 400, "POSITION_OUT_OF_RANGE"],
    [`${run.id}/pages/-1`, 400, "INPUT_INVALID"],
    [`${run.id}/pages/1e3`, 400, "INPUT_INVALID"],
    [`${run.id}/pages/`, 400, "INPUT_INVALID"],
    [`${run.id}/pages/999999/ages`, 400, "POSITION_OUT_OF_RANGE"],
    [`${run.id}/pages/5/ages/9`, 404, "NOT_FOUND"],
    [`${run.id}/pages/5/to/999999`, 400, "POSITION_OUT_OF_RANGE"],
    [`${run.id}/pages/5/to/5`, 400, "INPUT_INVALID"],
    [`${run.id}/pages/5/to/x`, 400, "INPUT_INVALID"],
    [`${run.id}/pages/5/steps/5`, 400, "INPUT_INVALID"],
    [`${run.id}/pages/6/steps/5`, 400, "INPUT_INVALID"],
    [`${run.id}/pages/5/steps/${5 + MAX_STEPS + 1}`, 400, "INPUT_INVALID"],
    [`${run.id}/pages/0/leaps/8000`, 400, "INPUT_INVALID"],
    [`${run.id}/pages/100/leaps/8192`, 400, "INPUT_INVALID"],
    [`${run.id}/pages/8192/leaps/8192`, 400, "INPUT_INVALID"],
    [`${run.id}/pages/0/leaps/${MAX_LEAP_EVENTS + 8_192}`, 400, "INPUT_INVALID"],
    [`${run.id}/pages/65536/leaps/73728`, 400, "POSITION_OUT_OF_RANGE"],
    [`${run.id}/pages/69999/steps/73000`, 400, "POSITION_OUT_OF_RANGE"],
    [`${run.id}/pages/5/steps`, 404, "NOT_FOUND"],
    [`${run.id}/pages/5/until/9`, 404, "NOT_FOUND"],
    [`${run.id}/pages/5/to/9/more`, 404, "NOT_FOUND"],
    ["00000000-0000-4000-8000-000000000000/pages/1", 404, "RUN_NOT_FOUND"],
    ["none/pages/1", 404, "RUN_NOT_FOUND"],
    [`${figures.id}/pages/0`, 400, "EVENTS_NOT_KEPT"],
  ] as const) {
    const answer = await send(`${api.server.url}/runs/${address}`, {});
    expect([answer.status, codesOf(answer), answer.headers.get("cache-control")], address).toEqual([status, [code], null]);
  }
  const answer = await send(`${api.server.url}/runs/${run.id}/pages/5`, { method: "POST" });
  expect([answer.status, codesOf(answer)]).toEqual([405, ["METHOD_NOT_ALLOWED"]]);
});
