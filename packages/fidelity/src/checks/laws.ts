import { minMisses } from "@ballast/core/replacement";
import type { LineChart } from "../chart/chart.ts";
import { type Check, defineCheck, type FigureSpec } from "../check.ts";
import { exactly, threeStandardErrors } from "../expectation.ts";
import { guestAlone } from "../lab/guest-alone.ts";
import { bisect, fifoMissRatio, lruMissRatio, zipfProbabilities } from "../lab/independent-references.ts";
import type { TestBench } from "../lab/test-bench.ts";
import { overcommittedVm } from "../lab/overcommitted-vm.ts";
import { forSeeds } from "../lab/seeds.ts";
import { rateAfterWarmUp } from "../lab/steady-state.ts";

const GUEST_FAULTS = ["guestMinorFaults", "guestMajorFaults"] as const;
const HOST_MISSES = ["hostMajorFaults", "guestMinorFaults"] as const;
const REPLACEMENTS = ["fifo", "clock", "lru"] as const;
type Replacement = (typeof REPLACEMENTS)[number];

const ratio = (expected: FigureSpec["expected"]): FigureSpec => ({ unit: "misses per access", expected });

type Draws = { readonly workload: Readonly<Record<string, unknown>>; readonly frames: number; readonly pages: number };
type Lengths = { readonly warmUp: number; readonly measured: number };

/** Guest faults per access with a number of real pages, in the steady state, for each seed. */
function guestMissRatios(testBench: TestBench, replacement: Replacement, draws: Draws, lengths: Lengths): Promise<number[]> {
  const { workload, frames, pages } = draws;
  const scenario = (accesses: number): Readonly<Record<string, unknown>> =>
    guestAlone(frames, { ...workload, pages, accesses }, { vm: { replacement }, virtualPages: pages });
  return forSeeds((seed) => rateAfterWarmUp(testBench, scenario, lengths, GUEST_FAULTS, seed));
}

/** Misses per access of a VM whose pages the host steals at random: swap-ins, and first touches, for each seed. */
function randomMissRatios(testBench: TestBench, { workload, frames, pages }: Draws, lengths: Lengths): Promise<number[]> {
  const scenario = (accesses: number): Readonly<Record<string, unknown>> =>
    overcommittedVm(frames, pages, { ...workload, pages, accesses });
  return forSeeds((seed) => rateAfterWarmUp(testBench, scenario, lengths, HOST_MISSES, seed));
}

const SCAN = { frames: 60, pages: 100, rounds: 50 };

const cyclicScan = defineCheck({
  id: "laws.cyclic-scan",
  title: "A cyclic scan of more pages than frames: FIFO, CLOCK and LRU miss always, MIN (W - R) of W - 1 times",
  source: "follows from the definitions; MIN: L. A. Belady, IBM Systems Journal 5 (1966)",
  confidence: "derived",
  method: `${SCAN.pages} pages, ${SCAN.frames} frames, ${SCAN.rounds} rounds. MIN keeps one frame for the page that passes.`,
  isQuick: true,
  figures: {
    FIFO: ratio(exactly(1)),
    CLOCK: ratio(exactly(1)),
    LRU: ratio(exactly(1)),
    MIN: ratio(exactly((SCAN.pages - SCAN.frames) / (SCAN.pages - 1))),
  },
  run: async ({ simulate }) => {
    const { frames, pages, rounds } = SCAN;
    const workload = { kind: "cyclic", pages, accesses: rounds * pages };
    const missRatio = async (replacement: Replacement): Promise<number> => {
      const { count } = await simulate({ scenario: guestAlone(frames, workload, { vm: { replacement }, virtualPages: pages }) });
      return (count("guestMinorFaults") + count("guestMajorFaults")) / count("accesses");
    };
    return {
      figures: {
        FIFO: await missRatio("fifo"),
        CLOCK: await missRatio("clock"),
        LRU: await missRatio("lru"),
        MIN: steadyMinMisses(frames, pages) / (pages * (pages - 1)),
      },
    };
  },
});

/** Misses of MIN in W - 1 rounds of a scan of W pages, after as many: its hits recur with that period. */
function steadyMinMisses(frames: number, pages: number): number {
  const misses = (rounds: number): number =>
    minMisses(
      Int32Array.from({ length: rounds * pages }, (_, at) => at % pages),
      frames,
    );
  return misses(2 * (pages - 1)) - misses(pages - 1);
}

const RANDOM_SCAN = { workload: { kind: "cyclic" }, frames: 1000, pages: 1500 };

/** The m with 1 - m = exp(-m W / R). */
function randomScanMissRatio({ frames, pages }: Draws): number {
  return bisect((missRatio) => 1 - missRatio > Math.exp((-missRatio * pages) / frames), 1);
}

const randomScan = defineCheck({
  id: "laws.cyclic-scan-random",
  title: "A cyclic scan under random stealing misses m of its accesses, 1 - m = exp(-m W / R)",
  source: "derived: a page is stolen by none of the m W steals of a round with probability (1 - 1/R)^(m W)",
  confidence: "derived",
  method: `A VM of ${RANDOM_SCAN.pages} pages on ${RANDOM_SCAN.frames} frames; the host steals one page at random at each fault.`,
  isQuick: false,
  figures: { "random stealing": ratio(threeStandardErrors(randomScanMissRatio(RANDOM_SCAN))) },
  run: async (testBench) => ({
    figures: {
      "random stealing": await randomMissRatios(testBench, RANDOM_SCAN, { warmUp: 7_500, measured: 22_500 }),
    },
    charts: [await scanChart(testBench)],
  }),
});

