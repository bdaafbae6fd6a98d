import { NS_PER_S, PAGE_BYTES } from "@ballast/core/units";
import { type Check, defineCheck } from "../check.ts";
import { compare, exactly, within } from "../expectation.ts";
import type { TestBench } from "../lab/test-bench.ts";

type Form = Readonly<Record<string, unknown>>;

const PAGES_PER_MIB = 2 ** 20 / PAGE_BYTES;

type Guest = {
  readonly configuredPages: number;
  readonly balloonPages: number;
  /** By default 1/64 of the configured pages. */
  readonly kernelPages?: number;
  readonly replacement: string;
  readonly workload: Form;
};

/** Long enough for any balloon here to be filled before the work begins. */
const REST_NS = 30 * NS_PER_S;
const REST = { kind: "idle", ns: REST_NS };

function guestAtWork({ configuredPages, balloonPages, workload, ...guest }: Guest): Form {
  const command = { kind: "setBalloonTarget", vm: 1, pages: balloonPages };
  return {
    name: "guest-at-work",
    sampleNs: 0,
    host: { framePages: 2 * configuredPages },
    vms: [{ ...guest, configuredPages, processes: [{ accessNs: "1 us", workload: { kind: "phases", phases: [REST, workload] } }] }],
    policy: "no-reclaim",
    script: balloonPages === 0 ? [] : [{ atNs: 0, command }],
  };
}

const SIZE = { pages: 4096, balloon: 1024, kernel: 64 };
const WORK = { kind: "zipf", pages: 3800, accesses: 60_000, exponent: 0.7 };

const COUNTERS = ["guestMinorFaults", "guestMajorFaults", "pageOuts", "pageIns", "pagesDropped"] as const;

/** What a guest counts, and its balloon. */
async function countWork({ simulate }: TestBench, replacement: string, balloonPages: number, configuredPages: number): Promise<number[]> {
  const guest = { replacement, kernelPages: SIZE.kernel, workload: WORK, configuredPages, balloonPages };
  const { count, machine } = await simulate({ scenario: guestAtWork(guest) });
  return [...COUNTERS.map((counter) => count(counter)), machine.vm(1).balloonSizePages];
}

/** Counts that a ballooned VM has and a smaller one has not, or the other way round. */
async function compareCounts(testBench: TestBench, replacement: string): Promise<{ differences: number; faults: number; balloon: number }> {
  const ballooned = await countWork(testBench, replacement, SIZE.balloon, SIZE.pages);
  const smaller = await countWork(testBench, replacement, 0, SIZE.pages - SIZE.balloon);
  const differences = COUNTERS.reduce((sum, _, at) => sum + Math.abs((ballooned[at] ?? 0) - (smaller[at] ?? 0)), 0);
  return { differences, faults: (ballooned[0] ?? 0) + (ballooned[1] ?? 0), balloon: ballooned[COUNTERS.length] ?? 0 };
}

const smallerVm = defineCheck({
  id: "balloon.smaller-vm",
  title: "A VM of size S with a balloon of B pages behaves as a VM of size S - B with the same kernel pages",
  source: "C. A. Waldspurger, OSDI 2002, section 3.2",
  confidence: "published",
  method: `S = ${SIZE.pages}, B = ${SIZE.balloon} and ${SIZE.kernel} kernel pages, Zipf over ${WORK.pages} pages. Guest faults, page-outs, page-ins and drops are counted.`,
  isQuick: true,
  figures: {
    FIFO: { unit: "differences", expected: exactly(0) },
    CLOCK: { unit: "differences", expected: exactly(0) },
    LRU: { unit: "differences", expected: exactly(0) },
    "pages in the balloon": { unit: "pages", expected: exactly(SIZE.balloon) },
    "guest faults at all": { unit: "faults", expected: compare() },
  },
  run: async (testBench) => {
    const [fifo, clock, lru] = [
      await compareCounts(testBench, "fifo"),
      await compareCounts(testBench, "clock"),
      await compareCounts(testBench, "lru"),
    ];
    return {
      figures: {
        FIFO: fifo.differences,
        CLOCK: clock.differences,
        LRU: lru.differences,
        "pages in the balloon": lru.balloon,
        "guest faults at all": lru.faults,
      },
    };
  },
});

