import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { ask, codesOf } from "./testing/graphql-client.ts";
import { openTestApi, type TestApi } from "./testing/test-api.ts";
import { WrittenRun } from "./testing/written-run.ts";

let api: TestApi;
let run: WrittenRun;

beforeAll(async () => {
  api = await openTestApi();
  run = await WrittenRun.begin(api.application);
  await run.write(20_000, 4_096);
});
afterAll(() => api.close());

const HOST = `position timeNs host { framePages freePages overheadPages swapUsedPages memoryState }
  vms { vm name residentPages swappedPages balloonSizePages counters { guestMinorFaults } }`;

test("a moment is the state that the events up to its position make", async () => {
  const { data, errors } = await ask(api.server.url, `query($run: ID!) { run(id: $run) { at { ${HOST} } } }`, {
    run: run.id,
  });
  expect(errors).toBeUndefined();
  // Oracle: the tables of the writer, which applied the same events itself.
  const { frames, vms, timeNs, position } = run.history.machine;
  expect(data.run.at).toMatchObject({
    position: String(position),
    timeNs: String(timeNs),
    host: { framePages: frames.count, freePages: frames.freePages, overheadPages: frames.overheadPages },
    vms: vms.map((vm) => ({
      vm: vm.vm,
      name: `vm-${vm.vm}`,
      residentPages: vm.residentPages,
      swappedPages: vm.swappedPages,
    })),
  });
});

test("tables are read by fields of tables alone, in parts where parts answer; the outline is that of the tables; oracle: both ways of asking", async () => {
  const { history } = api.application;
  const [leases, parts] = [vi.spyOn(history, "leaseState"), vi.spyOn(history, "entriesAt")];
  const ofFacts = `counters { accesses } host { largePageCoverage overcommitment configuredPages }
    vms { processes { process name mappedPages isFinished } } vm(vm: 1) { life largePageCoverage }`;
  const at = `at(at: { position: 12345 })`;
  const cheap = await ask(api.server.url, RUN(`${at} { ${HOST} ${ofFacts} }`), { run: run.id });
  expect(cheap.errors).toBeUndefined();
  expect([leases.mock.calls, parts.mock.calls]).toEqual([[], []]);
  const manyPages = Array.from({ length: 20 }, (_, page) => `page${page}: realPage(vm: 1, realPage: ${page}) { use }`).join(" ");
  const countOfVms = run.history.machine.vms.length;
  for (const [field, leased, read] of [
    ["frames(first: 1) { edges { node { physicalPage owner } } }", 0, 1],
    ["memoryMap(maxCells: 10) { cells }", 0, 1],
    ["frame(physicalPage: 30) { vm }", 0, 1],
    ["realPage(vm: 1, realPage: 3) { use }", 0, 1],
    ["vms { realMapTable(first: 1) { edges { node { realPage } } } }", 0, countOfVms],
    ["vm(vm: 2) { process(process: 1) { pageTable(first: 1) { edges { node { virtualPage } } } } }", 0, 1],
    ["translate(vm: 1, process: 1, virtualPage: 0) { outcome }", 0, expect.any(Number)],
    ["frames(first: 1, vm: 1) { edges { node { physicalPage } } }", 1, 0],
    ["sharers(physicalPage: 30) { realPage }", 1, 0],
    // After a few parts the whole is as quick.
    [manyPages, 1, 4],
  ] as const) {
    leases.mockClear();
    parts.mockClear();
    const { data, errors } = await ask(api.server.url, RUN(`${at} { ${HOST} ${ofFacts} } again: ${at} { ${field} }`), { run: run.id });
    expect([field, errors, leases.mock.calls.length, parts.mock.calls.length]).toEqual([field, undefined, leased, read]);
    expect(data.run.at).toEqual(cheap.data.run.at);
  }
  leases.mockRestore();
  parts.mockRestore();
});

test("a position past the end or below zero, and a time after the head, say what there is", async () => {
  const query = "query($run: ID!, $at: At!) { run(id: $run) { at(at: $at) { position } } }";
  for (const at of [{ position: run.position + 1 }, { position: -1 }, { timeNs: "9007199254740991" }]) {
    const answer = await ask(api.server.url, query, { run: run.id, at });
    expect(codesOf(answer)).toEqual(["POSITION_OUT_OF_RANGE"]);
    expect(answer.errors?.[0]?.message).toMatch(/history goes from 0 to \d+/);
  }
});

const RUN = (fields: string): string => `query($run: ID!) { run(id: $run) { ${fields} } }`;

