import { DEVICE_PROFILES } from "@ballast/core/scenario";
import { NS_PER_MS, NS_PER_S, PAGE_BYTES } from "@ballast/core/units";
import { type Check, defineCheck, type SensitivityRow } from "../check.ts";
import { atLeast, compare, exactly, within } from "../expectation.ts";
import type { TestBench } from "../lab/test-bench.ts";
import { stealAtShortage } from "../lab/steal-at-shortage.ts";

type Form = Readonly<Record<string, unknown>>;

const SCALE = 8;
const GUEST_MIB = 512;
const HOST_MIB = 100;
const FILE_MIB = 200;
/** What the guest has used of its memory before it reads. */
const USED_MIB = 480;
const REST_NS = 60 * NS_PER_S;
/** Linux reclaims this many pages at a time (SWAP_CLUSTER_MAX). */
const RECLAIMED_PAGES = 32;
const PUBLISHED_FACTOR = 9.7;

/** Readings are assumed; the others are Linux's, but for the seek. */
const SETUP = { times: 8, pageCluster: 3, clusterPages: RECLAIMED_PAGES, seekMs: 8, isUsed: true, hasClusters: true };
type Setup = typeof SETUP;

const pagesOf = (mib: number): number => Math.round((mib * 2 ** 20) / PAGE_BYTES / SCALE);

const WAYS = {
  baseline: { capabilities: [], isBallooned: false },
  mapper: { capabilities: ["diskMapper"], isBallooned: false },
  balloon: { capabilities: [], isBallooned: true },
} as const;
type Way = keyof typeof WAYS;

/** A guest that believes in 512 MiB reads a file of 200 MiB again and again on a host that has 100 MiB for it. */
function sequentialReader(isBallooned: boolean, setup: Setup): Form {
  const { times, pageCluster, clusterPages, seekMs, isUsed, hasClusters } = setup;
  const target = pagesOf(GUEST_MIB - HOST_MIB * 0.9);
  const phases = [
    { kind: "idle", ns: REST_NS },
    { kind: "readFile", file: "data", times },
  ];
  const past = { atEnd: "exit", workload: { kind: "sequential", pages: pagesOf(USED_MIB), writeRatio: 1 } };
  const swapDevice = { ...DEVICE_PROFILES.hdd.spec, readNs: seekMs * NS_PER_MS, writeNs: seekMs * NS_PER_MS };
  const clusters = hasClusters ? { swapPageCluster: pageCluster, swapWriteClusterPages: clusterPages } : {};
  return {
    name: "sequential-reader",
    sampleNs: 0,
    host: { framePages: pagesOf(HOST_MIB), swapDevice, ...clusters },
    vms: [
      {
        configuredPages: pagesOf(GUEST_MIB),
        kernelPages: pagesOf(8),
        disk: swapDevice,
        balloon: { pollNs: "1 s", capFraction: 1 },
        files: [{ name: "data", pages: pagesOf(FILE_MIB) }],
        processes: [{ virtualPages: 1, accessNs: "1 us", workload: { kind: "phases", phases } }, ...(isUsed ? [past] : [])],
      },
    ],
    script: isBallooned ? [{ atNs: "10 s", command: { kind: "setBalloonTarget", vm: 1, pages: target } }] : [],
  };
}

type Reading = {
  readonly seconds: number;
  readonly silentWrites: number;
  readonly staleReads: number;
  readonly pagesPerRead: number;
  readonly pagesPerWrite: number;
  /** Of the pages read ahead, those that were touched. */
  readonly hitShare: number;
  readonly overMin: number;
};

/** The bound on faults, which takes as long again, only where it is shown. */
async function read({ simulate, simulateBounded }: TestBench, way: Way, changes?: Partial<Setup>): Promise<Reading> {
  const { capabilities, isBallooned } = WAYS[way];
  const setup = { ...SETUP, ...changes };
  const policy = stealAtShortage("clock", capabilities, "swap", RECLAIMED_PAGES);
  const simulation = { scenario: sequentialReader(isBallooned, setup), policy };
  const bounded = changes === undefined ? await simulateBounded(simulation) : undefined;
  const { count } = bounded ?? (await simulate(simulation));
  return {
    // Unscaled: N times as many pages would take N times as long.
    seconds: ((count("clockNs") - REST_NS) / NS_PER_S) * (SCALE / setup.times),
    silentWrites: count("silentSwapWrites"),
    staleReads: count("staleSwapReads") + count("falseSwapReads"),
    pagesPerRead: 1 + count("swapPagesReadAhead") / count("hostMajorFaults"),
    pagesPerWrite: count("swapOuts") / count("swapClustersWritten"),
    hitShare: count("swapCacheHits") / count("swapPagesReadAhead"),
    overMin: (bounded?.bound.faults ?? Number.NaN) / (bounded?.bound.minFaults ?? Number.NaN),
  };
}

