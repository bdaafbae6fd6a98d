/**
 * Maps of all pages beside GraphQL's `memoryMap` with as many cells as it allows: bytes, wall and processor time of whole maps, of differences of moments
 * near each other and of windows of steps, and pictures a second while somebody drags through a run or plays it.
 *
 * The history is synthetic: a host of 1,048,576 frames that are all given to 8 VMs in turns that are drawn, after which pages are touched at random, stolen, swapped and
 * ballooned: hardly two neighbours among the frames have the same owner. Server and client are one process, over HTTP on loopback; what the client takes of it
 * is measured by itself, with the answers recorded.
 */
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrateToLatest } from "../packages/server/src/database/migrate.ts";
import { startEmbeddedPostgres } from "../packages/embedded-postgres/src/index.ts";
import { openApplication, testScenario } from "../packages/server/src/graphql/testing/open-application.ts";
import { createHttpServer } from "../packages/server/src/http/index.ts";
import { storeHistory } from "../packages/server/src/testing/store-history.ts";
import { SyntheticHistory } from "../packages/server/src/testing/synthetic-history.ts";
import { type MapRequest, PageMaps } from "../packages/web/src/maps/index.ts";
import { isQuick, medianOf, printDigest, printHeading, printRow, printSection } from "./measuring/report.ts";
import { Timings } from "./measuring/timings.ts";

/** Before `begin` all frames are given out. */
const SIZES = isQuick
  ? { frames: 5_000, begin: 20_000, events: 70_000, asked: 3 }
  : { frames: 1_048_576, begin: 2_200_000, events: 3_600_000, asked: 30 };
const VMS = 8;
const GRAPHQL_CELLS = Math.min(65_536, SIZES.frames);
const WINDOW = 4_096;
const digest = createHash("sha256");

const folder = mkdtempSync(join(tmpdir(), "ballast-bench-"));
const postgres = await startEmbeddedPostgres({ dataFolder: folder, durable: false });
await migrateToLatest(postgres.connectionString);
const application = openApplication(postgres.connectionString);
const server = await createHttpServer(application, { host: "127.0.0.1", port: 0 });
const run = await application.runs.startRun({ scenario: testScenario });
const synthetic = new SyntheticHistory({ seed: 1, framePages: SIZES.frames, vms: VMS, filledFrames: SIZES.frames });
await storeHistory(application.pool, synthetic, { untilPosition: SIZES.events, eventsPerCommit: 61_440, run: run.logId });
const head = synthetic.machine.position;

printHeading("Page maps", `${head} events, ${SIZES.frames} frames, ${VMS} VMs`);
await askOnce();
await drag();
await play();
printDigest("maps", digest.digest("hex"));
await server.close();
await application.shutdown();
await postgres.stop();
rmSync(folder, { recursive: true, force: true });

/** Positions that lie all over the run, the same on every machine. */
function positions(from: number, to: number): number[] {
  return Array.from({ length: SIZES.asked }, (_, index) => from + ((index * 104_729) % (to - from)));
}

async function bytesOf(path: string): Promise<number> {
  const response = await fetch(`${server.url}/runs/${run.id}/pages/${path}`);
  if (!response.ok) throw new Error(await response.text());
  const bytes = new Uint8Array(await response.arrayBuffer());
  digest.update(bytes);
  return bytes.length;
}

async function memoryMap(position: number): Promise<number> {
  const query = `query($run: ID!, $position: BigInt!, $cells: Int!) { run(id: $run) { at(at: { position: $position }) { memoryMap(maxCells: $cells) { runs }
    vms { memoryMap(maxCells: $cells) { runs } } } } }`;
  const response = await fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables: { run: run.id, position, cells: GRAPHQL_CELLS } }),
  });
  const text = await response.text();
  if (text.includes('"errors"')) throw new Error(text);
  return text.length;
}

/** Each question alone, at moments all over the run. */
async function askOnce(): Promise<void> {
  printSection("one answer, at moments all over the run");
  const middle = positions(SIZES.begin, head - 65_536);
  await measure("GraphQL: memoryMap of host and VMs", middle, memoryMap);
  await measure("whole map", middle, (position) => bytesOf(`${position}`));
  printSection("one answer, near the one before");
  const near = (stride: number): number[] =>
    Array.from({ length: SIZES.asked }, (_, index) => SIZES.begin + ((index * stride) % (head - SIZES.begin - stride)));
  await measure("GraphQL: memoryMap of host and VMs, 1,000 events on", near(1_000), memoryMap);
  for (const stride of isQuick ? [1_000] : [1_000, 10_000, 60_000]) {
    await measure(`difference, ${stride.toLocaleString("en")} events on`, near(stride), (position) =>
      bytesOf(`${position}/to/${position + stride}`),
    );
    const back = near(stride).toReversed();
    await measure(`difference, ${stride.toLocaleString("en")} events back`, back, (position) =>
      bytesOf(`${position + stride}/to/${position}`),
    );
  }
  const isWithin = (position: number): boolean => position + WINDOW <= head;
  const windows = Array.from({ length: SIZES.asked }, (_, index) => Math.ceil(SIZES.begin / WINDOW + index) * WINDOW).filter(isWithin);
  await measure("steps of 4,096 events, onward", windows, (position) => bytesOf(`${position}/steps/${position + WINDOW}`));
  const earlier = windows
    .map((position) => position + 100 * WINDOW)
    .filter(isWithin)
    .toReversed();
  if (earlier.length > 0)
    await measure("steps of 4,096 events, backward", earlier, (position) => bytesOf(`${position}/steps/${position + WINDOW}`));
}