const FRACTIONS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const;

/** The whole law, over how much of the scan fits; one seed for each dot. */
async function scanChart(testBench: TestBench): Promise<LineChart> {
  const [workload, pages] = [RANDOM_SCAN.workload, 1000];
  const dots: [number, number][] = [];
  for (const fraction of FRACTIONS) {
    const scenario = (accesses: number): Readonly<Record<string, unknown>> =>
      overcommittedVm(fraction * pages, pages, { ...workload, pages, accesses });
    dots.push([fraction, await rateAfterWarmUp(testBench, scenario, { warmUp: 5000, measured: 10_000 }, HOST_MISSES, 1)]);
  }
  const law = FRACTIONS.map((fraction) => [fraction, randomScanMissRatio({ workload, frames: fraction, pages: 1 })] as const);
  return {
    kind: "lines",
    name: "cyclic-scan",
    title: "A cyclic scan of W pages in R frames",
    description:
      "LRU, FIFO and CLOCK miss always, as soon as one page does not fit. Random stealing misses m of the accesses, 1 - m = exp(-m W / R); MIN (W - R) of W - 1.",
    x: { label: "frames / pages of the scan, R / W", from: 0, to: 1 },
    y: { label: "misses per access", from: 0, to: 1 },
    lines: [
      { name: "random stealing, simulated", shape: "dots", points: dots },
      { name: "random stealing, law", shape: "line", isExpected: true, points: [[0, 1], ...law, [1, 0]] },
      {
        name: "MIN",
        shape: "line",
        points: [
          [0, 1],
          [1, 0],
        ],
      },
      {
        name: "LRU, FIFO, CLOCK",
        shape: "line",
        points: [
          [0, 1],
          [1, 1],
        ],
      },
    ],
  };
}

const UNIFORM = { workload: { kind: "uniform" }, frames: 300, pages: 500 };
const UNIFORM_LENGTHS = { warmUp: 3_000, measured: 20_000 };
const UNIFORM_LAW = threeStandardErrors(1 - UNIFORM.frames / UNIFORM.pages);

const uniform = defineCheck({
  id: "laws.uniform-access",
  title: "Uniform accesses miss 1 - R/W of the time whatever the replacement, foresight excepted",
  source: "follows from the definition: any R pages serve R of W accesses",
  confidence: "derived",
  method: `${UNIFORM.pages} pages, ${UNIFORM.frames} frames.`,
  isQuick: false,
  figures: {
    FIFO: ratio(UNIFORM_LAW),
    CLOCK: ratio(UNIFORM_LAW),
    LRU: ratio(UNIFORM_LAW),
    "random stealing": ratio(UNIFORM_LAW),
  },
  run: async (testBench) => ({
    figures: {
      FIFO: await guestMissRatios(testBench, "fifo", UNIFORM, UNIFORM_LENGTHS),
      CLOCK: await guestMissRatios(testBench, "clock", UNIFORM, UNIFORM_LENGTHS),
      LRU: await guestMissRatios(testBench, "lru", UNIFORM, UNIFORM_LENGTHS),
      "random stealing": await randomMissRatios(testBench, UNIFORM, UNIFORM_LENGTHS),
    },
  }),
});

const EXPONENT = 0.8;
const ZIPF = { workload: { kind: "zipf", exponent: EXPONENT }, frames: 400, pages: 2000 };
const ZIPF_LENGTHS = { warmUp: 12_000, measured: 30_000 };
const ZIPF_PROBABILITIES = zipfProbabilities(ZIPF.pages, EXPONENT);

const zipf = defineCheck({
  id: "laws.independent-references",
  title: "Under independent references FIFO misses as random does, and LRU as Che's approximation says",
  source:
    "E. Gelenbe, IEEE Transactions on Computers 22 (1973); H. Che, Y. Tung, Z. Wang, IEEE JSAC 20 (2002); for FIFO C. Fricker, P. Robert, J. Roberts, ITC 24 (2012)",
  confidence: "derived",
  method: `Zipf of exponent ${EXPONENT} over ${ZIPF.pages} pages, ${ZIPF.frames} frames.`,
  isQuick: false,
  figures: {
    FIFO: ratio(threeStandardErrors(fifoMissRatio(ZIPF_PROBABILITIES, ZIPF.frames))),
    "FIFO less random stealing": ratio(threeStandardErrors(0)),
    LRU: ratio(threeStandardErrors(lruMissRatio(ZIPF_PROBABILITIES, ZIPF.frames))),
  },
  run: async (testBench) => {
    const fifo = await guestMissRatios(testBench, "fifo", ZIPF, ZIPF_LENGTHS);
    const random = await randomMissRatios(testBench, ZIPF, ZIPF_LENGTHS);
    return {
      figures: {
        FIFO: fifo,
        "FIFO less random stealing": fifo.map((value, index) => value - (random[index] ?? Number.NaN)),
        LRU: await guestMissRatios(testBench, "lru", ZIPF, ZIPF_LENGTHS),
      },
    };
  },
});

export const lawChecks: readonly Check[] = [cyclicScan, randomScan, uniform, zipf];