test("every moment answers with the event that led to it, and the time of that event", async () => {
  const { data } = await ask(
    api.server.url,
    RUN("at(at: { position: 7777 }) { position timeNs event { position timeNs text fields { name shown } } }"),
    { run: run.id },
  );
  expect(data.run.at).toMatchObject({ position: "7777", event: { position: "7777", timeNs: data.run.at.timeNs } });
  // A moment given by its time ends with the last event of that time.
  const byTime = await ask(api.server.url, RUN(`at(at: { timeNs: "${data.run.at.timeNs}" }) { position timeNs }`), {
    run: run.id,
  });
  expect(Number(byTime.data.run.at.position)).toBeGreaterThanOrEqual(7777);
  expect(byTime.data.run.at.timeNs).toBe(data.run.at.timeNs);
});

test("tables are read page by page, and the pages together are the table", async () => {
  const { vms } = run.history.machine;
  const query = `query($run: ID!, $after: String) { run(id: $run) { at { vm(vm: 2) { realMapTable(first: 17, after: $after, residentOnly: true) {
    nodes { realPage physicalPage } pageInfo { hasNextPage endCursor } } } } } }`;
  const found: number[][] = [];
  for (let after: string | null = null; ;) {
    const { data } = await ask(api.server.url, query, { run: run.id, after });
    const page = data.run.at.vm.realMapTable;
    found.push(...page.nodes.map((node: { realPage: number; physicalPage: number }) => [node.realPage, node.physicalPage]));
    if (page.pageInfo.hasNextPage !== true) break;
    after = page.pageInfo.endCursor as string;
  }
  // Oracle: the writer's own table.
  const expected = [...(vms[1]?.realMap ?? [])].flatMap((frame, page) => (frame < 0 ? [] : [[page, frame]]));
  expect(found).toEqual(expected);
  expect(expected.length).toBeGreaterThan(17);
});

test("a shared frame tells how many pages it backs, and which; a VM's frames are its own and those it shares", async () => {
  const { vms, frames, savedPages } = run.history.machine;
  const shared = frames.sharers.findIndex((sharers) => sharers > 1);
  const { data, errors } = await ask(
    api.server.url,
    RUN(`at {
      host { sharedFramePages savedPages } vms { sharedPages }
      frame(physicalPage: ${shared}) { owner vm realPage sharers }
      sharers(physicalPage: ${shared}) { vm realPage physicalPage isShared description }
      frames(first: 1000, vm: 2) { nodes { physicalPage } }
    }`),
    { run: run.id },
  );
  expect(errors).toBeUndefined();
  // Oracle: the writer's real map tables, looked through page by page.
  const sharers = vms.flatMap((vm) => [...vm.realMap.keys()].filter((page) => vm.realMap[page] === shared).map((page) => [vm.vm, page]));
  const { host, frame, sharers: told, frames: ofVm } = data.run.at;
  expect(host).toEqual({ sharedFramePages: frames.sharedFramePages, savedPages });
  expect(data.run.at.vms).toEqual(vms.map(({ sharedPages }) => ({ sharedPages })));
  expect(frame).toEqual({ owner: "SHARED", vm: null, realPage: null, sharers: sharers.length });
  expect(told.map(({ vm, realPage }: { vm: number; realPage: number }) => [vm, realPage])).toEqual(sharers);
  expect(told[0]).toMatchObject({ physicalPage: shared, isShared: true });
  expect(told[0].description).toContain(`which is shared and backs ${sharers.length} in all`);
  const expected = [...new Set([...(vms[1]?.realMap ?? [])].filter((physical) => physical >= 0))].sort((one, two) => one - two);
  expect(ofVm.nodes.map(({ physicalPage }: { physicalPage: number }) => physicalPage)).toEqual(expected);
});

