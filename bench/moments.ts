import { createHash } from "node:crypto";
import { serialize } from "node:v8";
import { zstdCompressSync } from "node:zlib";
import { EventCode, Mapping, Mmu } from "../packages/core/src/events/index.ts";
import { applyEvent, machineFacts, MachineTables, saveTables } from "../packages/core/src/memory/index.ts";
import { Prng } from "../packages/core/src/prng/index.ts";
import type { Pool } from "../packages/server/src/database/index.ts";
import { History, KeyframeEncoder, RunTexts, type TableId } from "../packages/server/src/history/index.ts";
import { projectRun } from "../packages/server/src/projections/index.ts";
import { storeHistory } from "../packages/server/src/testing/store-history.ts";
import { SyntheticHistory } from "../packages/server/src/testing/synthetic-history.ts";
import { isQuick, printDigest, printHeading, printSection, type Quantities } from "./measuring/report.ts";
import { sizeOf, withScratchDatabase } from "./measuring/scratch-database.ts";
import { Timings } from "./measuring/timings.ts";

const SIZES = isQuick
  ? { events: 70_000, frames: 5_000, moments: 5, runs: 3, eventsOfRun: 5_000, hostsGib: [1] }
  : { events: 2_000_000, frames: 1_000_000, moments: 100, runs: 20, eventsOfRun: 200_000, hostsGib: [16, 64] };

const PAGES_PER_GIB = 262_144;
const VMS = 8;
/** Of a host that is mostly untouched, pages that each VM has touched. */
const TOUCHED_FRACTION = 0.01;

/** Each moment once without and once with its tables, in turn: the ratio holds where the machine's speed drifts. */
async function benchMoments(pool: Pool): Promise<string> {
  const synthetic = new SyntheticHistory({ seed: 1, framePages: SIZES.frames, vms: VMS });
  const run = await storeHistory(pool, synthetic, { untilPosition: SIZES.events, eventsPerCommit: 61_440 });
  const options = { stateCacheBytes: 0, outlineCacheBytes: 0, commitCacheBytes: 0 };
  const history = new History(pool, options);
  const again = new History(pool, { ...options, commitCacheBytes: 32 * 2 ** 20 });
  const prng = Prng.named(1, "moments");
  const [outlines, near, states] = [new Timings(), new Timings(), new Timings()];
  const hash = createHash("sha256");
  for (let moment = 0; moment < SIZES.moments; moment++) {
    const position = 1 + prng.nextBelow(synthetic.machine.position);
    const outline = await outlines.measure(() => history.outlineAt(run, { position }));
    await again.outlineAt(run, { position });
    await near.measure(() => again.outlineAt(run, { position: Math.max(position - 1, 0) }));
    const state = await states.measure(() => history.leaseState(run, { position }));
    const facts = [machineFacts(outline), machineFacts(state.machine)].map((each) => JSON.stringify(each));
    if (facts[0] !== facts[1]) throw new Error(`the facts at ${position} are not those of the tables`);
    hash.update(facts[0] ?? "");
    state.release();
  }
  const bytes = (await sizeOf(pool, "keyframes")) + (await sizeOf(pool, "keyframe_parts"));
  console.log(`keyframes: ${(bytes / synthetic.machine.position).toFixed(2)} bytes/event`);
  states.print("whole tables at a random moment (reference)");
  outlines.print("facts and counts at a random moment");
  near.print("  of the event before");
  await benchParts(pool, run, synthetic);
  await benchDifferences(pool, run, synthetic.machine.position);
  await benchPageHistory(pool, run, Math.floor((SIZES.frames * 1.5) / VMS));
  return hash.digest("hex");
}

