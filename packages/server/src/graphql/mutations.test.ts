import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Application, startApplication } from "../application/index.ts";
import { readConfiguration } from "../configuration/index.ts";
import { createHttpServer, type HttpServer } from "../http/index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { ask, codesOf } from "./testing/graphql-client.ts";
import { readSubscription } from "./testing/sse-client.ts";

let database: TestDatabase;
let application: Application;
let server: HttpServer;
const traceFolder = mkdtempSync(join(tmpdir(), "ballast-traces-"));

beforeAll(async () => {
  database = await createTestDatabase();
  const configuration = readConfiguration({ environment: { DATABASE_URL: database.connectionString }, folders: [] });
  application = await startApplication(configuration, { execute: true });
  server = await createHttpServer(application, { host: "127.0.0.1", port: 0, traceFolder });
});
afterAll(async () => {
  await server.close();
  await application.shutdown();
  await database.drop();
  rmSync(traceFolder, { recursive: true });
});

const interactive = {
  name: "by-hand",
  policy: "no-reclaim",
  sampleNs: 0,
  host: { framePages: 32, overheadPages: 2, overcommit: true },
  vms: [
    {
      name: "hand",
      configuredPages: 16,
      balloon: { pollNs: "1 ms" },
      processes: [{ name: "p", virtualPages: 8, workload: { kind: "interactive" } }],
    },
  ],
};

/** The result of a mutation with one input; a Failure fails the test. */
async function mutate(name: string, type: string, input: object, fields: string): Promise<Record<string, unknown>> {
  const query = `mutation($input: ${type}!) { ${name}(input: $input) { __typename ... on Error { code message } ${fields} } }`;
  const { data, errors } = await ask(server.url, query, { input });
  expect(errors).toBeUndefined();
  const result = (data as Record<string, Record<string, unknown>>)[name] ?? {};
  expect(result["message"]).toBeUndefined();
  return result;
}

async function startByHand(): Promise<string> {
  const started = await mutate("startRun", "StartRunInput", { scenario: { json: interactive } }, "... on RunPayload { run { id } }");
  const run = (started.run as { id: string }).id;
  const progress = "subscription($run: ID!) { runProgress(run: $run) { status } }";
  // Only then its VM is switched on and can be commanded.
  for await (const { data } of readSubscription(server.url, progress, { run })) {
    if (data.runProgress.status === "WAITING") break;
  }
  return run;
}

const COMMAND = "... on CommandPayload { position run { id headPosition } }";

test("commands reach a running simulation, answer with the position of their event, and can be read back immediately", async () => {
  const run = await startByHand();
  const touched = await mutate("touchPage", "TouchPageInput", { run, vm: 1, process: 1, virtualPage: 5, write: true }, COMMAND);
  await mutate("setBalloonTarget", "SetBalloonTargetInput", { run, vm: 1, pages: 4 }, COMMAND);
  const query = `query($run: ID!, $position: BigInt!) { run(id: $run, atLeastPosition: $position) {
    at(at: { position: $position }) { event { type fields { name shown } } }
    now: at { vms { balloonTargetPages processes { mappedPages } } } } }`;
  const { data } = await ask(server.url, query, { run, position: touched.position });
  expect(data.run.at.event.type).toBe("COMMAND_ACCEPTED");
  expect(JSON.stringify(data.run.at.event.fields)).toContain("touchPage");
  expect(data.run.now.vms).toEqual([{ balloonTargetPages: 4, processes: [{ mappedPages: 1 }] }]);
  await mutate("addVm", "AddVmInput", { run, vm: { name: "late", configuredPages: 8, processes: [] } }, COMMAND);
  await mutate("stopVm", "StopVmInput", { run, vm: 1 }, COMMAND);
  const lives = await ask(server.url, "query($run: ID!) { run(id: $run) { at { vms { name life } } } }", { run });
  expect(lives.data.run.at.vms[0]).toEqual({ name: "hand", life: "TERMINATED" });
  expect(lives.data.run.at.vms[1].name).toBe("late");
});

test("a command that cannot be carried out is a Failure with a code, and changes nothing", async () => {
  const run = await startByHand();
  const query = "mutation($input: TouchPageInput!) { touchPage(input: $input) { ... on Failure { code } } }";
  const input = { run, vm: 1, process: 1, virtualPage: 800 };
  expect((await ask(server.url, query, { input })).data.touchPage).toEqual({ code: "COMMAND_INVALID" });
});