test("events are found by type, family, VM, process, page and time, and every page of them in order", async () => {
  const all = await ask(
    api.server.url,
    RUN("events(first: 1000) { nodes { position type family vm process timeNs fields { name value } } }"),
    { run: run.id },
  );
  type Node = {
    position: string;
    type: string;
    family: string;
    vm: number | null;
    process: number | null;
    timeNs: string;
    fields: { name: string; value: string }[];
  };
  const events = all.data.run.events.nodes as Node[];
  const late = events[500]?.timeNs ?? "0";
  const cases: [string, (event: Node) => boolean][] = [
    ["types: [PAGE_MAPPED, FRAME_MAPPED]", ({ type }) => type === "PAGE_MAPPED" || type === "FRAME_MAPPED"],
    ["types: [PAGE_MAPPED, PAGE_MAPPED]", ({ type }) => type === "PAGE_MAPPED"],
    ["families: [MAPPING, MAPPING]", ({ family }) => family === "MAPPING"],
    ["families: [MAPPING]", ({ family }) => family === "MAPPING"],
    ["families: [MAPPING], types: [PAGE_MISSED]", ({ type }) => type === "PAGE_MISSED"],
    ["vm: 2", ({ vm }) => vm === 2],
    ["vm: 0", ({ vm }) => vm === null],
    ["vm: 1, process: 2", ({ vm, process }) => vm === 1 && process === 2],
    ["fromPosition: 30, toPosition: 40", ({ position }) => Number(position) >= 30 && Number(position) <= 40],
    [`fromTimeNs: "${late}"`, ({ timeNs }) => Number(timeNs) >= Number(late)],
    [`toTimeNs: "${late}"`, ({ timeNs }) => Number(timeNs) <= Number(late)],
  ];
  for (const [filter, keep] of cases) {
    const bounded = filter.includes("Position") ? filter : `${filter}, toPosition: 1000`;
    const { data, errors } = await ask(api.server.url, RUN(`events(first: 1000, filter: { ${bounded} }) { nodes { position } }`), {
      run: run.id,
    });
    expect(errors, filter).toBeUndefined();
    const expected = events.filter(keep).map(({ position }) => position);
    expect(
      data.run.events.nodes.map(({ position }: Node) => position),
      filter,
    ).toEqual(expected);
    expect(expected.length, filter).toBeGreaterThan(0);
  }
  const none = await ask(
    api.server.url,
    RUN("types: events(filter: { types: [] }) { nodes { position } } families: events(filter: { families: [] }) { nodes { position } }"),
    { run: run.id },
  );
  expect(none.data.run).toEqual({ types: { nodes: [] }, families: { nodes: [] } });
  const pageless = await ask(api.server.url, RUN("events(filter: { realPage: 3 }) { nodes { position } }"), {
    run: run.id,
  });
  expect(codesOf(pageless)).toEqual(["INPUT_INVALID"]);
});

test("the history of a page or frame that cannot be is refused: they begin at 0, VMs at 1", async () => {
  const fields = [
    "pageHistory(vm: 1, realPage: -1)",
    "pageHistory(vm: 0, realPage: 1)",
    "frameHistory(physicalPage: -5)",
    "virtualPageHistory(vm: 1, process: 0, virtualPage: 1)",
    "virtualPageHistory(vm: 1, process: 1, virtualPage: -1)",
  ];
  for (const field of fields) {
    const answer = await ask(api.server.url, RUN(`${field} { nodes { position } }`), { run: run.id });
    expect(codesOf(answer)).toEqual(["INPUT_INVALID"]);
  }
});

test("the history of a page is what the filter by that page finds", async () => {
  const fields =
    "pageHistory(vm: 1, realPage: 20, first: 1000) { nodes { position } } events(first: 1000, filter: { vm: 1, realPage: 20 }) { nodes { position } }";
  const { data } = await ask(api.server.url, RUN(fields), { run: run.id });
  expect(data.run.pageHistory.nodes.length).toBeGreaterThan(3);
  expect(data.run.pageHistory.nodes).toEqual(data.run.events.nodes);
  const frames = await ask(
    api.server.url,
    RUN(
      "frameHistory(physicalPage: 100, first: 1000) { nodes { position } } events(first: 1000, filter: { physicalPage: 100 }) { nodes { position } }",
    ),
    { run: run.id },
  );
  expect(frames.data.run.frameHistory.nodes.length).toBeGreaterThan(3);
  expect(frames.data.run.frameHistory.nodes).toEqual(frames.data.run.events.nodes);
  const page = "vm: 1, process: 1, virtualPage: 20";
  const both = `virtualPageHistory(${page}, first: 1000) { nodes { position } } events(first: 1000, filter: { ${page} }) { nodes { position } }`;
  const virtual = await ask(api.server.url, RUN(both), { run: run.id });
  expect(virtual.data.run.virtualPageHistory.nodes.length).toBeGreaterThan(3);
  expect(virtual.data.run.virtualPageHistory.nodes).toEqual(virtual.data.run.events.nodes);
});

test("the difference of two moments is what the moments say differently", async () => {
  const fields = `diff(from: { position: 5000 }, to: { position: 9000 }, first: 1000) { from { position } to { position } metrics { vm metric before after } changedFrames }
    a: at(at: { position: 5000 }) { host { freePages } vms { vm residentPages } } b: at(at: { position: 9000 }) { host { freePages } vms { vm residentPages } }`;
  const { data, errors } = await ask(api.server.url, RUN(fields), { run: run.id });
  expect(errors).toBeUndefined();
  type Vm = { vm: number; residentPages: number };
  const [before, after] = [data.run.a.vms as Vm[], data.run.b.vms as Vm[]];
  const expected = before.flatMap(({ vm, residentPages }, index) => {
    const then = after[index]?.residentPages ?? 0;
    return residentPages === then ? [] : [{ vm, metric: "residentPages", before: String(residentPages), after: String(then) }];
  });
  const found = (data.run.diff.metrics as { metric: string }[]).filter(({ metric }) => metric === "residentPages");
  expect(found).toEqual(expected);
  expect(data.run.diff.changedFrames).toBeGreaterThan(0);
});

