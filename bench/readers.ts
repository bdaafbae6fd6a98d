/**
 * Many readers of a running run: `node bench/readers.ts [readers ...]`, by default 1, 100 and 1000.
 *
 * A run is executed at full speed in the server's own executor while readers of four kinds (event stream, GraphQL over
 * server-sent events and over WebSocket, export) follow it from its first event, in processes of their own. Meanwhile
 * another process asks for /livez 50 times and a small query 10 times a second. Postgres is Ballast's own, on a temporary
 * folder. All share the machine's cores, so that the readers' rates say how the work is divided, not what a network takes.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type FollowOrder,
  type FromServer,
  type LoopHolds,
  type ProbeReport,
  READER_KINDS,
  type ReaderKind,
  type ReaderReport,
  type ToServer,
} from "./readers/messages.ts";
import { givenArguments, isQuick, percentileOf, printHeading, printRow, printSection, type Quantities } from "./measuring/report.ts";

const COUNTS = givenArguments.length > 0 ? givenArguments.map(Number) : isQuick ? [4] : [1, 100, 1000];
const KINDS = (process.env["BALLAST_BENCH_KINDS"]?.split(",") ?? [...READER_KINDS]) as ReaderKind[];
const SECONDS = Number(process.env["BALLAST_BENCH_SECONDS"] ?? (isQuick ? 1 : 20));
const CLIENT_PROCESSES = 2;
/** A server whose event loop is held answers its coordinator as late as anybody else. */
const SERVER_PATIENCE_MS = 60_000;

printHeading("readers of a running run", `${SECONDS} s each; kinds in turn: ${KINDS.join(", ")}`);
for (const count of COUNTS) await measure(count);

/** Each number of readers has a server and a Postgres of its own, so that what one leaves behind burdens no other. */
async function measure(readers: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "ballast-bench-"));
  const server = start("server", [folder]);
  const probe = start("probe");
  const clients = Array.from({ length: CLIENT_PROCESSES }, () => start("reader"));
  try {
    const { url } = await hear(server, "ready");
    const { run } = await tell(server, "start", "started");
    const begun = performance.now();
    probe.send({ url, run });
    clients.forEach((client, index) => client.send(orderOf({ url, run }, readers, index)));
    const rssBytes = await largestRss(server, begun + SECONDS * 1000);
    const seconds = (performance.now() - begun) / 1000;
    const [probed, ...reports] = await Promise.all([ask<ProbeReport>(probe), ...clients.map((client) => ask<ReaderReport[]>(client))]);
    const told = await tell(server, "report", "report").catch(() => undefined);
    print(readers, { seconds, told, probed, reports: reports.flat(), rssBytes });
    for (const child of [probe, ...clients]) child.kill("SIGKILL");
    await tell(server, "stop", "stopped");
  } catch (error) {
    printRow(`${readers} readers`, {}, error instanceof Error ? error.message : String(error));
  } finally {
    for (const child of [probe, ...clients, server]) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

function start(name: string, args: readonly string[] = []): ChildProcess {
  return fork(join(import.meta.dirname, `readers/${name}-process.ts`), args);
}

async function tell<Kind extends FromServer["kind"]>(
  server: ChildProcess,
  order: ToServer,
  kind: Kind,
): Promise<Extract<FromServer, { kind: Kind }>> {
  server.send(order);
  return await hear(server, kind);
}

async function hear<Kind extends FromServer["kind"]>(server: ChildProcess, kind: Kind): Promise<Extract<FromServer, { kind: Kind }>> {
  const signal = AbortSignal.timeout(SERVER_PATIENCE_MS);
  try {
    const [message] = (await once(server, "message", { signal })) as [FromServer];
    if (message.kind !== kind) throw new Error(`the server said ${message.kind}, not ${kind}`);
    return message as Extract<FromServer, { kind: Kind }>;
  } catch (error) {
    if (signal.aborted)
      throw new Error(`the server's event loop did not come to its message \`${kind}\` within ${SERVER_PATIENCE_MS / 1000} s`, {
        cause: error,
      });
    throw error;
  }
}

/** Of the server's process with all its threads, looked at ten times a second until a time; 0 where the system does not say. */
async function largestRss({ pid }: ChildProcess, untilMs: number): Promise<number> {
  let largest = 0;
  while (performance.now() < untilMs) {
    await sleep(100);
    largest = Math.max(largest, rssOf(pid ?? 0));
  }
  return largest;
}

function rssOf(pid: number): number {
  if (process.platform !== "linux") return 0;
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kib ?? 0) * 1024;
}

