import { readFileSync } from "node:fs";
import { printScenario } from "@ballast/core/scenario";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ask, codesOf } from "./testing/graphql-client.ts";
import { testScenario } from "./testing/open-application.ts";
import { openTestApi, type TestApi } from "./testing/test-api.ts";

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const GRID = `query ($references: [String!]!, $frames: [Int!]!, $algorithms: [String!]!) {
  replacementGrid(references: $references, frames: $frames, algorithms: $algorithms) { algorithm frames faults hits steps { frame frames } } }`;

// Oracle: L. A. Belady, R. A. Nelson, G. S. Shedler, CACM 12(6), 1969.
test("the tables of Belady's string show his anomaly, algorithm by algorithm and size by size", async () => {
  const references = "1 2 3 4 1 2 5 1 2 3 4 5".split(" ");
  const { data } = await ask(api.server.url, GRID, { references, frames: [3, 4], algorithms: ["fifo", "lru"] });
  const tables = data.replacementGrid as { algorithm: string; frames: number; faults: number; hits: number }[];
  expect(tables.map(({ algorithm, frames, faults, hits }) => [algorithm, frames, faults, hits])).toEqual([
    ["fifo", 3, 9, 3],
    ["fifo", 4, 10, 2],
    ["lru", 3, 10, 2],
    ["lru", 4, 8, 4],
  ]);
});

test.each([
  [{ references: [], frames: [3], algorithms: ["lru"] }, "0 references were asked for: give 1 to 1000"],
  [{ references: ["1"], frames: [65], algorithms: ["lru"] }, "65 frames were asked for: give 1 to 64"],
  [{ references: ["1"], frames: [], algorithms: ["lru"] }, "0 tables"],
  [{ references: ["1"], frames: [1], algorithms: ["mru"] }, 'There is no replacement algorithm "mru"'],
])("a table of %j is refused: %s", async (variables, message) => {
  const answer = await ask(api.server.url, GRID, variables);
  expect(codesOf(answer)).toEqual(["INPUT_INVALID"]);
  expect(answer.errors?.[0]?.message).toContain(message);
});

test("the schema of scenarios is the one of the repository", async () => {
  const { data } = await ask(api.server.url, "{ scenarioSchema }");
  const file = new URL("../../../../scenarios/scenario.schema.json", import.meta.url);
  expect(data.scenarioSchema).toEqual(JSON.parse(readFileSync(file, "utf8")));
});

const VALIDATE = "query ($json: Json!) { validateScenario(json: $json) { path message } }";

test("a scenario has the problems, with their paths, that starting it would have; oracle: startRun", async () => {
  const valid = JSON.parse(printScenario(testScenario)) as { host: object };
  const bad = { ...valid, host: { ...valid.host, framePages: -1 }, surprise: true };
  const start = `mutation ($json: Json!) { startRun(input: { scenario: { json: $json } }) { ... on Failure { problems { path message } } } }`;
  const [validated, started] = [await ask(api.server.url, VALIDATE, { json: bad }), await ask(api.server.url, start, { json: bad })];
  expect(validated.data.validateScenario.length).toBeGreaterThan(1);
  expect(validated.data.validateScenario).toEqual(started.data.startRun.problems);
  expect((await ask(api.server.url, VALIDATE, { json: valid })).data.validateScenario).toEqual([]);
});

test("an unknown policy and a wrong parameter are problems of the scenario's policy", async () => {
  const valid = JSON.parse(printScenario(testScenario)) as object;
  const of = async (policy: object): Promise<string[]> => {
    const { data } = await ask(api.server.url, VALIDATE, { json: { ...valid, policy } });
    return (data.validateScenario as { path: string }[]).map(({ path }) => path);
  };
  expect(await of({ name: "nobody" })).toEqual(["/policy"]);
  expect(await of({ name: "silent", parameters: { calmNs: 0 } })).toEqual(["/policy/parameters/calmNs"]);
});
