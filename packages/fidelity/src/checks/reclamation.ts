import { NS_PER_S, PAGE_BYTES } from "@ballast/core/units";
import type { LineChart } from "../chart/chart.ts";
import { type Check, defineCheck, type SensitivityRow } from "../check.ts";
import { atLeast, compare } from "../expectation.ts";
import type { TestBench } from "../lab/test-bench.ts";
import { stealAtShortage } from "../lab/steal-at-shortage.ts";

type Form = Readonly<Record<string, unknown>>;

const SCALE = 8;
const VM_MIB = 512;
const TOUCHED_MIB = 470;
const WORKING_MIB = 240;
const ACCESSES = 400_000;
const ACCESS_NS = 2000;
const PAGES_PER_MIB = 2 ** 20 / PAGE_BYTES / SCALE;
/**
 * A VM that has touched nearly all of its memory and continues with half of it, on a host with `hostMib` of memory; with a
 * balloon the guest is left with no more than that before its work begins.
 */
function vmAtWork(hostMib: number, isBallooned: boolean, compressedFraction: number): Form {
  const pages = VM_MIB * PAGES_PER_MIB;
  const target = isBallooned ? (VM_MIB - hostMib) * PAGES_PER_MIB : 0;
  const touch = { kind: "sequential", pages: TOUCHED_MIB * PAGES_PER_MIB };
  const work = { kind: "zipf", pages: WORKING_MIB * PAGES_PER_MIB, accesses: ACCESSES, exponent: 0.5 };
  const processes = [
    { name: "past", compressedFraction, accessNs: ACCESS_NS, workload: touch },
    {
      name: "work",
      compressedFraction,
      accessNs: ACCESS_NS,
      workload: { kind: "phases", phases: [{ kind: "idle", ns: REST_NS }, work] },
    },
  ];
  return {
    name: "vm-at-work",
    sampleNs: 0,
    host: { framePages: hostMib * PAGES_PER_MIB, swapDevice: "ssd", memoryStates: { soft: 0, hard: 0, low: 0 } },
    vms: [{ configuredPages: pages, disk: "ssd", processes }],
    script: target === 0 ? [] : [{ atNs: "5 s", command: { kind: "setBalloonTarget", vm: 1, pages: target } }],
  };
}

const REST_NS = 60 * NS_PER_S;

/** How well pages compress, and how many are stolen in one step. */
const ASSUMED = { compressedFraction: 0.4, batchPages: 16 };

const WAYS = {
  ballooning: { isBallooned: true, into: "swap" },
  compression: { isBallooned: false, into: "compression" },
  "host swapping": { isBallooned: false, into: "swap" },
} as const;
type Way = keyof typeof WAYS;
const WAY_NAMES = Object.keys(WAYS) as Way[];

/** Accesses per second of the work, and its faults beside the fewest possible ones. */
async function measure(
  { simulateBounded }: TestBench,
  hostMib: number,
  way: Way,
  assumed = ASSUMED,
): Promise<{ rate: number; overMin: number }> {
  const { isBallooned, into } = WAYS[way];
  const policy = stealAtShortage("random", into === "swap" ? [] : ["compression"], into, assumed.batchPages);
  const scenario = vmAtWork(hostMib, isBallooned, assumed.compressedFraction);
  const { count, bound } = await simulateBounded({ scenario, policy });
  const rate = ACCESSES / ((count("clockNs") - REST_NS) / NS_PER_S);
  return { rate, overMin: bound.faults / (bound.minFaults ?? Number.NaN) };
}

const HOSTS_MIB = [192, 224, 256, 288, 320, 384, 448, 512] as const;
const SHOWN_MIB = 320;

const ways = defineCheck({
  id: "reclamation.ways",
  title: "A VM with too little memory: ballooning, host swapping and compression",
  source:
    "derived: MIN bounds the faults of each; that ballooning costs least and swapping most is known to the field (VMware, Understanding Memory Resource Management)",
  confidence: "derived",
  method: `A VM of ${VM_MIB} MiB has touched ${TOUCHED_MIB} MiB and works on ${WORKING_MIB} MiB (Zipf of exponent 0.5), on hosts of ${HOSTS_MIB[0]} to ${VM_MIB} MiB; figures at ${SHOWN_MIB} MiB. Disk and swap are SATA SSDs. Scaled 1:${SCALE} in memory.`,
  isQuick: false,
  figures: {
    "ballooning: faults": { unit: "faults / MIN's", expected: atLeast(1), noProof: "identity" },
    "compression: faults": { unit: "faults / MIN's", expected: atLeast(1), noProof: "identity" },
    "host swapping: faults": { unit: "faults / MIN's", expected: atLeast(1), noProof: "identity" },
    "ballooning: work": { unit: "accesses / s", expected: compare() },
    "compression: work": { unit: "accesses / s", expected: compare() },
    "host swapping: work": { unit: "accesses / s", expected: compare() },
  },
  run: async (testBench) => {
    const rows: Record<Way, (readonly [number, number])[]> = { ballooning: [], compression: [], "host swapping": [] };
    const shown = {} as Record<Way, { rate: number; overMin: number }>;
    for (const way of WAY_NAMES) {
      for (const hostMib of HOSTS_MIB) {
        const measured = await measure(testBench, hostMib, way);
        rows[way].push([hostMib, measured.rate / 1000]);
        if (hostMib === SHOWN_MIB) shown[way] = measured;
      }
    }
    return {
      figures: {
        "ballooning: faults": shown.ballooning.overMin,
        "compression: faults": shown.compression.overMin,
        "host swapping: faults": shown["host swapping"].overMin,
        "ballooning: work": shown.ballooning.rate,
        "compression: work": shown.compression.rate,
        "host swapping: work": shown["host swapping"].rate,
      },
      charts: [waysChart(rows)],
      sensitivity: await sensitivity(testBench),
    };
  },
});

async function sensitivity(testBench: TestBench): Promise<SensitivityRow[]> {
  const row = async (parameter: string, name: keyof typeof ASSUMED, unit: string, way: Way): Promise<SensitivityRow> => {
    const rate = async (factor: number): Promise<number> =>
      (await measure(testBench, SHOWN_MIB, way, { ...ASSUMED, [name]: ASSUMED[name] * factor })).rate;
    const figure = `${way}: work (accesses / s)`;
    return {
      parameter,
      assumed: `${ASSUMED[name]} ${unit}`,
      figure,
      halved: await rate(0.5),
      asAssumed: await rate(1),
      doubled: await rate(2),
    };
  };
  return [
    await row("mean size of a compressed page", "compressedFraction", "of a page", "compression"),
    await row("pages stolen in one step", "batchPages", "pages", "compression"),
    await row("pages stolen in one step", "batchPages", "pages", "host swapping"),
  ];
}

function waysChart(rows: Readonly<Record<Way, readonly (readonly [number, number])[]>>): LineChart {
  return {
    kind: "lines",
    name: "reclamation-ways",
    title: "Ballooning, host swapping, compression",
    description:
      "Work of a VM of 512 MiB that continues with 240 MiB of it, by how much memory the host has for it. The guest gives up what it uses least; the host does not know, and takes at random.",
    x: { label: "memory of the host (MiB)", from: HOSTS_MIB[0], to: VM_MIB },
    y: { label: "accesses (thousands per second)" },
    lines: WAY_NAMES.map((name) => ({ name, shape: "line", points: rows[name] })),
  };
}

export const reclamationChecks: readonly Check[] = [ways];