async function measure(name: string, asked: readonly number[], ask: (position: number) => Promise<number>): Promise<void> {
  const [timings, bytes] = [new Timings(), [] as number[]];
  for (const position of asked) bytes.push(await timings.measure(() => ask(position)));
  timings.print(name, { size: [medianOf(bytes) / 1_000, "kB"] });
}

/** Somebody drags the mark of the timeline: each picture is some thousand events from the one before. */
async function drag(): Promise<void> {
  printSection("dragging through the run, picture by picture");
  const start = Math.floor((SIZES.begin + head) / 2);
  for (const stride of isQuick ? [100, -100] : [200, -200, 2_000, -2_000, 20_000, -20_000]) {
    const path = Array.from({ length: SIZES.asked }, (_, index) => start + index * stride).filter(
      (position) => position >= 0 && position <= head,
    );
    await compareParts(`${Math.abs(stride).toLocaleString("en")} events a picture, ${stride > 0 ? "onward" : "backward"}`, path);
  }
  printSection("dragging far: where leaps of 8,192 events end, as the page does; and again, with the leaps at hand");
  for (const stride of isQuick ? [-9_000] : [20_000, -20_000, 60_000, -60_000]) {
    const path = Array.from({ length: SIZES.asked }, (_, index) => (stride > 0 ? SIZES.begin : head) + index * stride);
    const name = `${Math.abs(stride).toLocaleString("en")} events a picture, ${stride > 0 ? "onward" : "backward"}`;
    await leapTwice(
      name,
      path.filter((position) => position >= 0 && position <= head),
    );
  }
}

/** The same way twice, by one page. */
async function leapTwice(name: string, [first = 0, ...path]: readonly number[]): Promise<void> {
  const request: MapRequest = (address, init) => fetch(`${server.url}${address}`, init);
  const maps = new PageMaps({ run: run.id, head, request });
  for (const round of ["first", "again"]) {
    await maps.at(first);
    const spent = await processorOf(path, (position) => maps.peekNear(position) ?? maps.near(position));
    printRow(`${name}, ${round}`, { "processor, both": [spent, "ms/picture"], rate: [1_000 / spent, "pictures/s"] });
  }
  maps.close();
}

/** Playing: no more than 4,096 events a second, so that most pictures need no request. */
async function play(): Promise<void> {
  printSection("playing, 30 pictures a second of 4,096 events");
  const start = SIZES.begin;
  await compareParts(
    "onward",
    Array.from({ length: SIZES.asked * 4 }, (_, index) => start + index * 136),
  );
}

/** Server and client together, then the client alone with the answers that it got. */
async function compareParts(name: string, path: readonly number[]): Promise<void> {
  const answers = new Map<string, Uint8Array<ArrayBuffer>>();
  const record: MapRequest = async (address, init) => {
    const response = await fetch(`${server.url}${address}`, init);
    if (!response.ok) throw new Error(await response.text());
    const bytes = new Uint8Array(await response.arrayBuffer());
    answers.set(address, bytes);
    return new Response(bytes);
  };
  const both = await stepAlong(path, record);
  const client = await stepAlong(path, (address) => Promise.resolve(new Response(answers.get(address))));
  const bytes = [...answers.values()].slice(1).reduce((sum, { length }) => sum + length, 0);
  printRow(name, {
    "processor, both": [both, "ms/picture"],
    "the client's part": [client, "ms/picture"],
    rate: [1_000 / both, "pictures/s"],
    size: [bytes / (path.length - 1) / 1_000, "kB/picture"],
  });
}

async function stepAlong([first = 0, ...path]: readonly number[], request: MapRequest): Promise<number> {
  const maps = new PageMaps({ run: run.id, head, request });
  await maps.at(first);
  return await processorOf(path, (position) => maps.peek(position) ?? maps.at(position));
}

/** Milliseconds of processor time for each position. */
async function processorOf(path: readonly number[], show: (position: number) => unknown): Promise<number> {
  const before = process.cpuUsage();
  for (const position of path) await show(position);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / path.length;
}
