/**
 * What the API costs.
 *
 * Requests per second of small queries beside a bare yoga "hello" in the same rounds, asked by another thread over 16
 * connections; then how long a moment of a history of 500,000 events takes to answer, at random positions (nothing is
 * kept of them) and again at the same ones. Postgres is Ballast's own, on a temporary folder, without fsync.
 */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { migrateToLatest } from "../packages/server/src/database/migrate.ts";
import { startEmbeddedPostgres } from "../packages/embedded-postgres/src/index.ts";
import { createHelloServer } from "../packages/server/src/graphql/testing/hello-yoga.ts";
import { openApplication } from "../packages/server/src/graphql/testing/open-application.ts";
import { WrittenRun } from "../packages/server/src/graphql/testing/written-run.ts";
import { createHttpServer } from "../packages/server/src/http/index.ts";
import type { Load } from "./measuring/graphql-client.ts";
import { isQuick, medianOf, percentileOf, printHeading, printRow } from "./measuring/report.ts";

const ROUNDS = isQuick ? 1 : 5;
const EVENTS = isQuick ? 10_000 : 500_000;
const MOMENTS = isQuick ? 5 : 200;
const ROUND_MS = isQuick ? 100 : 2_000;

const folder = mkdtempSync(join(tmpdir(), "ballast-bench-"));
const postgres = await startEmbeddedPostgres({ dataFolder: folder, durable: false });
await migrateToLatest(postgres.connectionString);
const application = openApplication(postgres.connectionString);
const server = await createHttpServer(application, { host: "127.0.0.1", port: 0 });
const hello = createHelloServer().listen(0, "127.0.0.1");
await once(hello, "listening");
const helloUrl = `http://127.0.0.1:${(hello.address() as AddressInfo).port}/graphql`;
const run = await WrittenRun.begin(application);
await run.write(EVENTS, 8_192);
await run.finish();

printHeading("GraphQL API", `${run.position} events; ${ROUNDS} rounds of ${ROUND_MS / 1000} s`);
await compareRequests();
await timeMoments();
await server.close();
hello.close();
await application.shutdown();
await postgres.stop();
rmSync(folder, { recursive: true, force: true });

async function compareRequests(): Promise<void> {
  const client = new Worker(new URL("./measuring/graphql-client.ts", import.meta.url));
  const own = `${server.url}/graphql`;
  const variants = [
    { name: 'bare yoga, "hello"', url: helloUrl, query: "{ hello }" },
    { name: "Ballast, { __typename }", url: own, query: "{ __typename }" },
    {
      name: "Ballast, a run's status and head (one query of Postgres)",
      url: own,
      query: `{ run(id: "${run.id}") { status headPosition } }`,
    },
    {
      name: "Ballast, 100 events with 8 fields each",
      url: own,
      query: `{ run(id: "${run.id}") { events(first: 100) { nodes { position type family timeNs vm process sentence text } } } }`,
    },
  ];
  const rates = variants.map((): number[] => []);
  const costs = variants.map((): number[] => []);
  for (let round = -1; round < ROUNDS; round++) {
    for (const [index, { url, query }] of variants.entries()) {
      const load: Load = { url, body: JSON.stringify({ query }), ms: ROUND_MS, connections: 16 };
      const before = process.threadCpuUsage();
      client.postMessage(load);
      const [answers] = (await once(client, "message")) as [number];
      const { user, system } = process.threadCpuUsage(before);
      if (round < 0) continue;
      rates[index]?.push((answers * 1000) / ROUND_MS);
      costs[index]?.push((user + system) / answers);
    }
  }
  await client.terminate();
  variants.forEach(({ name }, index) => {
    const ratiosOf = (values: readonly number[][]): number =>
      medianOf((values[index] ?? []).map((value, round) => value / (values[0]?.[round] ?? Number.NaN)));
    printRow(name, {
      rate: [medianOf(rates[index] ?? []), "requests/s"],
      "of the first": [ratiosOf(rates), ""],
      "processor time of the server's thread": [medianOf(costs[index] ?? []), "us"],
      "first, of its time": [1 / ratiosOf(costs), ""],
    });
  });
}

async function timeMoments(): Promise<void> {
  const query = `query($run: ID!, $position: BigInt!) { run(id: $run) { at(at: { position: $position }) {
    timeNs event { text } host { freePages memoryState } vms { name residentPages balloonSizePages swappedPages } } } }`;
  // The same positions on every machine: a fixed step that shares no factor with the length.
  const positions = Array.from({ length: MOMENTS }, (_, index) => ((index * 104_729) % EVENTS) + 1);
  for (const what of ["first time", "again"]) {
    const times: number[] = [];
    for (const position of positions) {
      const begun = performance.now();
      const response = await fetch(`${server.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query, variables: { run: run.id, position } }),
      });
      const text = await response.text();
      times.push(performance.now() - begun);
      if (text.includes('"errors"')) throw new Error(text);
    }
    printRow(`a moment, ${what}`, { p50: [medianOf(times), "ms"], p99: [percentileOf(times, 0.99), "ms"] });
  }
}
