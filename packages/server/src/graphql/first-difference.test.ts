import { EventCode, type EventBatch, type KnownEvents, viewEvent } from "@ballast/core/events";
import { vmId } from "@ballast/core/ids";
import { createKernel } from "@ballast/core/kernel";
import type { Observation, Policy } from "@ballast/core/policy";
import { kernelInput, policyOf, quietPolicy, references, smallHost, smallScenario, smallVm } from "@ballast/core/testing";
import type { PoolClient } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventJson } from "../api/events/event-json.ts";
import { DigestChain, prepareCommit, RunWriter } from "../event-store/index.ts";
import { cutBatch } from "../runs/worker/cut-batch.ts";
import { testScenario } from "./testing/open-application.ts";
import { ask, codesOf } from "./testing/graphql-client.ts";
import { openTestApi, type TestApi } from "./testing/test-api.ts";

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const PAGES = Array.from({ length: 120 }, (_, access) => `w${access % 6}`).join(" ");
const SCENARIO = smallScenario(smallHost(16), [smallVm("first", 6, references(PAGES)), smallVm("second", 6, references(PAGES))]);

/** Steals at some calls of the policy, and reports what it sees at all of them. */
function stealing(calls: readonly number[], reason: string): Policy {
  let call = 0;
  const decide = ({ vms }: Observation): ReturnType<ReturnType<Policy["create"]>["decide"]> => {
    call++;
    const figures = { residentPages: vms[0]?.residentPages ?? 0 };
    const count = calls.includes(call) ? 1 : 0;
    return [{ kind: "StealPages", vm: vmId(1), take: { count, order: "random" }, reason, figures }];
  };
  return policyOf(decide, { requires: ["steal"], periodNs: () => 5_000 });
}

type Stored = { readonly id: string; readonly lines: readonly string[]; readonly types: readonly number[] };

const POLICYS_OWN: ReadonlySet<number> = new Set([
  EventCode.RunStarted,
  EventCode.PolicyDecided,
  EventCode.PolicyFigureSeen,
  EventCode.DecisionClamped,
]);

/** A run under a policy, in small commits; and its events as lines, those that are not compared left empty. */
async function store(policy: Policy, commitEvents: number): Promise<Stored> {
  const { pool, runs } = api.application;
  const { id, logId } = await runs.startRun({ scenario: testScenario });
  const kernel = createKernel({ ...kernelInput(SCENARIO, policy), checkContents: false });
  const writer = new RunWriter(pool, logId, { owner: null, epoch: 0 });
  const chain = new DigestChain();
  const [lines, types]: [string[], number[]] = [[], []];
  const keep = async (batch: KnownEvents): Promise<void> => {
    for (let i = 0; i < batch.length; i++) {
      const {
        position: _position,
        decision: _decision,
        ...rest
      } = eventJson(viewEvent(batch, i, (text) => kernel.machine.text(text))) as Record<string, unknown>;
      types.push(batch.types[i]!);
      lines.push(POLICYS_OWN.has(batch.types[i]!) ? "" : JSON.stringify(rest));
    }
    for (let from = 0; from < batch.length; from += commitEvents) {
      const part: EventBatch = cutBatch(batch, from, Math.min(batch.length, from + commitEvents), chain.textCount, kernel.machine.texts);
      await writer.append(prepareCommit(part, chain));
    }
  };
  while (kernel.advance(500, Infinity) === "running") await keep(kernel.takeBatch());
  await keep(kernel.takeBatch());
  writer.close();
  await pool.query("update runs set status = 'completed' where id = $1", [logId]);
  return { id, lines, types };
}

/** Positions of the first events that differ, worked out over whole lists. */
function differenceOf(runs: readonly Stored[]): number[] | null {
  const compared = runs.map(({ lines }) => lines.flatMap((line, index) => (line === "" ? [] : [{ line, position: index + 1 }])));
  for (let at = 0; compared.every((events) => at < events.length); at++) {
    const here = compared.map((events) => events[at]!);
    if (here.some(({ line }) => line !== here[0]!.line)) return here.map(({ position }) => position);
  }
  return null;
}

const QUERY = `query ($runs: [ID!]!) { firstDifference(runs: $runs) { equalEvents sides {
  run { id } equalPosition event { position type timeNs } decision { decision reason position } newDecisions { decision reason } } } }`;

