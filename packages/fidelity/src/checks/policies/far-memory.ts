import { NS_PER_MS, NS_PER_S } from "@ballast/core/units";
import { defineCheck } from "../../check.ts";
import { atMost, compare, exactly, within } from "../../expectation.ts";
import { defaultPeriodS } from "../../lab/consult-policy.ts";
import type { TestBench } from "../../lab/test-bench.ts";
import { MetricWatch } from "../../lab/watch-metrics.ts";

const PAGES = 8000;
const ACCESS_MS = 10;
const END_S = 4800;
/** The rate is that of this many last minutes. */
const MEASURED_MIN = 20;
const SCAN_ACCESSES = (120 * 1000) / ACCESS_MS;

/** A VM that has touched all of its memory and uses some pages often, and the others ever less. */
const SCENARIO = {
  name: "far-memory",
  sampleNs: 0,
  durationNs: END_S * NS_PER_S,
  host: { framePages: 2 * PAGES, compression: { cacheFraction: 0.5 } },
  vms: [
    {
      configuredPages: PAGES,
      kernelPages: 0,
      balloon: false,
      processes: [
        { name: "past", accessNs: "100 us", workload: { kind: "sequential", pages: PAGES / 2, writeRatio: 1 } },
        {
          name: "work",
          accessNs: ACCESS_MS * NS_PER_MS,
          workload: { kind: "zipf", pages: PAGES / 2, accesses: (END_S * 1000) / ACCESS_MS, exponent: 1.2 },
        },
      ],
    },
  ],
};

/** S of the paper, which does not tell it. */
const START_MS = 240_000;

export const farMemory = defineCheck({
  id: "policies.far-memory",
  title: "Far memory: pages cold for 120 s are compressed, as long as few of them are wanted back",
  source: "A. Lagar-Cavilla and others, ASPLOS 2019: scans of 120 s; at most 0.2 % of the working set promoted in a minute",
  confidence: "published",
  method: `A VM has touched ${PAGES} pages and continues with half of them (Zipf of exponent 1.2), an access every ${ACCESS_MS} ms, for ${END_S} s; the rate is that of the last ${MEASURED_MIN} min. Pages compress to 0.2 to 0.6 of their size, each size equally likely, so that of those never used again three of four take half a page at most; the tolerance is three standard errors of that number of pages.`,
  isQuick: false,
  figures: {
    "period of scans": { unit: "s", expected: exactly(120), noProof: "configuration" },
    "never used again, in the cache": { unit: "% of these pages", expected: within(75, 2.1) },
    "compressed at the end": { unit: "pages", expected: compare() },
    "promoted in a minute": { unit: "% of the working set", expected: atMost(0.2) },
  },
  run: async (testBench) => {
    const run = await runFarMemory(testBench, START_MS);
    return {
      figures: {
        "period of scans": defaultPeriodS(testBench.policy("far-memory")),
        "never used again, in the cache": run.pastPercent,
        "compressed at the end": run.compressedPages,
        "promoted in a minute": run.promotedPercent,
      },
      sensitivity: [
        {
          parameter: "time before anything is taken from a VM (S)",
          assumed: `${START_MS / 1000} s`,
          figure: "promoted in a minute (% of the working set)",
          halved: (await runFarMemory(testBench, START_MS / 2)).promotedPercent,
          asAssumed: run.promotedPercent,
          doubled: (await runFarMemory(testBench, START_MS * 2)).promotedPercent,
        },
      ],
    };
  },
});

async function runFarMemory(
  { simulate }: TestBench,
  startMs: number,
): Promise<{ compressedPages: number; promotedPercent: number; pastPercent: number }> {
  const watch = new MetricWatch(60 * NS_PER_S);
  const recent: number[] = [];
  const onAccesses = (_vm: number, process: number, pages: Int32Array, from: number, count: number): void => {
    if (process === 2) for (let i = from; i < from + count; i++) recent.push(pages[i] ?? 0);
    if (recent.length > 2 * SCAN_ACCESSES) recent.splice(0, recent.length - SCAN_ACCESSES);
  };
  const scenario = { ...SCENARIO, policy: { name: "far-memory", parameters: { startMs } } };
  const { machine, count } = await simulate({ scenario, onBatch: watch.onBatch, onAccesses });
  const before = watch.moments.at(-MEASURED_MIN)?.vm(1, "pagesDecompressed") ?? Number.NaN;
  const workingSet = new Set(recent.slice(-SCAN_ACCESSES)).size;
  const promoted = count("pagesDecompressed") - before;
  const { compressedPages, compressedBlocks, userProcess } = machine.vm(1);
  const past = compressedBlocks.filter((blocks, real) => blocks > 0 && userProcess[real] === 1).length;
  const promotedPercent = (100 * promoted) / MEASURED_MIN / workingSet;
  return { compressedPages, promotedPercent, pastPercent: (100 * past) / (PAGES / 2) };
}
