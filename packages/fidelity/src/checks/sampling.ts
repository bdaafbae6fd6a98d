import { EventCode } from "@ballast/core/events";
import { NS_PER_S } from "@ballast/core/units";
import { type Check, defineCheck, type SensitivityRow } from "../check.ts";
import type { LineChart } from "../chart/chart.ts";
import { atMost, compare, threeStandardErrors } from "../expectation.ts";
import type { TestBench } from "../lab/test-bench.ts";
import { observer } from "../lab/observer.ts";
import { forSeeds } from "../lab/seeds.ts";

const SOURCE = "C. A. Waldspurger, OSDI 2002, section 5.3";

type Form = Readonly<Record<string, unknown>>;
/** The end of one sampling period. */
type Period = { readonly timeNs: number; readonly touched: number; readonly sampled: number; readonly estimate: number };

async function samplePeriods({ simulate }: TestBench, scenario: Form, seed: number): Promise<Period[]> {
  const periods: Period[] = [];
  await simulate({
    scenario,
    seed,
    policy: observer(["activeSample"]),
    onBatch: ({ length, types, timesNs, a, b, d }) => {
      for (let i = 0; i < length; i++) {
        if (types[i] !== EventCode.ActiveSampled) continue;
        periods.push({ timeNs: timesNs[i] ?? 0, touched: a[i] ?? 0, sampled: b[i] ?? 0, estimate: (d[i] ?? 0) / 1e6 });
      }
    },
  });
  return periods;
}

const STEADY = { pages: 1000, active: 300, sampled: 100, periods: 150 };
const FRACTION = STEADY.active / STEADY.pages;
/** Of one period's fraction: sampling without replacement from a finite number of pages. */
const VARIANCE = ((FRACTION * (1 - FRACTION)) / STEADY.sampled) * ((STEADY.pages - STEADY.sampled) / (STEADY.pages - 1));

/** A VM that touches 300 of its 1,000 pages in every period, each more than once. */
const STEADY_TOUCHER: Form = {
  name: "steady-toucher",
  sampleNs: 0,
  host: { framePages: 2 * STEADY.pages, sampling: { periodNs: "10 ms", pages: STEADY.sampled } },
  vms: [
    {
      configuredPages: STEADY.pages,
      kernelPages: 0,
      balloon: false,
      processes: [{ accessNs: "10 us", workload: { kind: "cyclic", pages: STEADY.active, accesses: 1000 * (STEADY.periods + 1) } }],
    },
  ],
};

const standardError = defineCheck({
  id: "sampling.standard-error",
  title: "The fraction of n sampled pages that are touched is f in the mean, with SE = sqrt(f (1 - f) / n (N - n) / (N - 1))",
  source: "derived: sampling without replacement; the method: " + SOURCE,
  confidence: "derived",
  method: `N = ${STEADY.pages} pages, f = ${FRACTION}, n = ${STEADY.sampled}; ${STEADY.periods} periods for each seed. The first one, in which pages are touched for the first time, is left out.`,
  isQuick: false,
  figures: {
    "fraction found": { unit: "of the pages", expected: threeStandardErrors(FRACTION) },
    "its variance / the formula's": { unit: "ratio", expected: threeStandardErrors(1) },
  },
  run: async (testBench) => {
    const rows = await forSeeds(async (seed) => {
      const found = (await samplePeriods(testBench, STEADY_TOUCHER, seed)).slice(1).map(({ touched, sampled }) => touched / sampled);
      const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
      const variance = found.reduce((sum, value) => sum + (value - FRACTION) ** 2, 0) / found.length;
      return { mean, variance: variance / VARIANCE };
    });
    return {
      figures: {
        "fraction found": rows.map(({ mean }) => mean),
        "its variance / the formula's": rows.map(({ variance }) => variance),
      },
    };
  },
});

const SCALE = 8;
const VM_MIB = 256;
const PHASE_S = 300;
/** What the toucher touches, phase by phase, in MiB. */
const TOUCHED_MIB = [64, 128, 192, 96, 32, 160, 48] as const;
const ACCESS_NS = 2_000_000;
const PERIOD_S = 30;

type Gains = { readonly slowGain: number; readonly fastGain: number };
const ASSUMED: Gains = { slowGain: 0.1, fastGain: 0.5 };

function toucher(gains: Gains): Form {
  const phases = TOUCHED_MIB.map((mib) => ({
    kind: "cyclic",
    pages: `${mib / SCALE} MiB`,
    accesses: (PHASE_S * NS_PER_S) / ACCESS_NS,
  }));
  return {
    name: "toucher",
    sampleNs: 0,
    host: { memory: `${(2 * VM_MIB) / SCALE} MiB`, sampling: { periodNs: `${PERIOD_S} s`, pages: 100, ...gains } },
    vms: [
      {
        memory: `${VM_MIB / SCALE} MiB`,
        kernelPages: 0,
        balloon: false,
        processes: [{ accessNs: ACCESS_NS, workload: { kind: "phases", phases } }],
      },
    ],
  };
}

/** What is touched in the period that ends then: after a change, the more of both sizes. */
function truthMib(timeS: number): number {
  const phase = (atS: number): number => TOUCHED_MIB[Math.min(TOUCHED_MIB.length - 1, Math.max(0, Math.floor(atS / PHASE_S)))] ?? 0;
  return Math.max(phase(timeS - 1), phase(timeS - PERIOD_S + 1));
}

