import { createHash } from "node:crypto";
import { Prng } from "../packages/core/src/prng/index.ts";
import type { MachineTables } from "../packages/core/src/memory/index.ts";
import { History } from "../packages/server/src/history/index.ts";
import { storeHistory } from "../packages/server/src/testing/store-history.ts";
import { SyntheticHistory } from "../packages/server/src/testing/synthetic-history.ts";
import { percentileOf, printHeading } from "./report.ts";
import { sizeOf, withScratchDatabase } from "./scratch-database.ts";

const EVENTS = Number(process.env["BALLAST_BENCH_EVENTS"] ?? 5_000_000);
const FRAMES = Number(process.env["BALLAST_BENCH_FRAMES"] ?? 1_000_000);
/** Enough that the first expansion of each of the five full keyframes is less than one moment in a hundred. */
const MOMENTS = 600;

/** One line of numbers that is the same on every machine if the states are. */
function describe({ position, frames, vms }: MachineTables): string {
  return [position, frames.freePages, ...vms.map((vm) => `${vm.residentPages}/${vm.swappedPages}/${vm.mappedPages}`)].join(" ");
}

function milliseconds(values: readonly number[], fraction: number): string {
  return `${percentileOf(values, fraction).toFixed(1)} ms`;
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
  const perEvent = (bytes: number): string => `${(bytes / synthetic.machine.position).toFixed(1)} bytes/event`;
  console.log(
    `the state at a random moment   p50 ${milliseconds(times, 0.5)}   p99 ${milliseconds(times, 0.99)}   longest ${milliseconds(times, 1)}`,
  );
  console.log(`processor time of it           p50 ${milliseconds(processorTimes, 0.5)}   p99 ${milliseconds(processorTimes, 0.99)}`);
  console.log(`on disk                        events ${perEvent(events)}, keyframes ${perEvent(keyframes)}`);
  console.log(`digest   ${hash.digest("hex")}`);
});
