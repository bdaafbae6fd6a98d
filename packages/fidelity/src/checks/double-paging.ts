import { EventCode } from "@ballast/core/events";
import type { LineChart } from "../chart/chart.ts";
import { type Check, defineCheck } from "../check.ts";
import { exactly, meanOf, threeStandardErrors } from "../expectation.ts";
import type { TestBench } from "../lab/test-bench.ts";
import { forSeeds } from "../lab/seeds.ts";
import { stealOnce } from "../lab/steal-once.ts";

const PAGES = 4000;
const PAGED_OUT = 2000;

/** The guest fills its memory, rests while the host steals, and then needs memory for other pages. */
const SCENARIO = {
  name: "double-paging",
  sampleNs: 0,
  host: { framePages: 2 * PAGES },
  vms: [
    {
      configuredPages: PAGES,
      kernelPages: 0,
      replacement: "lru",
      balloon: false,
      processes: [
        {
          virtualPages: PAGES + PAGED_OUT,
          workload: {
            kind: "phases",
            phases: [
              { kind: "sequential", pages: PAGES, writeRatio: 1 },
              { kind: "idle", ns: "2 s" },
              { kind: "sequential", firstPage: PAGES, pages: PAGED_OUT, writeRatio: 1 },
            ],
          },
        },
      ],
    },
  ],
};

/** Host swap-ins for each page that the guest pages out, with a fraction of its pages stolen. */
async function swapInsPerPageOut({ simulate }: TestBench, stolenFraction: number, seed: number): Promise<number> {
  const policy = stealOnce(Math.round(stolenFraction * PAGES));
  const { count } = await simulate({ scenario: SCENARIO, policy, seed });
  return count("swapIns") / count("pageOuts");
}

const cost = defineCheck({
  id: "double-paging.cost",
  title: "If the host has stolen a fraction h of a guest's pages at random, a guest page-out costs h host swap-ins",
  source: "derived: the guest's victims do not know what the host has stolen; the effect itself: C. A. Waldspurger, OSDI 2002, section 3",
  confidence: "derived",
  method: `A guest with ${PAGES} dirty pages pages ${PAGED_OUT} of them out.`,
  isQuick: false,
  figures: {
    "h = 0": { unit: "swap-ins per page-out", expected: exactly(0) },
    "h = 0.25": { unit: "swap-ins per page-out", expected: threeStandardErrors(0.25) },
    "h = 0.5": { unit: "swap-ins per page-out", expected: threeStandardErrors(0.5) },
    "h = 0.75": { unit: "swap-ins per page-out", expected: threeStandardErrors(0.75) },
  },
  run: async (testBench) => {
    const measure = (stolen: number): Promise<number[]> => forSeeds((seed) => swapInsPerPageOut(testBench, stolen, seed));
    const figures = {
      "h = 0": await swapInsPerPageOut(testBench, 0, 1),
      "h = 0.25": await measure(0.25),
      "h = 0.5": await measure(0.5),
      "h = 0.75": await measure(0.75),
    };
    const samples = Object.values(figures).map((sample) => (typeof sample === "number" ? sample : meanOf(sample)));
    return { figures, charts: [costChart(samples)] };
  },
});

function costChart(swapIns: readonly number[]): LineChart {
  return {
    kind: "lines",
    name: "double-paging",
    title: "Double paging: what the guest pages out must first be swapped in",
    description:
      "The host has stolen a fraction of the guest's pages at random. Means over 16 seeds; their standard errors are smaller than the dots.",
    x: { label: "stolen fraction h of the guest's pages", to: 1 },
    y: { label: "host swap-ins for each page-out", to: 1 },
    lines: [
      { name: "simulated", shape: "dots", points: swapIns.map((value, index) => [index / 4, value] as const) },
      {
        name: "h",
        shape: "line",
        isExpected: true,
        points: [
          [0, 0],
          [1, 1],
        ],
      },
    ],
  };
}

const HOT = PAGES / 4;

/** A guest that continues with a quarter of its pages while the host steals. */
const HALF_IDLE = {
  name: "random-victims",
  sampleNs: 0,
  durationNs: "1500 ms",
  host: { framePages: 2 * PAGES },
  vms: [
    {
      configuredPages: PAGES,
      kernelPages: 0,
      balloon: false,
      processes: [
        {
          accessNs: "10 us",
          workload: {
            kind: "phases",
            phases: [
              { kind: "sequential", pages: PAGES, writeRatio: 1 },
              { kind: "cyclic", pages: HOT, accesses: 200_000 },
            ],
          },
        },
      ],
    },
  ],
};

/** Which part of the pages that were stolen were hot ones. */
async function hotVictims({ simulate }: TestBench, seed: number): Promise<number> {
  let [stolen, hot] = [0, 0];
  await simulate({
    scenario: HALF_IDLE,
    seed,
    policy: stealOnce(PAGES / 4),
    onBatch: ({ length, types, a }, machine) => {
      for (let i = 0; i < length; i++) {
        if (types[i] !== EventCode.PageStolen) continue;
        stolen++;
        // The first pages were touched first, and have the first real pages.
        if ((machine.vm(1).userPage[a[i] ?? 0] ?? PAGES) < HOT) hot++;
      }
    },
  });
  return hot / stolen;
}

const victims = defineCheck({
  id: "double-paging.random-victims",
  title: "The host's victims are uniformly random: hot pages are stolen as often as others",
  source: "C. A. Waldspurger, OSDI 2002, section 3.2: a random victim cannot collide with the guest's own replacement",
  confidence: "published",
  method: `A guest of ${PAGES} pages continues with a quarter of them while a quarter of all is stolen.`,
  isQuick: false,
  figures: { "hot pages among the stolen": { unit: "of all stolen", expected: threeStandardErrors(HOT / PAGES) } },
  run: async (testBench) => ({
    figures: { "hot pages among the stolen": await forSeeds((seed) => hotVictims(testBench, seed)) },
  }),
});

export const doublePagingChecks: readonly Check[] = [victims, cost];