/** The readers of one process: every kind as often as the others, as far as the number divides. */
function orderOf({ url, run }: { readonly url: string; readonly run: string }, readers: number, process: number): FollowOrder {
  const counts = Object.fromEntries(READER_KINDS.map((kind) => [kind, 0])) as Record<ReaderKind, number>;
  for (let reader = process; reader < readers; reader += CLIENT_PROCESSES) {
    const kind = KINDS[Math.floor(reader / CLIENT_PROCESSES) % KINDS.length];
    if (kind !== undefined) counts[kind]++;
  }
  return { url, run, counts };
}

async function ask<Report>(child: ChildProcess): Promise<Report> {
  child.send("report");
  const [report] = (await once(child, "message")) as [Report];
  return report;
}

type Measured = {
  readonly seconds: number;
  /** Undefined: the server's event loop did not come to it. */
  readonly told: Extract<FromServer, { kind: "report" }> | undefined;
  readonly probed: ProbeReport;
  readonly reports: readonly ReaderReport[];
  readonly rssBytes: number;
};

function print(readers: number, { seconds, told, probed, reports, rssBytes }: Measured): void {
  const delivered = reports.reduce((sum, { events }) => sum + events, 0);
  const written = told?.written ?? Number.NaN;
  printSection(`${readers} reader${readers === 1 ? "" : "s"}`);
  printRow("written by the run", { rate: [written / seconds, "events/s"] });
  printRow("delivered to all readers", { rate: [delivered / seconds, "events/s"] });
  printRow("/livez", latencies([...probed.connectingMs, ...probed.livezMs]));
  printRow("/livez in the first 5 s", latencies(probed.connectingMs));
  if (probed.livezMs.length > 0) printRow("/livez after them", latencies(probed.livezMs));
  printRow("a small query", latencies(probed.queryMs), `${probed.failures} probes failed`);
  if (told === undefined) printRow("event loop", {}, `held for more than ${SERVER_PATIENCE_MS} ms`);
  else printRow("event loop", holdsOf(told.holds));
  printRow("memory of server and executor", { resident: [rssBytes / 2 ** 20, "MiB at most"] });
  for (const kind of KINDS)
    printKind(
      kind,
      reports.filter((report) => report.kind === kind),
      written,
    );
}

function holdsOf({ longestMs, longestProcessorMs, processorShare }: LoopHolds): Quantities {
  return {
    "longest hold": [longestMs, "ms"],
    "of processor time": [longestProcessorMs, "ms"],
    "its thread used": [processorShare * 100, "% of a core"],
  };
}

function printKind(kind: ReaderKind, reports: readonly ReaderReport[], written: number): void {
  if (reports.length === 0) return;
  const shares = reports.map(({ events }) => (events / written) * 100);
  const silences = reports.map(({ longestSilenceMs }) => longestSilenceMs);
  const ends = new Map<string, number>();
  for (const { end } of reports) if (end !== null) ends.set(end, (ends.get(end) ?? 0) + 1);
  const ended = [...ends].map(([end, count]) => `${count} ${end}`).join(", ") || "none";
  const read: Quantities = {
    readers: [reports.length, ""],
    "least read": [percentileOf(shares, 0), "%"],
    median: [percentileOf(shares, 0.5), "%"],
    most: [percentileOf(shares, 1), "%"],
    "longest silence p50": [percentileOf(silences, 0.5), "ms"],
    max: [percentileOf(silences, 1), "ms"],
  };
  printRow(kind, read, `ended: ${ended}`);
}

function latencies(times: readonly number[]): Quantities {
  const [p50, p99, max] = [0.5, 0.99, 1].map((fraction): [number, string] => [percentileOf(times, fraction), "ms"]);
  return { p50, p99, max, of: [times.length, ""] };
}
