import { vmId } from "@ballast/core/ids";
import { createKernel, type Kernel } from "@ballast/core/kernel";
import { kernelInput, policyOf, references, smallHost, smallScenario, smallVm } from "@ballast/core/testing";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Pool } from "../database/index.ts";
import { DigestChain, prepareCommit, RunWriter } from "../event-store/index.ts";
import { projectRun, readDecisions } from "../projections/index.ts";
import { RunTexts } from "../history/index.ts";
import { cutBatch } from "../runs/worker/cut-batch.ts";
import { testScenario } from "./testing/open-application.ts";
import { ask, codesOf } from "./testing/graphql-client.ts";
import { openTestApi, type TestApi } from "./testing/test-api.ts";

const EVENTS = 3_000;

let api: TestApi;
let run: string;
let logId: number;
/** The same events in commits that are cut anywhere. */
let cutRun: string;

/** Two VMs take turns with more pages than there are frames; each shortage takes a page of the other. */
function createRun(): Kernel {
  const pages = Array.from({ length: 400 }, (_, access) => `w${access % 4}`).join(" ");
  const scenario = smallScenario(smallHost(4), [smallVm("first", 4, references(pages)), smallVm("second", 4, references(pages))]);
  const steal = policyOf(
    ({ cause, vms }) => {
      const [most] = vms.toSorted((left, right) => right.residentPages - left.residentPages);
      if (cause !== "shortage" || most === undefined) return [];
      const figures = { residentPages: most.residentPages };
      return [{ kind: "StealPages", vm: vmId(most.vm), take: { count: 1, order: "random" }, reason: "no frame is free", figures }];
    },
    { requires: ["steal"], periodNs: () => 0 },
  );
  return createKernel(kernelInput(scenario, steal));
}

/** Stores the first events of a run in commits of whole operations, or cut into some of a number of events. */
async function store(pool: Pool, { of, events, cutAt = Infinity }: { of: number; events: number; cutAt?: number }): Promise<void> {
  const [kernel, chain] = [createRun(), new DigestChain()];
  const writer = new RunWriter(pool, of, { owner: null, epoch: 0 });
  while (chain.lastPosition < events && kernel.advance(200, Infinity) === "running") {
    const batch = kernel.takeBatch();
    for (let from = 0; from < batch.length; from += cutAt) {
      const part = cutBatch(batch, from, Math.min(batch.length, from + cutAt), chain.textCount, kernel.machine.texts);
      await writer.append(prepareCommit(part, chain));
    }
  }
  writer.close();
}

beforeAll(async () => {
  api = await openTestApi();
  const { pool, runs } = api.application;
  ({ id: run, logId } = await runs.startRun({ scenario: testScenario }));
  // Commits of a few hundred events, so that chains cross them.
  await store(pool, { of: logId, events: EVENTS });
  const cut = await runs.startRun({ scenario: testScenario });
  cutRun = cut.id;
  await store(pool, { of: cut.logId, events: 70, cutAt: 4 });
  await pool.query("update runs set status = 'completed' where id in ($1, $2)", [logId, cut.logId]);
  await projectRun(pool, new RunTexts(pool), logId);
});
afterAll(() => api.close());

type Cause = { readonly relation: string; readonly event: { readonly position: string; readonly type: string } | null };

const QUERY = `query ($run: ID!, $filter: EventFilter, $first: Int!) { run(id: $run) { events(filter: $filter, first: $first) {
  nodes { position decision decided { decision reason figures { figure value } } causes { relation event { position type } } } } } }`;

test("a stolen page goes back to the decision, the shortage, and the access of the VM that needed a frame", async () => {
  const { data, errors } = await ask(api.server.url, QUERY, { run, filter: { types: ["PAGE_STOLEN"] }, first: 1 });
  expect(errors).toBeUndefined();
  const [stolen] = data.run.events.nodes as { decision: number; decided: unknown; causes: Cause[] }[];
  // Oracle: the scenario, whose policy decides at shortages alone.
  expect(stolen!.decided).toEqual({
    decision: stolen!.decision,
    reason: "no frame is free",
    figures: [{ figure: "residentPages", value: expect.any(Number) as number }],
  });
  const types = stolen!.causes.map(({ event }) => event?.type);
  expect(types).toEqual(["POLICY_DECIDED", "FRAME_SHORTAGE", "HOST_FAULTED", "TRAPPED", "PAGE_MAPPED", "PAGE_MISSED", undefined]);
  expect(stolen!.causes.at(-1)).toEqual({ relation: "A process made an access.", event: null });
});

