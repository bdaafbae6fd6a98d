import { createObservedKernel, type PageActivity } from "@ballast/core/kernel";
import { readParameters } from "@ballast/core/policy";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyRuns, MapReading } from "../api/page-maps/read-page-map.fixture.ts";
import { type Application, startApplication } from "../application/index.ts";
import { readConfiguration } from "../configuration/index.ts";
import { loadBundledPolicies } from "../installed-policies/index.ts";
import { thrashingScenario } from "../runs/scenarios.fixture.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { ask, send } from "../graphql/testing/graphql-client.ts";
import { createHttpServer, type HttpServer } from "./index.ts";

const POSITION = 3_000;
const scenario = thrashingScenario(1_000);
let database: TestDatabase;
let application: Application;
let server: HttpServer;
let run: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const environment = { DATABASE_URL: database.connectionString };
  application = await startApplication(readConfiguration({ environment, folders: [] }), { execute: true });
  server = await createHttpServer(application, { host: "127.0.0.1", port: 0 });
  const { id } = await application.runs.startRun({ scenario });
  run = id;
  await application.runs.watchRun(run).wait(Number.MAX_SAFE_INTEGER, AbortSignal.timeout(60_000));
}, 90_000);
afterAll(async () => {
  await server.close();
  await application.shutdown();
  await database.drop();
});

/** By a kernel in this thread. */
async function expected(): Promise<PageActivity> {
  const policy = (await loadBundledPolicies()).getPolicy("random-steal");
  const { values: parameters } = readParameters(policy.parameters, {}, "");
  const { kernel, observeAt } = createObservedKernel({ scenario, policy, parameters, traces: new Map() });
  const activity = observeAt(POSITION);
  kernel.advance(POSITION, Number.POSITIVE_INFINITY);
  return activity();
}

/** On a machine that is busy one asks again. */
async function patiently<Answer>(asks: () => Promise<Answer>, isLate: (answer: Answer) => boolean): Promise<Answer> {
  for (;;) {
    const answer = await asks();
    if (!isLate(answer)) return answer;
  }
}

test("bytes and GraphQL tell of each page how long it has been idle, and whether it is dirty; oracle: a kernel of the scenario", async () => {
  const address = `${server.url}/runs/${run}/pages/${POSITION}/activity`;
  const response = await patiently(
    () => fetch(address),
    ({ status }) => status === 202,
  );
  expect([response.status, response.headers.get("cache-control")]).toEqual([200, "public, max-age=31536000, immutable"]);
  const reading = new MapReading(Buffer.from(await response.arrayBuffer()));
  const { timeNs, spaces } = await expected();
  expect(reading.header).toMatchObject({ kind: "activity", position: POSITION, timeNs });
  expect(reading.header.spaces.map(({ vm, name, pages }) => [vm, name, pages])).toEqual([
    [null, null, 1_200],
    [1, "left", 1_024],
    [2, "right", 1_024],
  ]);
  const ages = reading.header.ages!;
  const cells = applyRuns(
    reading.header.spaces.map((space) => new Array<number>(space.pages).fill(0)),
    reading.runs,
  );
  const found = new Set<string>();
  for (const [index, space] of spaces.entries()) {
    for (const [page, cell] of cells[index]!.entries()) {
      const lastNs = space.lastAccessNs[page]!;
      const { minNs, maxNs, description } = ages[cell >> 1]!;
      found.add(description);
      expect(cell & 1).toBe(space.isDirty[page]);
      if (lastNs < 0) expect(description).toMatch(lastNs === -1 ? /^not accessed/ : /^a frame without/);
      else expect(Math.max(0, timeNs - lastNs) >= minNs! && timeNs - lastNs < (maxNs ?? Infinity), `page ${page}`).toBe(true);
    }
  }
  expect(found.size).toBeGreaterThan(3);
  const idle = spaces[1]!.lastAccessNs.findIndex((time) => time >= 0 && timeNs - time > 1_000);
  const fields = "activity { lastAccessNs idleNs isDirty }";
  const query = `{ run(id: "${run}") { at(at: { position: "${POSITION}" }) { realPage(vm: 1, realPage: ${idle}) { physicalPage ${fields} } frame(physicalPage: 7) { ${fields} } } } }`;
  const { data } = await ask(server.url, query);
  const at = (space: number, page: number): object | null => {
    const lastAccessNs = spaces[space]!.lastAccessNs[page]!;
    if (lastAccessNs === -2) return null;
    const isDirty = spaces[space]!.isDirty[page] === 1;
    if (lastAccessNs === -1) return { lastAccessNs: null, idleNs: null, isDirty };
    return { lastAccessNs: String(lastAccessNs), idleNs: String(Math.max(0, timeNs - lastAccessNs)), isDirty };
  };
  expect(data).toMatchObject({ run: { at: { realPage: { activity: at(1, idle) }, frame: { activity: at(0, 7) } } } });
});

test("what cannot be executed again is refused with its code, and never kept", async () => {
  const figures = await application.runs.startRun({ scenario: thrashingScenario(10), keep: "figures" });
  for (const [address, status, code] of [
    [`${run}/pages/999999/activity`, 400, "POSITION_OUT_OF_RANGE"],
    [`${run}/pages/x/activity`, 400, "INPUT_INVALID"],
    [`${run}/pages/5/activity/9`, 404, "NOT_FOUND"],
    [`${figures.id}/pages/0/activity`, 400, "EVENTS_NOT_KEPT"],
  ] as const) {
    const answer = await send(`${server.url}/runs/${address}`, {});
    expect([answer.status, answer.headers.get("cache-control")], address).toEqual([status, null]);
    expect(JSON.stringify(answer)).toContain(code);
  }
});
