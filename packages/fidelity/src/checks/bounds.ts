import { bestPartition, missesWith, Prng } from "@ballast/core/policy";
import { exactMissRatioCurve, type MissRatioCurve } from "@ballast/core/reuse";
import { type Check, defineCheck, type FigureSpec } from "../check.ts";
import { atLeast, compare, exactly, notBelow } from "../expectation.ts";
import type { TestBench } from "../lab/test-bench.ts";
import { forSeeds } from "../lab/seeds.ts";

type Form = Readonly<Record<string, unknown>>;

/** All that come with Ballast, but `no-reclaim`, which lets VMs be ended, and `ksm`: MIN bounds nothing where pages are shared. */
const POLICIES = [
  "clairvoyant",
  "esx",
  "mrc-balance",
  "best-partition",
  "idle-steal",
  "ballooning",
  "hyper-v",
  "mom",
  "proxmox",
  "squeezed",
  "self-balloon",
  "free-page-reporting",
  "senpai",
  "far-memory",
  "host-swap",
  "swap-mapper",
  "random-steal",
] as const;
type PolicyName = (typeof POLICIES)[number];

function forPolicies<Value>(give: (name: PolicyName) => Value): Record<PolicyName, Value> {
  return Object.fromEntries(POLICIES.map((name) => [name, give(name)])) as Record<PolicyName, Value>;
}

const [SMALL, LARGE] = [1000, 2000];
const SHIFTING = {
  kind: "phases",
  times: 2,
  phases: [
    { kind: "zipf", pages: SMALL, accesses: 25_000 },
    { kind: "zipf", firstPage: SMALL, pages: SMALL, accesses: 25_000 },
  ],
};
const WORKLOADS: readonly Form[] = [
  { kind: "zipf", pages: LARGE, accesses: 100_000 },
  { kind: "uniform", pages: SMALL, accesses: 100_000 },
  SHIFTING,
];

/** VMs on a host with too few frames for all that they touch. */
function comparison(policy: string, workloads: readonly Form[], framePages: number): Form {
  const vms = workloads.map((workload) => ({
    configuredPages: 2100,
    kernelPages: 32,
    balloon: true,
    processes: [{ accessNs: "400 us", workload }],
  }));
  // MIN bounds nothing where pages are shared.
  const parameters = policy === "esx" ? { pageSharing: false } : {};
  return { name: "comparison", sampleNs: 0, host: { framePages, swapDevice: "nvme" }, vms, policy: { name: policy, parameters } };
}

const everyRun = defineCheck({
  id: "bounds.min",
  title: "No run has fewer faults than Belady's MIN on the same accesses in the same order",
  source: "L. A. Belady, IBM Systems Journal 5 (1966): no replacement misses less",
  confidence: "derived",
  method:
    "Three VMs, overcommitted, under each policy. The bound is that of the run's own merged accesses with all frames; it bounds faults, and neither time nor disk reads.",
  isQuick: false,
  figures: forPolicies((): FigureSpec => ({ unit: "faults / MIN's", expected: atLeast(1), noProof: "identity" })),
  run: async ({ simulateBounded }) => {
    const figures = forPolicies(() => Number.NaN);
    for (const name of POLICIES) {
      const { bound } = await simulateBounded({ scenario: comparison(name, WORKLOADS, 3400) });
      figures[name] = bound.faults / (bound.minFaults ?? Number.NaN);
    }
    return { figures };
  },
});

const clairvoyant = defineCheck({
  id: "bounds.clairvoyant",
  title: "The clairvoyant policy has as many faults as MIN, and no policy has fewer",
  source: "L. A. Belady, IBM Systems Journal 5 (1966)",
  confidence: "derived",
  method:
    "One VM on a host with too few frames, so that all policies meet the accesses in the same order; its kernel's pages are never touched again.",
  isQuick: false,
  figures: {
    "clairvoyant less MIN": { unit: "faults", expected: exactly(0) },
    ...forPolicies((name): FigureSpec => ({
      unit: "faults",
      expected: name === "clairvoyant" ? compare() : notBelow("clairvoyant"),
      noProof: "identity",
    })),
  },
  run: async ({ simulateBounded }) => {
    const figures = forPolicies(() => Number.NaN);
    let min = Number.NaN;
    for (const name of POLICIES) {
      const { bound } = await simulateBounded({ scenario: comparison(name, [SHIFTING], 1000) });
      figures[name] = bound.faults;
      min = bound.minFaults ?? Number.NaN;
    }
    return { figures: { "clairvoyant less MIN": figures.clairvoyant - min, ...figures } };
  },
});

