import { afterAll, beforeAll, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../api/limits/limits.ts";
import { ask, codesOf } from "./testing/graphql-client.ts";
import { openTestApi, type TestApi } from "./testing/test-api.ts";
import { WrittenRun } from "./testing/written-run.ts";

let api: TestApi;
let run: WrittenRun;

beforeAll(async () => {
  api = await openTestApi();
  run = await WrittenRun.begin(api.application);
  await run.write(1_000);
});
afterAll(() => api.close());

test("a document that nests deeper than the limit is refused with the numbers, before it is executed", async () => {
  const inner = "vm(vm: 1) { processes { name } }";
  const events = "event { fields { name } }";
  const deep = `query($run: ID!) { run(id: $run) { at { ${inner} ${events} } } }`;
  expect(codesOf(await ask(api.server.url, deep, { run: run.id }))).toEqual([]);
  const shallow = await openTestApi({ limits: { maxDepth: 3 } });
  const answer = await ask(shallow.server.url, deep, { run: run.id });
  expect(answer.status).toBe(200);
  expect(codesOf(answer)).toEqual(["QUERY_TOO_DEEP"]);
  expect(answer.errors?.[0]?.message).toContain("nests 5 levels; the limit is 3");
  await shallow.close();
});

test("aliases count: 260 moments in one query cost too much, three do not", async () => {
  const moments = (count: number): string =>
    `query($run: ID!) { run(id: $run) { ${Array.from({ length: count }, (_, i) => `a${i}: at(at: { position: ${i} }) { timeNs }`).join(" ")} } }`;
  expect(codesOf(await ask(api.server.url, moments(3), { run: run.id }))).toEqual([]);
  const answer = await ask(api.server.url, moments(260), { run: run.id });
  expect(codesOf(answer)).toEqual(["QUERY_TOO_EXPENSIVE"]);
  // Oracle: 260 moments at 200, their 260 times, and the run's own 1.
  expect(answer.errors?.[0]?.message).toContain("costs 52261; the limit is 50000");
});

test("the size of a page counts, also when it comes in a variable", async () => {
  const query = `query($run: ID!, $first: Int!) { run(id: $run) { events(first: $first) { nodes { fields { name value shown kind description } } } } }`;
  expect(codesOf(await ask(api.server.url, query, { run: run.id, first: 100 }))).toEqual([]);
  expect(codesOf(await ask(api.server.url, query, { run: run.id, first: 1_000 }))).toEqual(["QUERY_TOO_EXPENSIVE"]);
});

// 2^40 fragments one by one would take hours: the test's own time limit would end it.
test("fragments within fragments are measured without expanding them, and cost what they come to", async () => {
  const fragments = Array.from(
    { length: 40 },
    (_, i) => `fragment f${i} on Query { __typename ...f${i + 1} ...g${i} } fragment g${i} on Query { ...f${i + 1} }`,
  );
  const bomb = `{ ...f0 } ${fragments.join(" ")} fragment f40 on Query { __typename }`;
  expect(codesOf(await ask(api.server.url, bomb))).toEqual(["QUERY_TOO_EXPENSIVE"]);
});

test("a document with too many tokens is refused while it is parsed", async () => {
  const answer = await ask(api.server.url, `{ ${"a ".repeat(DEFAULT_LIMITS.maxTokens)} }`);
  expect(codesOf(answer)).toEqual(["QUERY_TOO_LARGE"]);
});

test("a page has 1 to 1000 items, in every list", async () => {
  const query = "query($run: ID!, $first: Int!) { run(id: $run) { events(first: $first) { pageInfo { hasNextPage } } } }";
  expect(codesOf(await ask(api.server.url, query, { run: run.id, first: 1001 }))).toEqual(["LIST_TOO_LARGE"]);
  expect(codesOf(await ask(api.server.url, query, { run: run.id, first: 0 }))).toEqual(["INPUT_INVALID"]);
  expect(codesOf(await ask(api.server.url, "{ runs(first: 2000) { pageInfo { hasNextPage } } }"))).toEqual(["LIST_TOO_LARGE"]);
});

test("work that takes too long is given up with its own code, and the server continues", async () => {
  const hasty = await openTestApi({ limits: { maxMs: 50, maxWaitMs: 10_000 } });
  const waiting = await WrittenRun.begin(hasty.application);
  const query = "query($run: ID!) { run(id: $run, atLeastPosition: 5) { id } }";
  const answer = await ask(hasty.server.url, query, { run: waiting.id });
  expect(codesOf(answer)).toEqual(["TIMED_OUT"]);
  expect(codesOf(await ask(hasty.server.url, "{ __typename }"))).toEqual([]);
  await hasty.close();
});

test("what the parser or the validation refuses has a code too", async () => {
  expect(codesOf(await ask(api.server.url, "{ runs("))).toEqual(["QUERY_INVALID"]);
  expect(codesOf(await ask(api.server.url, "{ nothingOfTheKind }"))).toEqual(["QUERY_INVALID"]);
  expect(codesOf(await ask(api.server.url, "query($first: Int!) { runs(first: $first) { nodes { id } } }", { first: "many" }))).toEqual([
    "QUERY_INVALID",
  ]);
  const position = { run: run.id, at: { position: "12x" } };
  expect(codesOf(await ask(api.server.url, "query($run: ID!, $at: At!) { run(id: $run) { at(at: $at) { timeNs } } }", position))).toEqual([
    "INPUT_INVALID",
  ]);
});

test("introspection that goes round in circles is too deep, and the answer says so", async () => {
  const level = (inner: string): string => `{ fields { type ${inner} } }`;
  const circle = `{ __type(name: "Run") ${level(level(level("{ name }")))} }`;
  const answer = await ask(api.server.url, circle);
  expect(codesOf(answer)).toEqual(["QUERY_TOO_DEEP"]);
  expect(answer.errors?.[0]?.message).toContain("2 are the limit");
  expect(codesOf(await ask(api.server.url, `{ __type(name: "Run") ${level(level("{ name }"))} }`))).toEqual([]);
});

test("introspection, which GraphiQL begins with, is within the limits", async () => {
  const { getIntrospectionQuery } = await import("graphql");
  const answer = await ask(api.server.url, getIntrospectionQuery({ inputValueDeprecation: true, descriptions: true, oneOf: true }));
  expect(codesOf(answer)).toEqual([]);
  expect(Object.values<{ types: unknown[] }>(answer.data)[0]?.types.length).toBeGreaterThan(50);
});
