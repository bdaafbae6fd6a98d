import { createHash } from "node:crypto";
import { Prng } from "../packages/core/src/prng/index.ts";
import type { MachineTables } from "../packages/core/src/memory/index.ts";
import { History } from "../packages/server/src/history/index.ts";
import { storeHistory } from "../packages/server/src/testing/store-history.ts";
import { SyntheticHistory } from "../packages/server/src/testing/synthetic-history.ts";
import { isQuick, percentileOf, printDigest, printHeading, printRow, type Quantities } from "./measuring/report.ts";
import { sizeOf, withScratchDatabase } from "./measuring/scratch-database.ts";

const EVENTS = Number(process.env["BALLAST_BENCH_EVENTS"] ?? (isQuick ? 20_000 : 5_000_000));
const FRAMES = Number(process.env["BALLAST_BENCH_FRAMES"] ?? (isQuick ? 2_000 : 1_000_000));
/** Enough that the first expansion of each of the five full keyframes is less than one moment in a hundred. */
const MOMENTS = isQuick ? 5 : 600;

/** One line of numbers that is the same on every machine if the states are. */
function describe({ position, frames, vms }: MachineTables): string {
  return [position, frames.freePages, ...vms.map((vm) => `${vm.residentPages}/${vm.swappedPages}/${vm.mappedPages}`)].join(" ");
}

function milliseconds(values: readonly number[]): Quantities {
  return { p50: [percentileOf(values, 0.5), "ms"], p99: [percentileOf(values, 0.99), "ms"], longest: [percentileOf(values, 1), "ms"] };
}

await withScratchDatabase(async (pool) => {
  printHeading("history", `${EVENTS} synthetic events (seed 1) over ${FRAMES} frames and 8 VMs; ${MOMENTS} random moments`);
  const synthetic = new SyntheticHistory({ seed: 1, framePages: FRAMES, vms: 8 });
  const run = await storeHistory(pool, synthetic, { untilPosition: EVENTS, eventsPerCommit: 65_000 });
  // No state is found ready-made: every one is a keyframe and a replay.
  const history = new History(pool, { stateCacheBytes: 0 });
  const prng = Prng.named(1, "moments");
  const hash = createHash("sha256");
  const times: number[] = [];
  const processorTimes: number[] = [];
  for (let moment = 0; moment < MOMENTS; moment++) {
    const position = 1 + prng.nextBelow(synthetic.machine.position);
    const before = process.cpuUsage();
    const start = performance.now();
    const state = await history.leaseState(run, { position });
    times.push(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    processorTimes.push((user + system) / 1_000);
    hash.update(describe(state.machine));
    state.release();
  }
  const events = await sizeOf(pool, "commits");
  const keyframes = (await sizeOf(pool, "keyframes")) + (await sizeOf(pool, "keyframe_parts"));
  const perEvent = (bytes: number): [number, string] => [bytes / synthetic.machine.position, "bytes/event"];
  printRow("the state at a random moment", milliseconds(times));
  printRow("processor time of it", milliseconds(processorTimes));
  printRow("on disk", { events: perEvent(events), keyframes: perEvent(keyframes) });
  printDigest("states", hash.digest("hex"));
});