/** Estimates at the ends of periods, in MiB, over all periods in which something was touched throughout. */
async function estimate(testBench: TestBench, gains: Gains, seed = 1): Promise<(readonly [timeS: number, mib: number])[]> {
  const periods = await samplePeriods(testBench, toucher(gains), seed);
  return periods.map(({ timeNs, estimate: fraction }) => [timeNs / NS_PER_S, fraction * VM_MIB] as const);
}

function meanDistance(points: readonly (readonly [number, number])[]): number {
  return points.reduce((sum, [timeS, mib]) => sum + Math.abs(mib - truthMib(timeS)), 0) / points.length;
}

async function gainSensitivity(testBench: TestBench, asAssumed: number): Promise<SensitivityRow[]> {
  const figure = "mean distance from the truth (MiB)";
  const distance = async (gains: Partial<Gains>): Promise<number> => meanDistance(await estimate(testBench, { ...ASSUMED, ...gains }));
  const row = async (parameter: string, name: keyof Gains): Promise<SensitivityRow> => ({
    parameter,
    assumed: String(ASSUMED[name]),
    figure,
    halved: await distance({ [name]: ASSUMED[name] / 2 }),
    asAssumed,
    doubled: await distance({ [name]: ASSUMED[name] * 2 }),
  });
  return [await row("gain of the slow average", "slowGain"), await row("gain of the fast averages", "fastGain")];
}

const figure6 = defineCheck({
  id: "sampling.figure-6",
  title: "A toucher that grows and shrinks: the estimate goes up fast and comes down slowly",
  source: `${SOURCE} and figure 6; the gains were never published`,
  confidence: "field",
  method: `A VM of ${VM_MIB} MiB whose toucher touches 32 to 192 MiB, for ${PHASE_S} s each; ${PERIOD_S} s periods, 100 pages. Scaled 1:${SCALE} in memory.`,
  isQuick: false,
  figures: {
    "mean distance from the truth": { unit: "MiB", expected: compare() },
    "mean distance where it grew, from the second period on": { unit: "MiB", expected: compare() },
    "most by which it is above the truth": { unit: "MiB", expected: compare() },
  },
  run: async (testBench) => {
    const points = await estimate(testBench, ASSUMED);
    const grown = points.filter(([timeS]) => isGrown(timeS));
    const mean = meanDistance(points);
    return {
      figures: {
        "mean distance from the truth": mean,
        "mean distance where it grew, from the second period on": meanDistance(grown),
        "most by which it is above the truth": Math.max(...points.map(([timeS, mib]) => mib - truthMib(timeS))),
      },
      charts: [toucherChart(points)],
      sensitivity: await gainSensitivity(testBench, mean),
    };
  },
});

/** Whether a phase that touches more than the one before has lasted two periods. */
function isGrown(timeS: number): boolean {
  const phase = Math.min(TOUCHED_MIB.length - 1, Math.floor((timeS - 1) / PHASE_S));
  const hasGrown = (TOUCHED_MIB[phase] ?? 0) > (TOUCHED_MIB[phase - 1] ?? 0);
  return hasGrown && timeS - phase * PHASE_S >= 2 * PERIOD_S;
}

function toucherChart(points: readonly (readonly [number, number])[]): LineChart {
  const minutes = ([timeS, mib]: readonly [number, number]): [number, number] => [timeS / 60, mib];
  const truth = [...TOUCHED_MIB, TOUCHED_MIB.at(-1) ?? 0].map((mib, phase): [number, number] => [(phase * PHASE_S) / 60, mib]);
  return {
    kind: "lines",
    name: "sampling",
    title: "How much of a VM is active, by 100 sampled pages in 30 s",
    description:
      "A VM of 256 MiB whose toucher touches more and less; the estimate is the largest of a slow and two fast moving averages. After figure 6 of C. A. Waldspurger, OSDI 2002; gains 0.1 and 0.5 are assumed.",
    x: { label: "simulated time (min)", to: (TOUCHED_MIB.length * PHASE_S) / 60 },
    y: { label: "active memory (MiB)", from: 0 },
    lines: [
      { name: "estimate", shape: "step", points: points.map(minutes) },
      { name: "touched in truth", shape: "step", isExpected: true, points: truth },
    ],
  };
}

const maximum = defineCheck({
  id: "sampling.maximum-of-averages",
  title: "The estimate is the largest of a slow moving average, a fast one, and the fast one within the period",
  source: SOURCE,
  confidence: "published",
  method: "The averages are reckoned again from what was counted in each period of the toucher; gains 0.1 and 0.5 are assumed.",
  isQuick: false,
  figures: { "largest difference": { unit: "of the pages", expected: atMost(0.000_001) } },
  run: async (testBench) => {
    const periods = await samplePeriods(testBench, toucher(ASSUMED), 1);
    let [slow, fast, max] = [Number.NaN, Number.NaN, 0];
    for (const { touched, sampled, estimate: told } of periods) {
      const found = touched / sampled;
      slow = Number.isNaN(slow) ? found : slow + ASSUMED.slowGain * (found - slow);
      fast = Number.isNaN(fast) ? found : fast + ASSUMED.fastGain * (found - fast);
      // Told as a period ends: of the next one nothing is known yet, so that it counts as nothing found.
      max = Math.max(max, Math.abs(told - Math.max(slow, fast, fast * (1 - ASSUMED.fastGain))));
    }
    return { figures: { "largest difference": max } };
  },
});

export const samplingChecks: readonly Check[] = [standardError, maximum, figure6];
