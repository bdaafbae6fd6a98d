/**
 * What a delivered event costs the server: many readers of one finished run, in a process of their own, all from its first event.
 *
 * The reference are plain server-sent events. Rates by the clock are those of server and readers together; deliveries per second
 * of the server's processor time say what the server could do with a core of its own.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startEmbeddedPostgres } from "../packages/embedded-postgres/src/index.ts";
import { migrateToLatest } from "../packages/server/src/database/migrate.ts";
import { openApplication } from "../packages/server/src/graphql/testing/open-application.ts";
import { WrittenRun } from "../packages/server/src/graphql/testing/written-run.ts";
import { createHttpServer } from "../packages/server/src/http/index.ts";
import { isQuick, printDigest, printHeading, printRow } from "./measuring/report.ts";
import { type FollowOrder, READER_KINDS, type ReaderKind, type ReaderReport } from "./readers/messages.ts";

const READERS = isQuick ? 5 : 1_000;
const EVENTS = isQuick ? 1_000 : 8_192;
const KINDS: readonly ReaderKind[] = ["sse", "graphql-sse", "websocket"];

const folder = mkdtempSync(join(tmpdir(), "ballast-bench-"));
const postgres = await startEmbeddedPostgres({ dataFolder: folder, durable: false });
await migrateToLatest(postgres.connectionString);
const application = openApplication(postgres.connectionString);
const server = await createHttpServer(application, { host: "127.0.0.1", port: 0 });
const run = await WrittenRun.begin(application);
await run.write(EVENTS, 8_192);
await run.finish();
printHeading("subscriptions", `${READERS} readers of ${run.position} events each, all of one kind at a time`);
printDigest("events", (await application.runs.getRun(run.id)).digest);
for (const kind of KINDS) await measure(kind);
await server.close();
await application.shutdown();
await postgres.stop();
rmSync(folder, { recursive: true, force: true });

async function measure(kind: ReaderKind): Promise<void> {
  const readers = fork(join(import.meta.dirname, "readers/reader-process.ts"));
  const counts = Object.fromEntries(READER_KINDS.map((each) => [each, each === kind ? READERS : 0])) as FollowOrder["counts"];
  const [start, before] = [performance.now(), process.cpuUsage()];
  readers.send({ url: server.url, run: run.id, counts } satisfies FollowOrder);
  const delivered = await deliveriesOf(readers);
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - start) / 1000;
  readers.kill();
  printRow(kind, {
    rate: [delivered / seconds / 1e6, "M deliveries/s"],
    "by the server": [delivered / (user + system), "M deliveries per s of processor time"],
  });
}

/** When all readers have reached the end: how many events they got together. */
async function deliveriesOf(readers: ChildProcess): Promise<number> {
  for (;;) {
    await sleep(200);
    readers.send("report");
    const [reports] = (await once(readers, "message")) as [readonly ReaderReport[]];
    const failed = reports.find(({ end }) => end !== null && end !== "completed");
    if (failed !== undefined) throw new Error(`a reader ended: ${failed.end}`);
    const isDone = reports.length === READERS && reports.every(({ events }) => events === run.position);
    if (isDone) return reports.reduce((sum, { events }) => sum + events, 0);
  }
}