test("a run is paused, stepped, resumed, stopped, verified and deleted", async () => {
  const run = await startByHand();
  const input = { run };
  const STATUS = "... on RunPayload { run { status } }";
  expect((await mutate("pauseRun", "RunInput", input, STATUS)).run).toEqual({ status: "PAUSED" });
  expect(await mutate("stepRun", "StepRunInput", { run, events: 1 }, STATUS)).toHaveProperty("run");
  await mutate("resumeRun", "RunInput", input, STATUS);
  expect((await mutate("stopRun", "RunInput", input, STATUS)).run).toEqual({ status: "STOPPED" });
  const verified = await mutate("verifyRun", "RunInput", input, "... on VerifyRunPayload { positions digest }");
  const { data } = await ask(server.url, "query($run: ID!) { run(id: $run) { headPosition digest } }", { run });
  expect([verified.positions, verified.digest]).toEqual([data.run.headPosition, data.run.digest]);
  expect(await mutate("deleteRun", "RunInput", input, "... on DeleteRunPayload { deletedRunId }")).toMatchObject({
    deletedRunId: run,
  });
  const gone = await ask(server.url, "query($run: ID!) { run(id: $run) { id } }", { run });
  expect([gone.data, codesOf(gone)]).toEqual([{ run: null }, ["RUN_NOT_FOUND"]]);
});

test("a comparison is followed to its end, and has metrics for every policy", async () => {
  const input = {
    scenario: { name: "overcommitment-admitted" },
    policies: [{ name: "no-reclaim" }, { name: "random-steal" }],
  };
  const begun = await mutate("comparePolicies", "ComparePoliciesInput", input, "... on ComparePoliciesPayload { comparison { id } }");
  const comparison = (begun.comparison as { id: string }).id;
  const statuses: string[] = [];
  const following =
    "subscription($comparison: ID!) { comparisonProgress(comparison: $comparison) { status entries { policyName metrics { accesses traps } } } }";
  let last: { policyName: string; metrics: { accesses: string } | null }[] = [];
  for await (const { data } of readSubscription(server.url, following, { comparison })) {
    statuses.push(data.comparisonProgress.status as string);
    last = data.comparisonProgress.entries as typeof last;
  }
  expect(statuses.at(-1)).toBe("COMPLETED");
  expect(last.map(({ policyName }) => policyName)).toEqual(["no-reclaim", "random-steal"]);
  expect(last.every(({ metrics }) => metrics !== null)).toBe(true);
  const fields =
    "conclusion primaryMetric metrics { metric title baseline variants { variant values n mean standardDeviation low high } " +
    "comparisons { variant n missing mean baselineMean difference low high relative relativeLow relativeHigh adjustedP verdict seedsNeeded sentence } }";
  const { data } = await ask(server.url, `query($id: ID!) { experiment(id: $id) { analysis { ${fields} } } }`, { id: comparison });
  const { analysis } = data.experiment as { analysis: { conclusion: string; metrics: { metric: string; comparisons: object[] }[] } };
  expect(analysis.conclusion).toMatch(/^Under the one seed /);
  // Both policies reclaim nothing of one VM that the host has memory for.
  const killed = analysis.metrics.find(({ metric }) => metric === "vmsKilled");
  expect(killed).toMatchObject({
    baseline: "no-reclaim",
    comparisons: [{ variant: "random-steal", verdict: "SINGLE", n: 1, difference: 0, low: null }],
  });
});

test("progress ends with the run, and playback shows its past in order", async () => {
  const input = { scenario: { name: "ballooning-four-pages" } };
  const started = await mutate("startRun", "StartRunInput", input, "... on RunPayload { run { id } }");
  const run = (started.run as { id: string }).id;
  let status = "";
  for await (const { data } of readSubscription(server.url, "subscription($run: ID!) { runProgress(run: $run) { status headPosition } }", {
    run,
  })) {
    status = data.runProgress.status as string;
  }
  expect(status).toBe("COMPLETED");
  const playback =
    "subscription($run: ID!) { playback(run: $run, speed: 20, maxEvents: 100) { position timeNs skippedEvents events { position } moment { position } } }";
  const positions: number[] = [];
  let end = 0;
  for await (const { data } of readSubscription(server.url, playback, { run })) {
    const frame = data.playback as {
      position: string;
      moment: { position: string };
      skippedEvents: string;
      events: { position: string }[];
    };
    positions.push(...frame.events.map(({ position }) => Number(position)));
    expect([frame.moment.position, frame.skippedEvents]).toEqual([frame.position, "0"]);
    end = Number(frame.position);
  }
  expect(positions).toEqual(Array.from({ length: end }, (_, index) => index + 1));
});

