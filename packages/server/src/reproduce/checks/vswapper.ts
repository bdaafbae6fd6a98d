import { NS_PER_S, PAGE_BYTES } from "@ballast/core/units";
import { type Check, defineCheck } from "../check.ts";
import { atLeast, atMost, compare, exactly } from "../expectation.ts";
import type { Laboratory } from "../lab/laboratory.ts";
import { stealAtShortage } from "../lab/steal-at-shortage.ts";

type Form = Readonly<Record<string, unknown>>;

const SCALE = 8;
const GUEST_MIB = 512;
const HOST_MIB = 100;
const FILE_MIB = 200;
const TIMES = 4;
const REST_NS = 60 * NS_PER_S;

const pagesOf = (mib: number): number => (mib * 2 ** 20) / PAGE_BYTES / SCALE;

const WAYS = {
  baseline: { policy: stealAtShortage("clock"), isBallooned: false },
  mapper: { policy: stealAtShortage("clock", ["diskMapper"]), isBallooned: false },
  balloon: { policy: stealAtShortage("clock"), isBallooned: true },
};
type Way = keyof typeof WAYS;

/** A guest that believes in 512 MiB reads a file of 200 MiB again and again on a host that has 100 MiB for it. */
function sequentialReader(isBallooned: boolean): Form {
  const target = pagesOf(GUEST_MIB - HOST_MIB * 0.9);
  const readFile = { kind: "readFile", file: "data", times: TIMES };
  const phases = [{ kind: "idle", ns: REST_NS }, readFile];
  return {
    name: "sequential-reader",
    sampleNs: 0,
    host: { framePages: pagesOf(HOST_MIB), swapDevice: "hdd" },
    vms: [
      {
        configuredPages: pagesOf(GUEST_MIB),
        kernelPages: pagesOf(8),
        disk: "hdd",
        balloon: { pollNs: "1 s", capFraction: 1 },
        files: [{ name: "data", pages: pagesOf(FILE_MIB) }],
        processes: [{ virtualPages: 1, accessNs: "1 us", workload: { kind: "phases", phases } }],
      },
    ],
    script: isBallooned ? [{ atNs: 0, command: { kind: "setBalloonTarget", vm: 1, pages: target } }] : [],
  };
}

type Reading = {
  readonly seconds: number;
  readonly silentWrites: number;
  readonly staleReads: number;
  readonly overMin: number;
};

async function read({ simulateBounded }: Laboratory, way: Way): Promise<Reading> {
  const { policy, isBallooned } = WAYS[way];
  const { count, bound } = await simulateBounded({ scenario: sequentialReader(isBallooned), policy });
  return {
    // Unscaled: so many times as many pages would take so many times as long.
    seconds: ((count("clockNs") - REST_NS) / NS_PER_S) * (SCALE / TIMES),
    silentWrites: count("silentSwapWrites"),
    staleReads: count("staleSwapReads") + count("falseSwapReads"),
    overMin: bound.faults / (bound.leastFaults ?? Number.NaN),
  };
}

const sequentialRead = defineCheck({
  id: "vswapper.sequential-read",
  title: "A guest reads a file that its host cannot hold: hypervisor swapping, the swap mapper, a balloon",
  source: "N. Amit, D. Tsafrir, A. Schuster, VSwapper, ASPLOS 2014: baseline far above VSwapper and balloon, by about ten times",
  confidence: "published",
  method: `A guest of ${GUEST_MIB} MiB reads a file of ${FILE_MIB} MiB ${TIMES} times on a host of ${HOST_MIB} MiB; disk and swap are hard disks. Seconds are of one reading. The host takes pages by its clock and reads ahead nothing from its swap, which makes the baseline slower than Linux's. Scaled 1:${SCALE} in memory.`,
  isQuick: false,
  figures: {
    baseline: { unit: "s", expected: compare() },
    mapper: { unit: "s", expected: compare() },
    balloon: { unit: "s", expected: compare() },
    "baseline / mapper": { unit: "times", expected: atLeast(3) },
    "baseline / balloon": { unit: "times", expected: atLeast(3) },
    "mapper / balloon": { unit: "times", expected: atMost(3) },
    "baseline: silent swap writes": { unit: "pages", expected: atLeast(1) },
    "mapper: silent swap writes": { unit: "pages", expected: exactly(0) },
    "mapper: reads in vain": { unit: "pages", expected: exactly(0) },
    "baseline: faults": { unit: "faults / MIN's", expected: atLeast(1) },
    "mapper: faults": { unit: "faults / MIN's", expected: atLeast(1) },
    "balloon: faults": { unit: "faults / MIN's", expected: atLeast(1) },
  },
  run: async (laboratory) => {
    const [baseline, mapper, balloon] = [
      await read(laboratory, "baseline"),
      await read(laboratory, "mapper"),
      await read(laboratory, "balloon"),
    ];
    return {
      figures: {
        baseline: baseline.seconds,
        mapper: mapper.seconds,
        balloon: balloon.seconds,
        "baseline / mapper": baseline.seconds / mapper.seconds,
        "baseline / balloon": baseline.seconds / balloon.seconds,
        "mapper / balloon": mapper.seconds / balloon.seconds,
        "baseline: silent swap writes": baseline.silentWrites,
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
          says: "A guest of 512 MiB reads a file of 200 MiB on a host of 100 MiB with hard disks. After the sequential read of VSwapper (N. Amit, D. Tsafrir, A. Schuster, ASPLOS 2014).",
          y: { label: "seconds for one reading (powers of ten)", isLogarithmic: true },
          categories: ["hypervisor swapping", "swap mapper", "balloon"],
          series: [{ name: "seconds", values: [baseline.seconds, mapper.seconds, balloon.seconds] }],
        },
      ],
    };
  },
});

export const vswapperChecks: readonly Check[] = [sequentialRead];