/** Parts of tables at the same random moments, without any cache and with those of a server. */
async function benchParts(pool: Pool, run: number, { machine }: SyntheticHistory): Promise<void> {
  const vm = machine.vm(VMS);
  const process = vm.process(1);
  const questions: readonly [string, (history: History, position: number, part: number) => Promise<unknown>][] = [
    ["100 frames", (history, position, part) => readPage(history, run, position, { kind: "frames" }, part * (SIZES.frames - 100))],
    [
      "100 real pages of a VM",
      (history, position, part) => {
        return readPage(history, run, position, { kind: "realPages", vm: vm.vm }, part * (vm.configuredPages - 100));
      },
    ],
    [
      "one translation",
      async (history, position, part) => {
        const [page, table] = [Math.floor(part * process.virtualPages), { kind: "virtualPages", vm: vm.vm, process: 1 } as const];
        const virtual = await history.entriesAt(run, { position }, { table, first: page, end: page + 1 });
        const real = virtual.virtualPage(page)?.realPage ?? 0;
        await history.entriesAt(run, { position }, { table: { kind: "realPages", vm: vm.vm }, first: real, end: real + 1 });
      },
    ],
    [
      "owners of all frames (memory map)",
      (history, position) => {
        const only = ["ownerVm", "content"];
        return history.entriesAt(run, { position }, { table: { kind: "frames" }, first: 0, end: SIZES.frames, only });
      },
    ],
  ];
  const cold = new History(pool, { stateCacheBytes: 0, outlineCacheBytes: 0, commitCacheBytes: 0, regionCacheBytes: 0 });
  const warm = new History(pool);
  for (const [what, ask] of questions) {
    const prng = Prng.named(4, "parts");
    const [first, again] = [new Timings(), new Timings()];
    for (let i = 0; i < SIZES.moments; i++) {
      const [position, part] = [1 + prng.nextBelow(machine.position), prng.nextBelow(1_000_000) / 1_000_000];
      await first.measure(() => ask(cold, position, part));
      await again.measure(() => ask(warm, position, part));
    }
    first.print(`${what} at a random moment, no cache`);
    again.print("  with the caches of a server");
  }
}

async function readPage(history: History, run: number, position: number, table: TableId, at: number): Promise<void> {
  const first = Math.floor(at);
  await history.entriesAt(run, { position }, { table, first, end: first + 100 });
}

/** Differences of two moments, a thousand events apart and anywhere. */
async function benchDifferences(pool: Pool, run: number, head: number): Promise<void> {
  const history = new History(pool, { stateCacheBytes: 0 });
  const prng = Prng.named(3, "differences");
  const [near, far] = [new Timings(), new Timings()];
  for (let i = 0; i < SIZES.moments / 2; i++) {
    const [position, other] = [prng.nextBelow(head - 1_000), prng.nextBelow(head)];
    await near.measure(() => history.diff(run, { position }, { position: position + 1_000 }));
    await far.measure(() => history.diff(run, { position }, { position: other }));
  }
  near.print("difference of moments 1,000 events apart");
  far.print("difference of any two moments");
}

/** Each page once with and once without the filters of pages. */
async function benchPageHistory(pool: Pool, run: number, pages: number): Promise<void> {
  await projectRun(pool, new RunTexts(pool), run);
  const history = new History(pool);
  const prng = Prng.named(2, "pages");
  const asked = Array.from({ length: SIZES.moments }, () => ({ vm: 1 + prng.nextBelow(VMS), page: prng.nextBelow(pages) }));
  const ask = async (timings: Timings): Promise<string[]> => {
    const found: string[] = [];
    for (const { vm, page } of asked) {
      const { events } = await timings.measure(() => history.pageHistory(run, vm, page));
      found.push(`${vm}/${page}: ${events.map(({ position }) => position).join(" ")}`);
    }
    return found;
  };
  const [filtered, scanned] = [new Timings(), new Timings()];
  const withFilters = await ask(filtered);
  const bytes = await sizeOf(pool, "page_filters");
  await pool.query("truncate page_filters");
  const without = await ask(scanned);
  if (withFilters.join() !== without.join()) throw new Error("the histories of pages differ with filters and without");
  scanned.print("history of a page, commits scanned (reference)");
  filtered.print("history of a page, by filters", { "on disk": [bytes / SIZES.events, "bytes/event"] });
}

