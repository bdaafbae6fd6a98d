import { Prng } from "@ballast/core/prng";
import { exactMissRatioCurve } from "@ballast/core/reuse";
import { type Check, defineCheck, type FigureSpec } from "../check.ts";
import { atLeast, exactly } from "../expectation.ts";
import { bestPartition } from "../lab/best-partition.ts";
import type { Laboratory } from "../lab/laboratory.ts";
import { forSeeds } from "../lab/seeds.ts";

type Form = Readonly<Record<string, unknown>>;

const POLICIES = ["no-reclaim", "random-steal", "idle-steal", "ballooning", "squeezed", "self-balloon"] as const;
type PolicyName = (typeof POLICIES)[number];

/** Three VMs on a host with two thirds of what they want; one changes what it works on. */
function comparison(policy: string): Form {
  const [small, large] = [1000, 2000];
  const workloads = [
    { kind: "zipf", pages: large, accesses: 200_000 },
    { kind: "uniform", pages: small, accesses: 200_000 },
    {
      kind: "phases",
      times: 2,
      phases: [
        { kind: "zipf", pages: small, accesses: 50_000 },
        { kind: "zipf", firstPage: small, pages: small, accesses: 50_000 },
      ],
    },
  ];
  const vms = workloads.map((workload) => ({
    configuredPages: 2100,
    kernelPages: 32,
    balloon: { pollNs: "10 ms" },
    processes: [{ accessNs: "1 us", workload }],
  }));
  return { name: "comparison", sampleNs: 0, host: { framePages: 3400, swapDevice: "nvme" }, vms, policy };
}

const clairvoyant = defineCheck({
  id: "bounds.clairvoyant",
  title: "No policy has fewer faults than Belady's MIN on the same accesses in the same order",
  source: "L. A. Belady, IBM Systems Journal 5 (1966): no replacement misses less",
  confidence: "derived",
  method:
    "Three VMs, overcommitted, under each policy. The bound is that of the run's own merged accesses with all frames; it bounds faults, and neither time nor disk reads.",
  isQuick: false,
  figures: Object.fromEntries(
    POLICIES.map((name) => [name, { unit: "faults / MIN's", expected: atLeast(1) }]),
  ) as Record<PolicyName, FigureSpec>,
  run: async ({ simulateBounded }) => {
    const figures = {} as Record<PolicyName, number>;
    for (const name of POLICIES) {
      const { bound } = await simulateBounded({ scenario: comparison(name) });
      figures[name] = bound.faults / (bound.leastFaults ?? Number.NaN);
    }
    return { figures };
  },
});

const FRAMES = 300;
const GUESTS: readonly Form[] = [
  { kind: "zipf", pages: 400, accesses: 20_000, exponent: 0.9 },
  { kind: "uniform", pages: 80, accesses: 10_000 },
  { kind: "cyclic", pages: 120, accesses: 5000 },
];

/** Guests under LRU, each with so many pages of its own, on a host with frames for all. */
function partitioned(pages: readonly number[]): Form {
  const vms = GUESTS.map((workload, index) => ({
    configuredPages: pages[index],
    kernelPages: 0,
    replacement: "lru",
    balloon: false,
    processes: [{ workload }],
  }));
  return { name: "partitioned", sampleNs: 0, host: { framePages: 2000 }, vms, policy: "no-reclaim" };
}

async function countFaults({ simulate }: Laboratory, pages: readonly number[], seed: number): Promise<number> {
  const { count } = await simulate({ scenario: partitioned(pages), seed });
  const faults = GUESTS.map((_, index) => count("guestMinorFaults", index + 1) + count("guestMajorFaults", index + 1));
  return faults.reduce((sum, own) => sum + own, 0);
}

/** Misses of each guest for each size, from the reuse distances of its accesses. */
async function missCounts({ simulate }: Laboratory, seed: number): Promise<number[][]> {
  const accesses = GUESTS.map((): number[] => []);
  const onAccesses = (vm: number, _process: number, pages: Int32Array, from: number, count: number): void => {
    accesses[vm - 1]?.push(...pages.subarray(from, from + count));
  };
  await simulate({ scenario: partitioned(GUESTS.map(() => 500)), seed, onAccesses });
  return accesses.map((pages) => {
    const { missRatios } = exactMissRatioCurve(pages, 1, FRAMES);
    return [Infinity].concat(missRatios.map((ratio) => Math.round(ratio * pages.length)));
  });
}

/** A division of the frames by chance, none empty. */
function randomPartition(seed: number): number[] {
  const prng = Prng.named(seed, "reproduce/partition");
  const first = 1 + prng.nextBelow(FRAMES - 2);
  const second = 1 + prng.nextBelow(FRAMES - first - 1);
  return [first, second, FRAMES - first - second];
}

const partition = defineCheck({
  id: "bounds.best-partition",
  title: "LRU guests with fixed parts of memory never have fewer faults than with the best partition",
  source: "derived: misses by size follow from reuse distances (R. L. Mattson and others, IBM Systems Journal 9, 1970); the best sum by dynamic programming",
  confidence: "derived",
  method: `${FRAMES} frames for three guests: Zipf, uniform and a cyclic scan; a random partition for each seed.`,
  isQuick: false,
  figures: {
    "best partition, simulated less predicted": { unit: "faults", expected: exactly(0) },
    "equal parts less best": { unit: "faults", expected: atLeast(0) },
    "random parts less best": { unit: "faults", expected: atLeast(0) },
  },
  run: async (laboratory) => {
    const rows = await forSeeds(async (seed) => {
      const best = bestPartition(await missCounts(laboratory, seed), FRAMES);
      const equal = await countFaults(laboratory, GUESTS.map(() => FRAMES / GUESTS.length), seed);
      const random = await countFaults(laboratory, randomPartition(seed), seed);
      return { best: (await countFaults(laboratory, best.pages, seed)) - best.misses, equal: equal - best.misses, random: random - best.misses };
    });
    return {
      figures: {
        "best partition, simulated less predicted": rows.map(({ best }) => best),
        "equal parts less best": rows.map(({ equal }) => equal),
        "random parts less best": rows.map(({ random }) => random),
      },
    };
  },
});

export const boundChecks: readonly Check[] = [clairvoyant, partition];