test("a trace is imported from its bytes, or from the folder that the server reads, and from nowhere else", async () => {
  const fields = "... on ImportTracePayload { imported trace { name referenceCount pageCount } }";
  const base64 = Buffer.from("0\n1\nw2\n1\n").toString("base64");
  const first = await mutate("importTrace", "ImportTraceInput", { name: "small", format: "PAGE_NUMBERS", content: { base64 } }, fields);
  expect(first).toMatchObject({ imported: true, trace: { name: "small", referenceCount: "4", pageCount: "3" } });
  const pages = async (args: string): Promise<unknown> =>
    (await ask(server.url, `{ trace(name: "small") { pages${args} { page name } } }`)).data.trace;
  expect(await pages("(firstPage: 1, first: 2)")).toEqual({
    pages: [
      { page: 1, name: "0x1" },
      { page: 2, name: "0x2" },
    ],
  });
  expect(await pages("(firstPage: 3)")).toEqual({ pages: [] });
  for (const args of ["(firstPage: -1)", "(first: 0)"]) expect(await pages(args), args).toBeNull();
  writeFileSync(join(traceFolder, "more.pages"), "7\n8\n");
  symlinkSync("/etc/passwd", join(traceFolder, "link.pages"));
  const second = await mutate("importTrace", "ImportTraceInput", { content: { path: "more.pages" } }, fields);
  expect(second).toMatchObject({ trace: { name: "more", referenceCount: "2" } });
  const query = "mutation($input: ImportTraceInput!) { importTrace(input: $input) { ... on Failure { code } } }";
  for (const path of ["../../etc/passwd", "/etc/passwd", "link.pages", ".", "nothing.pages"]) {
    const { data } = await ask(server.url, query, { input: { content: { path } } });
    expect(data.importTrace, path).toEqual({ code: "INPUT_INVALID" });
  }
});

test("columns, unit and format of a trace are said as on the command line, and wrong ones are typed refusals", async () => {
  const content = { base64: Buffer.from('disk,offset,size\nsda,"4096",0\nsdb,4096,4096\n\n').toString("base64") };
  const csv = { pageColumn: "offset", spaceColumn: ["disk"], sizeColumn: 3, header: "PRESENT", delimiter: "comma" };
  const reading = "reading { format unit header delimiter zeroSizeRequests skipped { what count } }";
  const fields = `... on ImportTracePayload { trace { pageCount referenceCount } ${reading} }`;
  expect(await mutate("importTrace", "ImportTraceInput", { name: "disks", unit: "ADDRESS", csv, content }, fields)).toEqual({
    __typename: "ImportTracePayload",
    trace: { pageCount: "2", referenceCount: "2" },
    reading: {
      format: "CSV",
      unit: "ADDRESS",
      header: ["disk", "offset", "size"],
      delimiter: ",",
      zeroSizeRequests: "1",
      skipped: [{ what: "EMPTY", count: "1" }],
    },
  });
  const query = "mutation($input: ImportTraceInput!) { importTrace(input: $input) { ... on Failure { code message } } }";
  const addresses = { base64: Buffer.from("l 0x190a7c20\n").toString("base64") };
  for (const [input, code, message] of [
    [{ content: addresses }, "TRACE_INVALID", /--unit page: 1 reference to 1 page/],
    [{ content, csv: { pageColumn: 0 } }, "INPUT_INVALID", /0 is not a column/],
    [{ content, csv: { sizeColumn: 3 } }, "INPUT_INVALID", /sizes are of addresses/],
    [{ content, format: "LACKEY", unit: "PAGE" }, "INPUT_INVALID", /never of unit page/],
  ] as const) {
    const { data } = await ask(server.url, query, { input: { name: "refused", ...input } });
    expect(data.importTrace).toEqual({ code, message: expect.stringMatching(message) });
  }
});

const ownPolicy = { ...interactive, name: "own-policy", policy: { name: "host-swap", parameters: { order: "lru" } } };

test("a policy keeps the scenario's parameters if it is the scenario's own, unless asked for its defaults", async () => {
  const orderOf = async (more: object): Promise<unknown> => {
    const input = { scenario: { json: ownPolicy }, ...more };
    const started = await mutate("startRun", "StartRunInput", input, "... on RunPayload { run { parameters } }");
    return (started.run as { parameters: { order?: string } }).parameters.order;
  };
  expect(await orderOf({})).toBe("lru");
  expect(await orderOf({ policy: "host-swap" })).toBe("lru");
  expect(await orderOf({ policy: "host-swap", parameters: { order: "fifo" } })).toBe("fifo");
  // The policy's default.
  expect(await orderOf({ policy: "host-swap", fromDefaults: true })).toBe("random");
  expect(await orderOf({ fromDefaults: true })).toBe("random");
  expect(await orderOf({ policy: "random-steal" })).toBeUndefined();
});