async function benchRuns(pool: Pool): Promise<void> {
  const runs: number[] = [];
  for (let seed = 0; seed < SIZES.runs; seed++) {
    const synthetic = new SyntheticHistory({ seed, framePages: SIZES.frames / 10, vms: VMS });
    runs.push(await storeHistory(pool, synthetic, { untilPosition: SIZES.eventsOfRun, eventsPerCommit: 61_440 }));
  }
  const [latest, first, again] = [new Timings(), new Timings(), new Timings()];
  for (let round = 0; round < 5; round++) {
    const history = new History(pool);
    await latest.measure(async () => await Promise.all(runs.map((run) => history.outlineAt(run, "latest"))));
    const ask = async (): Promise<unknown> =>
      await Promise.all(runs.map((run) => history.outlineAt(run, { position: Math.floor(SIZES.eventsOfRun * 0.9) })));
    await first.measure(ask);
    await again.measure(ask);
  }
  latest.print(`free pages of ${SIZES.runs} runs at their heads`);
  first.print(`free pages of ${SIZES.runs} runs at a position, first`);
  again.print("  the same again");
}

/** A host as large as its VMs together, of which a part is touched: one extent at regular distances. */
function sparseHost(gib: number): MachineTables {
  const machine = new MachineTables();
  const pages = Math.floor((gib * PAGES_PER_GIB) / VMS);
  let frame = 0;
  const emit = (code: number, vm: number, process: number, ...[a = 0, b = 0, c = 0, d = 0]: number[]): void =>
    applyEvent(machine, code, machine.position, vm, process, a, b, c, d);
  emit(EventCode.HostStarted, 0, 0, gib * PAGES_PER_GIB, Mapping.TwoLevel, Mmu.Nested, 0);
  for (let vm = 1; vm <= VMS; vm++) {
    emit(EventCode.VmAdmitted, vm, 0, pages);
    emit(EventCode.VmStarted, vm, 0, pages);
    emit(EventCode.ProcessStarted, vm, 1, pages, 1);
    for (let page = 0; page < pages * TOUCHED_FRACTION; page++, frame++) {
      emit(EventCode.PageMapped, vm, 1, page, page);
      emit(EventCode.FrameMapped, vm, 0, page, frame);
    }
  }
  return machine;
}

async function benchKeyframes(gib: number): Promise<void> {
  const machine = sparseHost(gib);
  const [full, coarse, unchanged, checkpoint] = [new Timings(), new Timings(), new Timings(), new Timings()];
  const encoder = new KeyframeEncoder(-2_000_000);
  const fullKeyframe = await full.measure(() => encoder.offer(machine));
  machine.position += 300_000;
  await coarse.measure(() => encoder.offer(machine));
  for (let i = 0; i < 5; i++) {
    machine.position += 65_536;
    await unchanged.measure(() => encoder.offer(machine));
  }
  const bytes = await checkpoint.measure(() => serialize(saveTables(machine)));
  const sizes = (stored: number): Quantities => ({ size: [stored / 1e6, "MB"] });
  printSection(`${gib} GiB host, ${VMS} VMs, ${TOUCHED_FRACTION * 100} % touched`);
  full.print("  full keyframe", sizes(fullKeyframe?.storedBytes ?? 0));
  coarse.print("  coarse keyframe without a change");
  unchanged.print("  fine keyframe without a change");
  checkpoint.print("  tables of a checkpoint", { ...sizes(bytes.length), compressed: [zstdCompressSync(bytes).length / 1e6, "MB"] });
}

printHeading(
  "moments",
  `${SIZES.events} synthetic events (seed 1) over ${SIZES.frames} frames and ${VMS} VMs; ${SIZES.moments} random moments`,
);
await withScratchDatabase(async (pool) => {
  const digest = await benchMoments(pool);
  await benchRuns(pool);
  for (const gib of SIZES.hostsGib) await benchKeyframes(gib);
  printDigest("facts", digest);
});