test("causes are before their effects all the way, and decisions are those of the list; oracle: the list of decisions", async () => {
  const { data, errors } = await ask(api.server.url, QUERY, { run, filter: {}, first: 100 });
  expect(errors).toBeUndefined();
  const decisions = new Map((await readDecisions(api.application.pool, logId, { first: 1000 })).map((row) => [row.decision, row]));
  let decided = 0;
  for (const event of data.run.events.nodes as { position: string; decision: number | null; decided: object; causes: Cause[] }[]) {
    const positions = [event.position, ...event.causes.flatMap(({ event: cause }) => cause?.position ?? [])].map(Number);
    expect(positions).toEqual([...new Set(positions)].toSorted((left, right) => right - left));
    const row = decisions.get(event.decision ?? 0);
    if (row === undefined) expect(event.decided).toBeNull();
    else expect(event.decided).toMatchObject({ decision: row.decision, reason: row.reason });
    decided += row === undefined ? 0 : 1;
  }
  expect(decided).toBeGreaterThan(10);
});

test("where commits are cut makes no difference; oracle: the same run in commits of whole operations", async () => {
  const chains = `query ($run: ID!) { run(id: $run) { events(first: 60) { nodes { position causes { relation event { position } } } } } }`;
  const [whole, cut] = [await ask(api.server.url, chains, { run }), await ask(api.server.url, chains, { run: cutRun })];
  expect(cut.errors).toBeUndefined();
  expect(cut.data).toEqual(whole.data);
});

test("the decisions of a hundred events are read together", async () => {
  const { pool } = api.application;
  const snapshots = vi.spyOn(pool, "connect");
  const list = (decided: string): string => `query ($run: ID!) { run(id: $run) { events(first: 100) { nodes { decision ${decided} } } } }`;
  await ask(api.server.url, list(""), { run });
  const without = snapshots.mock.calls.length;
  await ask(api.server.url, list("decided { reason }"), { run });
  const withDecisions = snapshots.mock.calls.length - without;
  snapshots.mockRestore();
  // One read is of the run's head, and of a transaction with its rows.
  expect(withDecisions - without).toBeLessThanOrEqual(3);
});

test("one decision is found by its number; of one that was never made there is nothing", async () => {
  const query = `query ($run: ID!) { run(id: $run) { one: decision(decision: 2) { decision kind } none: decision(decision: 100000) { kind } } }`;
  const { data } = await ask(api.server.url, query, { run });
  expect(data.run).toEqual({ one: { decision: 2, kind: "STEAL_PAGES" }, none: null });
});

test("who got a frame after it was taken is the next mapping behind that position, and the events before it come newest first", async () => {
  const query = `query ($run: ID!, $frame: Int!, $p: BigInt!) { run(id: $run) {
    taken: events(first: 1, filter: { types: [FRAME_UNMAPPED] }) { nodes { position fields { name value } } }
    later: frameHistory(physicalPage: $frame, fromPosition: $p, first: 3) { nodes { position type vm } }
    earlier: frameHistory(physicalPage: $frame, toPosition: $p, direction: DESCENDING, first: 2) { nodes { position type } pageInfo { hasNextPage endCursor } }
  } }`;
  const first = await ask(api.server.url, query, { run, frame: 0, p: "1" });
  const [taken] = first.data.run.taken.nodes as { position: string; fields: { name: string; value: string }[] }[];
  const frame = Number(taken!.fields.find(({ name }) => name === "physicalPage")!.value);
  const { data, errors } = await ask(api.server.url, query, { run, frame, p: taken!.position });
  expect(errors).toBeUndefined();
  // Oracle: the kernel's order; a frame is taken, zeroed for its next owner, and mapped.
  expect((data.run.later.nodes as { type: string }[]).map(({ type }) => type)).toEqual(["FRAME_UNMAPPED", "FRAME_ZEROED", "FRAME_MAPPED"]);
  expect((data.run.earlier.nodes as { type: string }[]).map(({ type }) => type)).toEqual(["FRAME_UNMAPPED", "PAGE_SWAPPED_OUT"]);
  expect(data.run.earlier.pageInfo.hasNextPage).toBe(true);
  const more = `query ($run: ID!, $frame: Int!, $after: String!) { run(id: $run) {
    frameHistory(physicalPage: $frame, direction: DESCENDING, after: $after, first: 2) { nodes { type } } } }`;
  const next = await ask(api.server.url, more, { run, frame, after: data.run.earlier.pageInfo.endCursor as string });
  expect((next.data.run.frameHistory.nodes as { type: string }[]).map(({ type }) => type)).toEqual(["PAGE_STOLEN", "FRAME_MAPPED"]);
});

test("more causes than the limit are refused, and a chain ends at the number asked for", async () => {
  const causes = (max: number): string =>
    `query ($run: ID!) { run(id: $run) { events(first: 1, filter: { types: [PAGE_STOLEN] }) { nodes { causes(max: ${max}) { relation } } } } }`;
  expect(codesOf(await ask(api.server.url, causes(65), { run }))).toEqual(["LIST_TOO_LARGE"]);
  const { data } = await ask(api.server.url, causes(2), { run });
  expect(data.run.events.nodes[0].causes).toHaveLength(2);
});