test("settings of one policy are compared under labels of their own, and a comparison is deleted with its runs or without", async () => {
  const compare = async (): Promise<{ id: string; entries: { label: string; run: { id: string } }[] }> => {
    const policies = [{ name: "host-swap" }, { name: "host-swap", parameters: { order: "fifo" } }];
    const input = { scenario: { json: ownPolicy }, policies };
    const fields = "... on ComparePoliciesPayload { comparison { id entries { label run { id } } } }";
    const { comparison } = await mutate("comparePolicies", "ComparePoliciesInput", input, fields);
    return comparison as { id: string; entries: { label: string; run: { id: string } }[] };
  };
  const [kept, gone] = [await compare(), await compare()];
  expect(kept.entries.map(({ label }) => label)).toEqual(["host-swap:order=lru", "host-swap:order=fifo"]);
  const remove = (comparison: string, more: object): Promise<Record<string, unknown>> =>
    mutate(
      "deleteComparison",
      "DeleteComparisonInput",
      { comparison, ...more },
      "... on DeleteComparisonPayload { deletedComparisonId deletedRunIds }",
    );
  expect(await remove(kept.id, {})).toMatchObject({ deletedComparisonId: kept.id, deletedRunIds: [] });
  const runs = gone.entries.map(({ run }) => run.id);
  expect(await remove(gone.id, { withRuns: true })).toMatchObject({ deletedRunIds: runs });
  const status = "query($run: ID!) { run(id: $run) { status metrics { accesses } } }";
  const left = await ask(server.url, status, { run: kept.entries[0]?.run.id });
  expect(left.data.run.status).toBeTypeOf("string");
  expect(codesOf(await ask(server.url, status, { run: runs[0] }))).toEqual(["RUN_NOT_FOUND"]);
  expect(codesOf(await ask(server.url, "query($id: ID!) { comparison(id: $id) { id } }", { id: kept.id }))).toEqual([
    "EXPERIMENT_NOT_FOUND",
  ]);
});

test.each([
  [
    "a policy compared with itself",
    { policies: [{ name: "host-swap" }, { name: "host-swap", parameters: { order: "lru" } }] },
    "INPUT_INVALID",
    "The policies 1 and 2",
  ],
  ["an unknown parameter", { policies: [{ name: "host-swap", parameters: { magic: 1 } }] }, "POLICY_PARAMETER_INVALID", "it has: order"],
  ["a parameter that is null", { policies: [{ name: "host-swap", parameters: { order: null } }] }, "POLICY_PARAMETER_INVALID", "not null"],
  ["parameters that are no object", { policies: [{ name: "host-swap", parameters: [1] }] }, "INPUT_INVALID", "must be an object"],
  ["an unknown policy", { policies: [{ name: "magic" }] }, "POLICY_NOT_FOUND", "there are: "],
])("%s is a Failure", async (_what, more, code, message) => {
  const query = "mutation($input: ComparePoliciesInput!) { comparePolicies(input: $input) { ... on Error { code message } } }";
  const { data } = await ask(server.url, query, { input: { scenario: { json: ownPolicy }, ...more } });
  expect(data.comparePolicies).toEqual({ code, message: expect.stringContaining(message) });
});

test("a trace is deleted unless a run replays it, and forced tells which runs did", async () => {
  const base64 = Buffer.from("0\n1\n2\n1\n").toString("base64");
  await mutate("importTrace", "ImportTraceInput", { name: "gone", format: "PAGE_NUMBERS", content: { base64 } }, "");
  const replay = { name: "p", virtualPages: 8, workload: { kind: "trace", trace: "gone" } };
  const json = { ...interactive, name: "replay", vms: [{ name: "vm", configuredPages: 16, processes: [replay] }] };
  const started = await mutate("startRun", "StartRunInput", { scenario: { json } }, "... on RunPayload { run { id } }");
  const { id } = started.run as { id: string };
  const query = "mutation($input: DeleteTraceInput!) { deleteTrace(input: $input) { ... on Error { code message } } }";
  const refused = await ask(server.url, query, { input: { name: "gone" } });
  expect(refused.data.deleteTrace).toEqual({ code: "TRACE_IN_USE", message: expect.stringContaining(id) });
  const input = { name: "gone", force: true };
  const fields = "... on DeleteTracePayload { deletedTraceName neededByRunIds }";
  expect(await mutate("deleteTrace", "DeleteTraceInput", input, fields)).toMatchObject({ deletedTraceName: "gone", neededByRunIds: [id] });
  expect((await ask(server.url, query, { input: { name: "gone" } })).data.deleteTrace).toMatchObject({ code: "TRACE_NOT_FOUND" });
});
