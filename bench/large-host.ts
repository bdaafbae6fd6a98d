/**
 * Hosts of up to 1 TiB, of which the guests touch 1 %: `node bench/large-host.ts [GiB ...]`, by default 64, 256 and 1024.
 *
 * Four VMs share the host; each touches its pages twice. Runs are executed by the server's own executor, and asked for moments
 * through the API of the same process, as `ballast serve` has both. Memory is that of the process at most since it began, so sizes
 * ascend. A size for which the machine has too little memory is left out, and said so.
 */
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BallastError } from "../packages/core/src/errors/index.ts";
import { parseScenario, type Scenario } from "../packages/core/src/scenario/index.ts";
import { Prng } from "../packages/core/src/prng/index.ts";
import { type Application, startApplication } from "../packages/server/src/application/index.ts";
import { readConfiguration } from "../packages/server/src/configuration/index.ts";
import { createHttpServer } from "../packages/server/src/http/index.ts";
import type { Run } from "../packages/server/src/runs/index.ts";
import { givenArguments, isQuick, printDigest, printHeading, printRow, printSection } from "./measuring/report.ts";
import { Timings } from "./measuring/timings.ts";

const HOSTS_GIB = givenArguments.length > 0 ? givenArguments.map(Number) : isQuick ? [1] : [64, 256, 1024];
const QUESTIONS = isQuick ? 3 : 30;
const VMS = 4;
const PAGES_PER_GIB = 262_144;
const TOUCHED_FRACTION = 0.01;
/** What the hypervisor and each VM's overhead take. */
const VMS_FRACTION = 0.97;

function scenarioOf(gib: number): Scenario {
  const configuredPages = Math.floor((gib * PAGES_PER_GIB * VMS_FRACTION) / VMS);
  const pages = Math.floor(configuredPages * TOUCHED_FRACTION);
  const workload = { kind: "cyclic", pages, accesses: 2 * pages, writeRatio: 0.3 };
  const vm = (_: unknown, index: number): object => ({
    name: `vm-${index + 1}`,
    configuredPages,
    balloon: false,
    processes: [{ virtualPages: configuredPages, workload }],
  });
  return parseScenario({
    name: `host of ${gib} GiB`,
    host: { framePages: gib * PAGES_PER_GIB },
    vms: Array.from({ length: VMS }, vm),
    policy: "no-reclaim",
  });
}

/** In MiB; NaN where the system does not say. */
function largestResidentMib(): number {
  if (process.platform !== "linux") return process.memoryUsage.rss() / 2 ** 20;
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]) / 1024;
}

async function execute({ runs }: Application, scenario: Scenario): Promise<Run> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  let run = await runs.startRun({ scenario });
  while (run.status === "queued" || run.status === "running") {
    await once(AbortSignal.timeout(20), "abort");
    run = await runs.getRun(run.id);
  }
  if (run.status !== "completed") throw new Error(`the run is ${run.status}: ${JSON.stringify(run.error)}`);
  const { user, system } = process.cpuUsage(before);
  printRow("run, kernel to durable", {
    events: [run.headPosition / 1e6, "M"],
    "elapsed time": [(performance.now() - start) / 1000, "s"],
    "processor time": [(user + system) / run.headPosition, "s per M events"],
    "resident at most": [largestResidentMib(), "MiB"],
  });
  return run;
}

async function ask(url: string, query: string): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) });
  const text = await response.text();
  if (text.includes('"errors"')) throw new Error(text.slice(0, 1_000));
}

const MOMENT_QUESTIONS = {
  "metrics of host and VMs": "host { freePages } vms { residentPages swappedPages }",
  "a page of a page table": "vm(vm: 1) { process(process: 1) { pageTable(first: 100) { nodes { virtualPage } } } }",
  "a translation": "translate(vm: 1, process: 1, virtualPage: 7) { realPage }",
} as const;
/** Looks at every frame: 1 s for 64 GiB, so that it is asked of no larger host. */
const MEMORY_MAP = { "a memory map of 4,096 cells": "memoryMap { runs }" };
const LARGEST_MAPPED_GIB = 64;

async function askForMoments(url: string, run: Run, gib: number): Promise<void> {
  const questions = { ...MOMENT_QUESTIONS, ...(gib <= LARGEST_MAPPED_GIB ? MEMORY_MAP : {}) };
  for (const [what, fields] of Object.entries(questions)) {
    const prng = Prng.named(1, what);
    const timings = new Timings();
    for (let i = 0; i < QUESTIONS; i++) {
      // In the second half every VM runs.
      const position = run.headPosition - prng.nextBelow(Math.floor(run.headPosition / 2));
      await timings.measure(() => ask(url, `{ run(id: "${run.id}") { at(at: { position: "${position}" }) { ${fields} } } }`));
    }
    timings.print(what, { "resident at most": [largestResidentMib(), "MiB"] });
  }
}

async function measure(application: Application, url: string, gib: number): Promise<void> {
  printSection(`host of ${gib} GiB, ${VMS} VMs, ${TOUCHED_FRACTION * 100} % touched`);
  const run = await execute(application, scenarioOf(gib));
  printDigest(`${gib} GiB`, run.digest ?? "");
  await askForMoments(url, run, gib);
  const start = performance.now();
  await application.runs.deleteRun(run.id);
  printRow("delete", { answered: [performance.now() - start, "ms"] });
}

printHeading(
  "large hosts",
  `${HOSTS_GIB.join(", ")} GiB; ${VMS} VMs that touch ${TOUCHED_FRACTION * 100} % of it twice; ${QUESTIONS} random moments`,
);
const folder = mkdtempSync(join(tmpdir(), "ballast-bench-"));
const configuration = readConfiguration({ environment: { BALLAST_DATA_FOLDER: folder, PORT: "0" }, folders: [] });
const application = await startApplication(configuration, { execute: true });
const server = await createHttpServer(application, { host: "127.0.0.1", port: 0 });
for (const gib of HOSTS_GIB) {
  await measure(application, server.url, gib).catch((error: unknown) => {
    if (!(error instanceof BallastError) || error.code !== "MEMORY_EXCEEDED") throw error;
    printRow("left out", { host: [gib, "GiB"] }, error.message);
  });
}
await server.close();
await application.shutdown();
rmSync(folder, { recursive: true, force: true });