test("the latest events come first where that is asked for, page by page; oracle: the same list from the beginning", async () => {
  const list = `query ($run: ID!, $filter: EventFilter, $direction: SortDirection!, $after: String, $first: Int!) { run(id: $run) {
    events(filter: $filter, direction: $direction, after: $after, first: $first) { nodes { position } pageInfo { hasNextPage endCursor } } } }`;
  for (const filter of [
    { toPosition: "19000", fromPosition: "18800" },
    { types: ["PAGE_STOLEN"], toPosition: "15000" },
    { vm: 2, types: ["FRAME_UNMAPPED"], toPosition: "4000" },
  ]) {
    const forward = await ask(api.server.url, list, { run: run.id, filter, direction: "ASCENDING", first: 1000 });
    const expected = (forward.data.run.events.nodes as { position: string }[]).map(({ position }) => position);
    const found: string[] = [];
    for (let after: string | null = null; ;) {
      const { data } = await ask(api.server.url, list, { run: run.id, filter, direction: "DESCENDING", after, first: 60 });
      found.push(...(data.run.events.nodes as { position: string }[]).map(({ position }) => position));
      if (data.run.events.pageInfo.hasNextPage === false) break;
      after = data.run.events.pageInfo.endCursor as string;
    }
    expect(found.length).toBeGreaterThan(3);
    expect(found).toEqual(expected.toReversed());
  }
});

test("series, summary and decisions come from the projections, and are the same after they were made again", async () => {
  const fields = `series(metric: RESIDENT_PAGES, vm: 1, points: 50) { points { timeNs value } packed } summary { position events { type count } vms { vm name } }
    decisions(first: 20) { nodes { decision position reason requestedPages figures { figure value } } }`;
  const rebuild =
    "mutation($run: ID!) { rebuildProjections(input: { run: $run }) { ... on RebuildProjectionsPayload { runCount } ... on Error { message } } }";
  expect((await ask(api.server.url, rebuild, { run: run.id })).data.rebuildProjections).toEqual({ runCount: 1 });
  const { data, errors } = await ask(api.server.url, RUN(fields), { run: run.id });
  expect(errors).toBeUndefined();
  const { summary, series, decisions } = data.run;
  const counted = (summary.events as { count: string }[]).reduce((sum, { count }) => sum + Number(count), 0);
  expect([summary.position, counted]).toEqual([String(run.position), run.position]);
  expect(series.points.at(-1).value).toBe(run.history.machine.vm(1).residentPages);
  const bytes = Buffer.from(series.packed as string, "base64");
  const last = series.points.length - 1;
  expect([bytes.readDoubleLE(last * 8), bytes.readDoubleLE((2 * last + 1) * 8)]).toEqual([
    Number(series.points[last].timeNs),
    series.points[last].value,
  ]);
  expect(decisions.nodes.length).toBeGreaterThan(0);
  await ask(api.server.url, rebuild, { run: run.id });
  expect((await ask(api.server.url, RUN(fields), { run: run.id })).data).toEqual(data);
});

test("atLeastPosition waits for what is being written, and says when it never comes", async () => {
  const going = await WrittenRun.begin(api.application);
  await going.write(100);
  const asked = ask(api.server.url, "query($run: ID!) { run(id: $run, atLeastPosition: 300) { headPosition } }", {
    run: going.id,
  });
  await going.write(300);
  expect(Number((await asked).data.run.headPosition)).toBeGreaterThanOrEqual(300);
  await going.finish();
  const never = await ask(api.server.url, "query($run: ID!) { run(id: $run, atLeastPosition: 99999) { headPosition } }", { run: going.id });
  expect(codesOf(never)).toEqual(["POSITION_OUT_OF_RANGE"]);
});

test("a scenario tells where its memory states begin; oracle: its own fractions of its frames, and soft's for high, which has none", async () => {
  const query = `query($run: ID!) { run(id: $run) { scenario { framePages json memoryMarks { state freePages } } } }`;
  const { data } = await ask(api.server.url, query, { run: run.id });
  const { framePages, json, memoryMarks } = data.run.scenario;
  expect(json.host.memoryStates).toEqual({ soft: 0.04, hard: 0.02, low: 0.01 });
  const parts = { HIGH: 0.04, SOFT: 0.04, HARD: 0.02, LOW: 0.01 };
  const expected = Object.entries(parts).map(([state, part]) => ({ state, freePages: expect.closeTo(part * framePages, 6) }));
  expect(memoryMarks).toEqual(expected);
});
