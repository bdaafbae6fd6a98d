import { afterAll, beforeAll, expect, test } from "vitest";
import { ask, askByGet, codesOf } from "./testing/graphql-client.ts";
import { testScenario } from "./testing/open-application.ts";
import { openTestApi, type TestApi } from "./testing/test-api.ts";
import { WrittenRun } from "./testing/written-run.ts";

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

test("a run tells its scenario as it was executed and its comparison, and is found by latest or its first letters", async () => {
  const { runs, experiments } = api.application;
  const alone = await runs.startRun({ scenario: testScenario });
  const input = { scenario: testScenario, variants: [{ policy: "silent" }], seeds: 1, uncommitted: false };
  const experiment = await experiments.startExperiment(input);
  const fields = "{ id scenario { name framePages json } comparison { id } experiment { id } }";
  const { data } = await ask(
    api.server.url,
    `{ latest: run(id: "latest") ${fields} first: run(id: "${alone.id.slice(0, 18)}") ${fields} }`,
  );
  expect(data.latest).toMatchObject({ comparison: { id: experiment.id }, experiment: { id: experiment.id } });
  expect(data.first).toMatchObject({ id: alone.id, comparison: null, experiment: null });
  // Oracle: the scenario that the run was started with.
  expect(data.first.scenario).toMatchObject({ name: testScenario.name, framePages: testScenario.host.framePages });
  expect(data.first.scenario.json.vms).toHaveLength(testScenario.vms.length);
  const immutable = await askByGet(api.server.url, `{ run(id: "${alone.id}") { id scenario { name } } }`);
  expect(immutable.headers.get("cache-control")).toContain("immutable");
  const changing = await askByGet(api.server.url, '{ run(id: "latest") { id } }');
  expect(changing.headers.get("cache-control")).toBe("no-store");
});

test("what does not exist is null, with its own code", async () => {
  const missing = await ask(
    api.server.url,
    '{ trace(name: "nowhere") { name } scenario(name: "nowhere") { name } run(id: "ffff0000") { id } }',
  );
  expect(missing.data).toEqual({ trace: null, scenario: null, run: null });
  expect(codesOf(missing).toSorted()).toEqual(["RUN_NOT_FOUND", "SCENARIO_NOT_FOUND", "TRACE_NOT_FOUND"]);
});

test("events of a virtual page are those that name it, of its process alone", async () => {
  const run = await WrittenRun.begin(api.application);
  await run.write(500, 500);
  const query = (filter: string): string =>
    `{ run(id: "${run.id}") { events(first: 1000, filter: ${filter}) { nodes { vm process fields { name value kind } } } } }`;
  const all = (await ask(api.server.url, query("{}"))).data.run.events.nodes as {
    vm: number;
    process: number;
    fields: { name: string; value: string; kind: string }[];
  }[];
  const named = all.find(({ fields }) => fields.some(({ name }) => name === "virtualPage"));
  const page = Number(named?.fields.find(({ name }) => name === "virtualPage")?.value);
  const { vm = 0, process = 0 } = named ?? {};
  const found = await ask(api.server.url, query(`{ vm: ${vm}, process: ${process}, virtualPage: ${page} }`));
  const nodes = found.data.run.events.nodes as typeof all;
  expect(nodes.length).toBeGreaterThan(0);
  expect(
    nodes.every(
      (node) =>
        node.vm === vm &&
        node.process === process &&
        node.fields.some(({ name, value }) => name.endsWith("irtualPage") && Number(value) === page),
    ),
  ).toBe(true);
  expect(codesOf(await ask(api.server.url, query(`{ virtualPage: ${page} }`)))).toEqual(["INPUT_INVALID"]);
});
