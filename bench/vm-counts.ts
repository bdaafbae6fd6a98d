import type { Scenario } from "../packages/core/src/scenario/index.ts";
import type { TraceReader } from "../packages/core/src/trace/index.ts";
import { quietPolicy, smallHost, smallScenario, smallVm } from "../packages/core/src/testing/small-scenario.ts";
import { policy as randomSteal } from "../packages/policies/random-steal/src/index.ts";
import { bareLoop, digestOf, keepEvents, readTrace, simulate } from "./measuring/kernel-work.ts";
import { compareVariants } from "./measuring/compare-variants.ts";
import { isQuick, printDigest, printHeading, printSection } from "./measuring/report.ts";
import { OVERCOMMITMENT, thrashing } from "./measuring/thrashing.ts";

/** Sizes of the comparison: `--quick` proves that it runs, and measures nothing. */
type Sizes = {
  /** Of all VMs together: the same memory for however many. */
  readonly pages: number;
  readonly accesses: number;
  readonly thrashing: readonly number[];
  readonly hitting: readonly number[];
  readonly trace: string;
  readonly rounds: number;
};

const FULL: Sizes = { pages: 65_536, accesses: 600_000, thrashing: [2, 64, 256, 1024], hitting: [9, 63], trace: "gzip", rounds: 5 };
const QUICK: Sizes = { pages: 256, accesses: 2000, thrashing: [2, 16], hitting: [1, 2], trace: "gzip", rounds: 1 };

/** VMs that run a recorded trace in memory that is ample, so that all but first touches are hits: as many accesses for however many. */
function hitting(count: number, { trace, hitting: counts }: Sizes, reader: TraceReader): Scenario {
  const times = Math.max(...counts) / count;
  const workload = { kind: "trace", trace, times } as const;
  const vms = Array.from({ length: count }, (_, index) => smallVm(`vm${index}`, reader.pageCount, workload));
  return smallScenario(smallHost(Math.ceil(1.1 * count * reader.pageCount)), vms, { lookaheadNs: 50_000 });
}

async function measureThrashing(sizes: Sizes): Promise<void> {
  printSection(`cost of an event by number of VMs: ${sizes.pages} pages in all, ${OVERCOMMITMENT}x overcommitted, random-steal`);
  const scenarios = sizes.thrashing.map((count) => ({ count, scenario: thrashing(count, sizes) }));
  for (const { count, scenario } of scenarios) printDigest(`${count} VMs thrashing`, digestOf(scenario, randomSteal));
  const variants = scenarios.map(({ count, scenario }) => ({ name: `${count} VMs`, work: () => simulate(scenario, randomSteal).events }));
  await compareVariants(variants, "events", sizes.rounds);
}

async function measureHits(sizes: Sizes): Promise<void> {
  const reader = readTrace(sizes.trace);
  const traces = new Map([[sizes.trace, reader]]);
  const times = Math.max(...sizes.hitting);
  printSection(`hits by number of VMs: ${times} times the ${reader.referenceCount} references of the trace ${sizes.trace}`);
  const scenarios = sizes.hitting.map((count) => ({ count, scenario: hitting(count, sizes, reader) }));
  for (const { count, scenario } of scenarios) printDigest(`${count} VMs hitting`, digestOf(scenario, quietPolicy, traces));
  const simulated = scenarios.map(({ count, scenario }) => ({
    name: `${count} VMs`,
    work: () => simulate(scenario, quietPolicy, traces).accesses,
  }));
  await compareVariants(
    [{ name: "bare loop over the same arrays", work: () => bareLoop(reader, times) }, ...simulated],
    "accesses",
    sizes.rounds,
  );
}

async function measureEvents(sizes: Sizes): Promise<void> {
  const [count] = sizes.thrashing;
  const scenario = thrashing(count, sizes);
  printSection("events from the kernel alone, beside the same events appended to empty batches");
  printDigest("the kernel alone", digestOf(scenario, randomSteal));
  const kernel = { name: `kernel, ${count} VMs thrashing`, work: () => simulate(scenario, randomSteal).events };
  await compareVariants([{ name: "append alone", work: keepEvents(scenario, randomSteal) }, kernel], "events", sizes.rounds);
}

printHeading("cost by number of VMs", "made by bench/vm-counts.ts, seed 1");
const sizes = isQuick ? QUICK : FULL;
await measureThrashing(sizes);
await measureHits(sizes);
await measureEvents(sizes);
