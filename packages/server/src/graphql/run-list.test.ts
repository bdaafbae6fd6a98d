import { afterAll, beforeAll, expect, test } from "vitest";
import { storeListedRun } from "../runs/listed-runs.fixture.ts";
import { ask, codesOf } from "./testing/graphql-client.ts";
import { openTestApi, type TestApi } from "./testing/test-api.ts";

let api: TestApi;
/** Ids in the order of creation; the n-th has n accesses, and the last one no results. */
const ids: string[] = [];

beforeAll(async () => {
  api = await openTestApi();
  for (const [index, [scenario, policy]] of (
    [
      ["sample", "esx"],
      ["storm", "esx"],
      ["sample", "host-swap"],
      ["storm", "mom"],
    ] as const
  ).entries()) {
    const results = index === 3 ? null : { workNs: 10 - index, faults: 5 };
    const { id } = await storeListedRun(api.application.pool, {
      scenario,
      policy,
      seed: index + 1,
      status: index === 3 ? "failed" : "completed",
      createdAt: new Date(Date.UTC(2026, 5, index + 1)),
      finishedAt: new Date(Date.UTC(2026, 6, 9 - index)),
      label: ["tour", "exercise", null][index] ?? null,
      accesses: index,
      results,
    });
    ids.push(id);
  }
});
afterAll(async () => await api.close());

// Oracle: the four runs above, picked and ordered by hand.
test.each([
  ["", [3, 2, 1, 0]],
  ["direction: ASCENDING", [0, 1, 2, 3]],
  ["sortBy: FINISHED", [0, 1, 2, 3]],
  ["sortBy: WORK_TIME, direction: ASCENDING", [2, 1, 0, 3]],
  ["sortBy: ACCESSES, direction: ASCENDING", [0, 1, 2, 3]],
  ["sortBy: FAULTS", [2, 1, 0, 3]],
  ["status: FAILED", [3]],
  ['scenario: "sample", policy: "esx"', [0]],
  ['seed: "2"', [1]],
  ['createdFrom: "2026-06-02T00:00:00Z", createdBefore: "2026-06-04T00:00:00Z"', [2, 1]],
  ['search: "SWAP"', [2]],
  ['search: "storm", sortBy: ACCESSES', [3, 1]],
  ['label: "tour"', [0]],
  ['withoutLabels: ["tour", "none"]', [3, 2, 1]],
  ['policy: "nobody"', []],
] as const)("runs(%s) has the right ones, and counts them", async (args, expected) => {
  const { data, errors } = await ask(api.server.url, `{ runs${args === "" ? "" : `(${args})`} { totalCount nodes { id } } }`);
  expect(errors).toBeUndefined();
  expect(data.runs).toEqual({ totalCount: expected.length, nodes: expected.map((index) => ({ id: ids[index] })) });
});

test("the cursor of each run continues behind it", async () => {
  const list = async (after: string): Promise<{ edges: { cursor: string; node: { id: string } }[]; totalCount: number }> =>
    (await ask(api.server.url, `{ runs(sortBy: WORK_TIME, ${after}) { totalCount edges { cursor node { id } } } }`)).data.runs;
  const { edges } = await list("first: 4");
  for (const [index, { cursor }] of edges.entries()) {
    const rest = await list(`after: "${cursor}"`);
    expect(rest).toEqual({ totalCount: 4, edges: edges.slice(index + 1) });
  }
});

test.each([
  ['createdFrom: "yesterday"', "INPUT_INVALID"],
  ['seed: "1.5"', "INPUT_INVALID"],
  ["sortBy: SIZE", "QUERY_INVALID"],
  ['search: "\\u0000"', "INPUT_INVALID"],
  [`after: "${Buffer.from("created ascending 3 3").toString("base64url")}"`, "CURSOR_INVALID"],
  ["first: 1001", "LIST_TOO_LARGE"],
] as const)("runs(%s) is refused", async (args, code) => {
  expect(codesOf(await ask(api.server.url, `{ runs(${args}) { nodes { id } } }`))).toEqual([code]);
});