const SCALE = 8;
const FULL_MIB = 256;
const LEFT_MIB = [128, 160, 192, 224] as const;
/** A file server that touches more than it has, as dbench with 40 clients does. */
const FILE_SERVER = { kind: "zipf", pages: `${400 / SCALE} MiB`, accesses: 200_000, exponent: 0.9 };

const pagesOfMib = (mib: number): number => (mib * PAGES_PER_MIB) / SCALE;

/** Accesses per second of the work. */
async function throughputOf({ simulate }: TestBench, configuredMib: number, leftMib: number): Promise<number> {
  const guest = { replacement: "clock", workload: FILE_SERVER, configuredPages: pagesOfMib(configuredMib) };
  const scenario = guestAtWork({ ...guest, balloonPages: pagesOfMib(configuredMib - leftMib) });
  const { timeNs } = await simulate({ scenario });
  return FILE_SERVER.accesses / ((timeNs - REST_NS) / NS_PER_S);
}

const figure2 = defineCheck({
  id: "balloon.figure-2",
  title: "Throughput of a ballooned VM is slightly below that of a VM of that size: its kernel was sized for more",
  source: "C. A. Waldspurger, OSDI 2002, figure 2: dbench, overhead 4.4 % at 128 MB to 1.4 % at 224 MB",
  confidence: "field",
  method: `A VM of 256 MiB ballooned to 128 to 224 MiB beside VMs of those sizes; Zipf over 400 MiB. Scaled 1:${SCALE} in memory.`,
  isQuick: false,
  figures: {
    "overhead at 128 MiB": { unit: "%", expected: compare(4.4) },
    "overhead at 224 MiB": { unit: "%", expected: compare(1.4) },
  },
  run: async (testBench) => {
    const ballooned: number[] = [];
    const smaller: number[] = [];
    for (const left of LEFT_MIB) {
      ballooned.push(await throughputOf(testBench, FULL_MIB, left));
      smaller.push(await throughputOf(testBench, left, left));
    }
    const overhead = (index: number): number => 100 * (1 - (ballooned[index] ?? 0) / (smaller[index] ?? 0));
    return {
      figures: { "overhead at 128 MiB": overhead(0), "overhead at 224 MiB": overhead(LEFT_MIB.length - 1) },
      charts: [
        {
          kind: "bars",
          name: "balloon-throughput",
          title: "A balloon makes a VM smaller",
          description:
            "Throughput of a VM of 256 MiB that was ballooned, and of VMs configured so small. After figure 2 of C. A. Waldspurger, OSDI 2002.",
          y: { label: "accesses per second" },
          categories: LEFT_MIB.map((left) => `${left} MiB`),
          series: [
            { name: "ballooned from 256 MiB", values: ballooned.map(Math.round) },
            { name: "configured with so much", values: smaller.map(Math.round), isExpected: true },
          ],
        },
      ],
    };
  },
});

const kernelPages = defineCheck({
  id: "balloon.kernel-pages",
  title: "The difference to a smaller VM is the kernel structures sized by S: about 1.56 % of what is configured",
  source: "C. A. Waldspurger, OSDI 2002, section 3.2: guest data structures are sized by physical memory",
  confidence: "derived",
  method: "1/64 of the memory; the 128 MiB by which a ballooned VM of 256 MiB and one of 128 MiB differ.",
  isQuick: true,
  figures: {
    "of the configured memory": { unit: "%", expected: within(1.56, 0.01), noProof: "configuration" },
    "more than a VM of 128 MiB keeps": { unit: "MiB", expected: exactly(2), noProof: "configuration" },
  },
  run: async ({ simulate }) => {
    const work = { replacement: "clock", workload: { kind: "references", references: ["0"] } };
    const keep = async (mib: number): Promise<number> => {
      const { machine } = await simulate({
        scenario: guestAtWork({ ...work, configuredPages: mib * PAGES_PER_MIB, balloonPages: 0 }),
      });
      return machine.vm(1).kernelPages / PAGES_PER_MIB;
    };
    const [large, small] = [await keep(FULL_MIB), await keep(FULL_MIB / 2)];
    return {
      figures: { "of the configured memory": (100 * large) / FULL_MIB, "more than a VM of 128 MiB keeps": large - small },
    };
  },
});

export const balloonChecks: readonly Check[] = [smallerVm, kernelPages, figure2];
