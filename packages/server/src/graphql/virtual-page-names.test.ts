import { readFileSync } from "node:fs";
import { parseScenario, parseVmSpec } from "@ballast/core/scenario";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Application, startApplication } from "../application/index.ts";
import { readConfiguration } from "../configuration/index.ts";
import { createHttpServer, type HttpServer } from "../http/index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { ask } from "./testing/graphql-client.ts";

let database: TestDatabase;
let application: Application;
let server: HttpServer;

beforeAll(async () => {
  database = await createTestDatabase();
  const configuration = readConfiguration({ environment: { DATABASE_URL: database.connectionString }, folders: [] });
  application = await startApplication(configuration, { execute: true });
  server = await createHttpServer(application, { host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await server.close();
  await application.shutdown();
  await database.drop();
});

const noAbort = new AbortController().signal;

type Named = { readonly virtualPageName?: string | null };
type Change = Named & { readonly after?: Named | null };
type Vm = { readonly name: string; readonly processes: readonly { readonly pageTable: { readonly nodes: readonly Named[] } }[] };

function namesOf(nodes: readonly Named[]): (string | null | undefined)[] {
  return nodes.map((node) => node.virtualPageName);
}

async function askRun(id: string, fields: string) {
  const { data, errors } = await ask(server.url, `{ run(id: "${id}") { ${fields} } }`);
  expect(errors).toBeUndefined();
  return data.run;
}

test("the lecture's pages have their names wherever one of them is shown; oracle: the scenario, and the order of its touches", async () => {
  const file = new URL("../../../../scenarios/ballooning-four-pages.json", import.meta.url);
  const { id } = await application.runs.startRun({ scenario: parseScenario(JSON.parse(readFileSync(file, "utf8"))) });
  await application.runs.watchRun(id).wait(Number.MAX_SAFE_INTEGER, noAbort);
  const before = "at(at: { timeNs: 45000000 })";
  const { at, events, diff } = await askRun(
    id,
    `${before} {
       vms { processes { pageTable(first: 10) { nodes { virtualPage virtualPageName } } } }
       translate(vm: 1, process: 1, virtualPage: 3) { virtualPageName realPage physicalPage }
       frames(first: 10) { nodes { physicalPage virtualPageName } }
       vm(vm: 1) { realMap: realMapTable(first: 10) { nodes { virtualPage virtualPageName } } }
     }
     events(first: 1000, filter: { vm: 1, process: 1, virtualPage: 3 }) { nodes { text fields { name virtualPageName } } }
     diff(from: { timeNs: 0 }, to: { timeNs: 45000000 }, first: 100) { changes { nodes {
       ... on VirtualPageChange { vm virtualPage virtualPageName }
       ... on RealPageChange { vm realPage after { virtualPage virtualPageName } } } } }`,
  );
  const names = ["red", "yellow", "green", "dark blue"];
  const [colours, work] = (at.vms as Vm[]).map(({ processes }) => namesOf(processes[0]?.pageTable.nodes ?? []));
  expect([colours, work]).toEqual([names, [null, null, null, null]]);
  expect(at.translate.virtualPageName).toBe("dark blue");
  // Green, dark blue, red and yellow are touched in this order and get the frames from 0 on.
  const framesInOrder = ["green", "dark blue", "red", "yellow"];
  expect(namesOf(at.frames.nodes)).toEqual(framesInOrder);
  expect(namesOf(at.vm.realMap.nodes)).toEqual(framesInOrder);
  expect(events.nodes.length).toBeGreaterThan(3);
  for (const { text, fields } of events.nodes) {
    expect(text).toContain("virtualPage 3 (dark blue)");
    for (const field of fields) expect(field.virtualPageName).toBe(field.name === "virtualPage" ? "dark blue" : null);
  }
  const changes = (diff.changes.nodes as Change[]).flatMap((change) => change.virtualPageName ?? change.after?.virtualPageName ?? []);
  expect(changes.toSorted()).toEqual([...names, ...names].toSorted());
});

function vmForm(name: string, more: object = {}): object {
  const process = { name: "p", virtualPages: 4, pageNames: { 0: `first of ${name}` }, workload: { kind: "interactive" } };
  return { name, configuredPages: 4, processes: [process], ...more };
}

test("VMs that start late, are refused or are added by commands keep the names of their own pages; oracle: the VMs' names", async () => {
  const scenario = parseScenario({
    name: "numbers",
    policy: "no-reclaim",
    host: { framePages: 64, overcommit: false },
    vms: [vmForm("late", { startNs: "3 ms" }), vmForm("first"), vmForm("huge", { configuredPages: 1000, startNs: "1 ms" })],
    script: [{ atNs: "2 ms", command: { kind: "addVm", spec: vmForm("scripted") } }],
  });
  const { id } = await application.runs.startRun({ scenario });
  const events = "events(first: 1000) { nodes { vm fields { virtualPageName } } }";
  await expect.poll(async () => (await application.runs.getRun(id)).status).toBe("waiting");
  await askRun(id, events);
  await application.runs.sendCommand(id, { kind: "addVm", spec: parseVmSpec(vmForm("hand")) });
  const { at } = await askRun(id, "at { vms { name processes { pageTable(first: 1) { nodes { virtualPageName } } } } }");
  const vms: readonly Vm[] = at.vms;
  expect(vms.map(({ name }) => name)).toEqual(["first", "huge", "scripted", "late", "hand"]);
  for (const { name, processes } of vms) {
    const nodes = processes.map(({ pageTable }) => namesOf(pageTable.nodes));
    expect(nodes).toEqual(name === "huge" ? [] : [[`first of ${name}`]]);
  }
  await application.runs.stopRun(id);
});