const FRAMES = 300;
const GUESTS: readonly Form[] = [
  { kind: "zipf", pages: 400, accesses: 20_000, exponent: 0.9 },
  { kind: "uniform", pages: 80, accesses: 10_000 },
  { kind: "cyclic", pages: 120, accesses: 5000 },
];

/** Guests under LRU, each with a number of pages of its own, on a host with frames for all. */
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

async function countFaults({ simulate }: TestBench, pages: readonly number[], seed: number): Promise<number> {
  const { count } = await simulate({ scenario: partitioned(pages), seed });
  const faults = GUESTS.map((_, index) => count("guestMinorFaults", index + 1) + count("guestMajorFaults", index + 1));
  return faults.reduce((sum, own) => sum + own, 0);
}

/** The best partition, from the reuse distances of each guest's accesses, and its misses. */
async function findBest({ simulate }: TestBench, seed: number): Promise<{ parts: readonly number[]; misses: number; tried: number }> {
  const accesses = GUESTS.map((): number[] => []);
  const onAccesses = (vm: number, _process: number, pages: Int32Array, from: number, count: number): void => {
    accesses[vm - 1]?.push(...pages.subarray(from, from + count));
  };
  await simulate({ scenario: partitioned(GUESTS.map(() => 500)), seed, onAccesses });
  const claims = accesses.map((pages) => ({
    curve: exactMissRatioCurve(pages, 1, FRAMES),
    lowestPages: 1,
    maxPages: FRAMES,
  }));
  const parts = bestPartition(claims, FRAMES, 1) ?? [];
  const misses = claims.reduce((sum, { curve }, guest) => sum + Math.round(missesWith(curve, parts[guest] ?? 0)), 0);
  return { parts, misses, tried: tryAll(claims.map(({ curve }) => curve)) };
}

/** Misses of the best partition of all, without any shortcut. */
function tryAll(curves: readonly MissRatioCurve[]): number {
  const misses = curves.map((curve) => Array.from({ length: FRAMES + 1 }, (_, pages) => Math.round(missesWith(curve, pages))));
  const [first = [], second = [], third = []] = misses;
  let min = Number.POSITIVE_INFINITY;
  for (let a = 1; a <= FRAMES - 2; a++) {
    for (let b = 1; a + b <= FRAMES - 1; b++) {
      min = Math.min(min, (first[a] ?? 0) + (second[b] ?? 0) + (third[FRAMES - a - b] ?? 0));
    }
  }
  return min;
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
  source:
    "derived: misses by size follow from reuse distances (R. L. Mattson and others, IBM Systems Journal 9, 1970); the best sum by dynamic programming",
  confidence: "derived",
  method: `${FRAMES} frames for three guests: Zipf, uniform and a cyclic scan; a random partition for each seed.`,
  isQuick: false,
  figures: {
    "best partition, simulated less predicted": { unit: "faults", expected: exactly(0) },
    "best of all partitions, tried one by one, less best": { unit: "faults", expected: exactly(0) },
    "equal parts less best": { unit: "faults", expected: atLeast(0) },
    "random parts less best": { unit: "faults", expected: atLeast(0) },
  },
  run: async (testBench) => {
    const rows = await forSeeds(async (seed) => {
      const best = await findBest(testBench, seed);
      const equal = await countFaults(
        testBench,
        GUESTS.map(() => FRAMES / GUESTS.length),
        seed,
      );
      const random = await countFaults(testBench, randomPartition(seed), seed);
      return {
        best: (await countFaults(testBench, best.parts, seed)) - best.misses,
        tried: best.tried - best.misses,
        equal: equal - best.misses,
        random: random - best.misses,
      };
    });
    return {
      figures: {
        "best partition, simulated less predicted": rows.map(({ best }) => best),
        "best of all partitions, tried one by one, less best": rows.map(({ tried }) => tried),
        "equal parts less best": rows.map(({ equal }) => equal),
        "random parts less best": rows.map(({ random }) => random),
      },
    };
  },
});

export const boundChecks: readonly Check[] = [everyRun, clairvoyant, partition];
