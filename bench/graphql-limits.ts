/**
 * How long one GraphQL document can keep the server's event loop: `node bench/graphql-limits.ts [names, as a regular expression]`.
 *
 * Documents of an adversary, at the limits and beyond, each sent to a server of its own process by another thread. For each: the
 * longest time without a turn of the server's event loop (wall clock, and processor time of the thread, from which other programs
 * of a shared machine take nothing), the highest memory above that before, the bytes of the answer, and what it was.
 * Postgres is Ballast's own, on a temporary folder, without fsync.
 */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { migrateToLatest } from "../packages/server/src/database/migrate.ts";
import { startEmbeddedPostgres } from "../packages/embedded-postgres/src/index.ts";
import { openApplication } from "../packages/server/src/graphql/testing/open-application.ts";
import { WrittenRun } from "../packages/server/src/graphql/testing/written-run.ts";
import { createHttpServer } from "../packages/server/src/http/index.ts";
import { storeHistory } from "../packages/server/src/testing/store-history.ts";
import { SyntheticHistory } from "../packages/server/src/testing/synthetic-history.ts";
import type { Asked, Told } from "../packages/server/src/graphql/testing/adversarial-client.ts";
import type { AdversarialDocument } from "../packages/server/src/graphql/testing/adversarial-document.ts";
import { adversarialDocuments } from "../packages/server/src/graphql/testing/adversarial-documents.ts";
import { LoopWatch } from "../packages/server/src/graphql/testing/loop-watch.ts";
import { givenArguments, isQuick, printHeading, printRow } from "./measuring/report.ts";

const WANTED = new RegExp(givenArguments[0] ?? "");
/** With `--quick` every twelfth document. */
const STEP = isQuick ? 12 : 1;
const FRAMES = isQuick ? 2 ** 12 : 2 ** 20;
const SMALL_EVENTS = isQuick ? 2_000 : 200_000;
const LARGE_EVENTS = isQuick ? 10_000 : 60_000;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
const folder = mkdtempSync(join(tmpdir(), "ballast-bench-"));
const postgres = await startEmbeddedPostgres({ dataFolder: folder, durable: false });
await migrateToLatest(postgres.connectionString);
const application = openApplication(postgres.connectionString);
const server = await createHttpServer(application, { host: "127.0.0.1", port: 0 });
const client = new Worker(new URL("../packages/server/src/graphql/testing/adversarial-client.ts", import.meta.url));

const small = await WrittenRun.begin(application);
await small.write(SMALL_EVENTS, 8_192);
await small.finish();
const large = await writeLargeRun();

printHeading("GraphQL documents at the limits", `hosts of 256 and ${FRAMES} frames; ${SMALL_EVENTS} and ${LARGE_EVENTS} events`);
const subjects = { small: small.id, large: large.id, smallPosition: small.position, largePosition: large.position };
for (const [index, document] of adversarialDocuments(subjects).entries()) {
  if (WANTED.test(document.name) && index % STEP === 0) await measure(document);
}
await client.terminate();
await server.close();
await application.shutdown();
await postgres.stop();
rmSync(folder, { recursive: true, force: true });

async function writeLargeRun(): Promise<{ id: string; position: number }> {
  const begun = await WrittenRun.begin(application);
  const history = new SyntheticHistory({ seed: 11, framePages: FRAMES, vms: 3 });
  await storeHistory(application.pool, history, { untilPosition: LARGE_EVENTS, eventsPerCommit: 8_192, run: begun.logId });
  await begun.finish();
  return { id: begun.id, position: history.machine.position };
}

async function measure(document: AdversarialDocument): Promise<void> {
  await sleep(50);
  collectGarbage();
  const watch = new LoopWatch();
  client.postMessage({ url: `${server.url}/graphql`, document } satisfies Asked);
  const [told] = (await once(client, "message")) as [Told];
  await sleep(5);
  const { holdMs, holdCpuMs, workMs, peakMib } = watch.end();
  const answer = Object.entries(told.codes).map(([code, count]) => (count === 1 ? code : `${count} ${code}`));
  const times = {
    longest: [holdMs, "ms"],
    "its processor time": [holdCpuMs, "ms"],
    work: [workMs, "ms"],
    answered: [told.ms, "ms"],
  } as const;
  printRow(document.name, { ...times, memory: [peakMib, "MiB"], sent: [told.bytes / 1000, "kB"] }, answer.join(", "));
}