test("two policies do the same until one takes a page; oracle: both lists of events side by side", async () => {
  const [one, other] = [await store(stealing([3], "it is the third call"), 200), await store(stealing([], "never"), 90)];
  const { data, errors } = await ask(api.server.url, QUERY, { runs: [one.id, other.id] });
  expect(errors).toBeUndefined();
  const { sides } = data.firstDifference;
  expect(sides.map(({ event }: { event: { position: string } }) => Number(event.position))).toEqual(differenceOf([one, other]));
  expect(sides[0]).toMatchObject({
    run: { id: one.id },
    event: { type: "PAGE_STOLEN" },
    decision: { reason: "it is the third call" },
    newDecisions: [{ reason: "it is the third call" }],
  });
  // A decision to take no page is none, so that the other has made none.
  expect(sides[1]).toMatchObject({ run: { id: other.id }, decision: null, newDecisions: [] });
  // Oracle: what the policy says comes between the last equal event and the one that differs.
  expect(Number(sides[0].equalPosition)).toBe(Number(sides[0].decision.position) - 1);
});

test("of three runs the first difference of any counts; reasons and figures alone are no difference", async () => {
  const [early, late, same] = [
    await store(stealing([2, 4], "early"), 500),
    await store(stealing([2, 5], "late"), 64),
    await store(stealing([2, 4], "in other words"), 33),
  ];
  const { data } = await ask(api.server.url, QUERY, { runs: [early.id, same.id, late.id] });
  const positions = data.firstDifference.sides.map(({ event }: { event: { position: string } }) => Number(event.position)) as number[];
  expect(positions).toEqual(differenceOf([early, same, late]));
  expect((await ask(api.server.url, QUERY, { runs: [early.id, same.id] })).data).toEqual({ firstDifference: null });
});

test("runs that cannot be compared are refused: too few, too many, twice the same, unknown, of another seed, without events", async () => {
  const { runs } = api.application;
  const { id } = await store(quietPolicy, 500);
  const seeded = await runs.startRun({ scenario: testScenario, seed: 99 });
  const figures = await runs.startRun({ scenario: testScenario, keep: "figures" });
  const refused = async (ids: readonly string[]): Promise<string[]> => codesOf(await ask(api.server.url, QUERY, { runs: ids }));
  expect(await refused([id])).toEqual(["INPUT_INVALID"]);
  expect(await refused([id, id, id, id, id])).toEqual(["INPUT_INVALID"]);
  expect(await refused([id, id])).toEqual(["INPUT_INVALID"]);
  expect(await refused([id, "00000000-0000-4000-8000-000000000000"])).toEqual(["RUN_NOT_FOUND"]);
  expect(await refused([id, seeded.id])).toEqual(["INPUT_INVALID"]);
  expect(await refused([id, figures.id])).toEqual(["EVENTS_NOT_KEPT"]);
});

test("a comparison ends when the client that asked for it has gone", async () => {
  const [one, other] = [await store(quietPolicy, 1), await store(quietPolicy, 1)];
  const { pool } = api.application;
  const connect = pool.connect.bind(pool) as (...given: unknown[]) => Promise<PoolClient>;
  const [reached, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let connects = 0;
  // From the tenth on the readings wait until the client has gone. They take connections without a callback.
  const gated = async (...given: unknown[]): Promise<PoolClient> => {
    if (given.length > 0 || ++connects < 10) return await connect(...given);
    reached.resolve();
    await released.promise;
    return await connect();
  };
  Object.assign(pool, { connect: gated });
  try {
    const client = new AbortController();
    const answer = fetch(`${api.server.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: QUERY, variables: { runs: [one.id, other.id] } }),
      signal: client.signal,
    });
    answer.catch(() => undefined);
    await reached.promise;
    client.abort();
    await expect(answer).rejects.toThrow("abort");
    // The server hears of the end of the connection before it answers those that come later.
    for (let i = 0; i < 3; i++) await ask(api.server.url, "{ __typename }");
    released.resolve();
    for (let i = 0; i < 30; i++) await ask(api.server.url, "{ __typename }");
    // To its end it takes 16.
    expect(connects).toBeLessThan(13);
  } finally {
    Reflect.deleteProperty(pool, "connect");
  }
});