const sequentialRead = defineCheck({
  id: "vswapper.sequential-read",
  title: "A guest reads a file that its host cannot hold: hypervisor swapping, the swap mapper, a balloon",
  source:
    "N. Amit, D. Tsafrir, A. Schuster, VSwapper, ASPLOS 2014: baseline swapping takes 9.7 times as long as VSwapper, which is near a balloon",
  confidence: "published",
  method: `A guest of ${GUEST_MIB} MiB reads a file of ${FILE_MIB} MiB ${SETUP.times} times on a host of ${HOST_MIB} MiB; disk and swap are hard disks. Seconds are of one reading, in the mean. Our reading of the paper's set-up: the guest has used ${USED_MIB} MiB before, so that it reads its disk into real pages that the host has swapped out; the host is a Linux that reads its swap in windows of 8 (page-cluster 3), reclaims ${RECLAIMED_PAGES} pages at a time by its clock and writes them by one request. How many readings are averaged is assumed. Judged within 25 %: the paper's disk and its contention with other I/O are not known. Scaled 1:${SCALE} in memory.`,
  isQuick: false,
  figures: {
    baseline: { unit: "s", expected: compare() },
    mapper: { unit: "s", expected: compare() },
    balloon: { unit: "s", expected: compare() },
    "baseline / mapper": { unit: "times", expected: within(PUBLISHED_FACTOR, PUBLISHED_FACTOR / 4) },
    "baseline / mapper, without read-ahead and clusters": { unit: "times", expected: compare(PUBLISHED_FACTOR) },
    "baseline / balloon": { unit: "times", expected: compare() },
    "mapper / balloon": { unit: "times", expected: compare() },
    "baseline: stale and false swap reads": { unit: "pages", expected: compare() },
    "baseline: silent swap writes": { unit: "pages", expected: compare() },
    "baseline: pages read ahead that were touched": { unit: "% of them", expected: compare() },
    "baseline: pages for each request that reads": { unit: "pages", expected: exactly(2 ** SETUP.pageCluster) },
    "baseline: pages for each request that writes": { unit: "pages", expected: exactly(RECLAIMED_PAGES) },
    "mapper: silent swap writes": { unit: "pages", expected: exactly(0) },
    "mapper: reads in vain": { unit: "pages", expected: exactly(0) },
    "baseline: faults": { unit: "faults / MIN's", expected: atLeast(1), noProof: "identity" },
    "mapper: faults": { unit: "faults / MIN's", expected: atLeast(1), noProof: "identity" },
    "balloon: faults": { unit: "faults / MIN's", expected: atLeast(1), noProof: "identity" },
  },
  run: async (testBench) => {
    const plain = { hasClusters: false };
    const [plainBaseline, plainMapper] = [await read(testBench, "baseline", plain), await read(testBench, "mapper", plain)];
    const [baseline, mapper, balloon] = [
      await read(testBench, "baseline"),
      await read(testBench, "mapper"),
      await read(testBench, "balloon"),
    ];
    return {
      figures: {
        baseline: baseline.seconds,
        mapper: mapper.seconds,
        balloon: balloon.seconds,
        "baseline / mapper": baseline.seconds / mapper.seconds,
        "baseline / mapper, without read-ahead and clusters": plainBaseline.seconds / plainMapper.seconds,
        "baseline / balloon": baseline.seconds / balloon.seconds,
        "mapper / balloon": mapper.seconds / balloon.seconds,
        "baseline: stale and false swap reads": baseline.staleReads,
        "baseline: silent swap writes": baseline.silentWrites,
        "baseline: pages read ahead that were touched": 100 * baseline.hitShare,
        "baseline: pages for each request that reads": baseline.pagesPerRead,
        "baseline: pages for each request that writes": baseline.pagesPerWrite,
        "mapper: silent swap writes": mapper.silentWrites,
        "mapper: reads in vain": mapper.staleReads,
        "baseline: faults": baseline.overMin,
        "mapper: faults": mapper.overMin,
        "balloon: faults": balloon.overMin,
      },
      charts: [
        {
          kind: "bars",
          name: "vswapper",
          title: "Reading a file that the host cannot hold",
          description:
            "A guest of 512 MiB reads a file of 200 MiB on a host of 100 MiB with hard disks. After the sequential read of VSwapper (N. Amit, D. Tsafrir, A. Schuster, ASPLOS 2014).",
          y: { label: "seconds for one reading (powers of ten)", isLogarithmic: true },
          categories: ["hypervisor swapping", "swap mapper", "balloon"],
          series: [{ name: "seconds", values: [baseline.seconds, mapper.seconds, balloon.seconds] }],
        },
      ],
      sensitivity: await sensitivity(testBench, baseline.seconds / mapper.seconds),
    };
  },
});

const unused = (times: number): Partial<Setup> => ({ times, isUsed: false });

/** The factor as the number of readings, and what we take for Linux's and the disk's, are halved and doubled. */
async function sensitivity(testBench: TestBench, asAssumed: number): Promise<SensitivityRow[]> {
  const factor = async (changes: Partial<Setup>): Promise<number> =>
    (await read(testBench, "baseline", changes)).seconds / (await read(testBench, "mapper", changes)).seconds;
  const row = async (parameter: string, assumed: string, halved: Partial<Setup>, doubled: Partial<Setup>): Promise<SensitivityRow> => ({
    parameter,
    assumed,
    figure: "baseline / mapper (times)",
    halved: await factor(halved),
    asAssumed,
    doubled: await factor(doubled),
  });
  return [
    await row("readings", "8", { times: 4 }, { times: 16 }),
    await row("window of swap read-ahead", "8 slots", { pageCluster: 2 }, { pageCluster: 4 }),
    await row("pages written by one request, at most", "32 pages", { clusterPages: 16 }, { clusterPages: 64 }),
    await row("seek of the disks", "8 ms", { seekMs: 4 }, { seekMs: 16 }),
    await row("readings by a guest that has used none of its memory before", "8 by one that has", unused(4), unused(16)),
  ];
}

export const vswapperChecks: readonly Check[] = [sequentialRead];
