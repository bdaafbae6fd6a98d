import { EventCode } from "@ballast/core/events";
import { type Policy, vmId } from "@ballast/core/policy";
import { NS_PER_MS, NS_PER_S, PAGE_BYTES } from "@ballast/core/units";
import type { LineChart } from "../chart/chart.ts";
import { type Check, defineCheck } from "../check.ts";
import { compare, exactly } from "../expectation.ts";
import type { TestBench } from "../lab/test-bench.ts";

type Form = Readonly<Record<string, unknown>>;

/** Lets the scanner look at a number of pages every 10 ms. */
function scanner(pages: number): Policy {
  return {
    apiVersion: 1,
    name: "scanner",
    version: "1.0.0",
    description: "Shares pages.",
    requires: ["pageSharing"],
    parameters: {},
    periodNs: () => 10 * NS_PER_MS,
    create: () => ({
      decide: ({ cause }) => (cause === "period" ? [{ kind: "SharePages", pages, reason: "at each period" }] : []),
      save: () => null,
      load: () => {},
    }),
  };
}

const LAW = { pages: 1000, commonFraction: 0.6, scannedPages: 20_000 };

/** A number of VMs that read a program of which a part is the same in all. */
function readers(count: number, workload: Form = { kind: "sequential", pages: LAW.pages, writeRatio: 0 }): Form {
  const image = { name: "linux", commonFraction: LAW.commonFraction };
  const vm = { count, configuredPages: LAW.pages, kernelPages: 0, balloon: false, processes: [{ image, workload }] };
  return {
    name: "readers",
    sampleNs: 0,
    durationNs: "3 s",
    host: { framePages: 2 * count * LAW.pages },
    vms: [vm],
    policy: "no-reclaim",
  };
}

async function reclaimedFraction({ simulate }: TestBench, count: number): Promise<number> {
  const { machine } = await simulate({ scenario: readers(count), policy: scanner(LAW.scannedPages) });
  return machine.savedPages / (count * LAW.pages);
}

const lawOf = (count: number): number => (LAW.commonFraction * (count - 1)) / count;

const law = defineCheck({
  id: "sharing.law",
  title: "N VMs that have a fraction c of their pages in common give back c (N - 1) / N of their memory",
  source: "derived: of N equal pages one is kept; the method: C. A. Waldspurger, OSDI 2002, section 4",
  confidence: "derived",
  method: `VMs of ${LAW.pages} pages, c = ${LAW.commonFraction}; the scanner has time for all pages several times.`,
  isQuick: true,
  figures: {
    "1 VM": { unit: "of all memory", expected: exactly(lawOf(1)) },
    "2 VMs": { unit: "of all memory", expected: exactly(lawOf(2)) },
    "5 VMs": { unit: "of all memory", expected: exactly(lawOf(5)) },
    "10 VMs": { unit: "of all memory", expected: exactly(lawOf(10)) },
  },
  run: async (testBench) => ({
    figures: {
      "1 VM": await reclaimedFraction(testBench, 1),
      "2 VMs": await reclaimedFraction(testBench, 2),
      "5 VMs": await reclaimedFraction(testBench, 5),
      "10 VMs": await reclaimedFraction(testBench, 10),
    },
  }),
});

const WRITTEN = 100;

const copyOnWrite = defineCheck({
  id: "sharing.copy-on-write",
  title: "A store to a shared page traps and gets a copy; the last sharer gets the frame itself",
  source: "C. A. Waldspurger, OSDI 2002, section 4.2",
  confidence: "published",
  method: `Two VMs read a program with ${LAW.pages * LAW.commonFraction} pages in common; once these are shared both store to the first ${WRITTEN} pages.`,
  isQuick: true,
  figures: {
    "stores to shared pages that trap": { unit: "traps", expected: exactly(2 * WRITTEN * LAW.commonFraction) },
    "copies for the first to store": { unit: "pages", expected: exactly(WRITTEN * LAW.commonFraction) },
    "pages still shared": { unit: "pages", expected: exactly(2 * (LAW.pages - WRITTEN) * LAW.commonFraction) },
  },
  run: async ({ simulate }) => {
    const reading = { kind: "sequential", pages: LAW.pages, writeRatio: 0 };
    const storing = { kind: "sequential", pages: WRITTEN, writeRatio: 1 };
    const scenario = readers(2, { kind: "phases", phases: [reading, { kind: "idle", ns: "2 s" }, storing] });
    const { machine, count } = await simulate({ scenario, policy: scanner(LAW.scannedPages) });
    const copies = count("sharedPageCopies", 1) + count("sharedPageCopies", 2);
    const left = machine.vms.reduce((sum, { sharedPages }) => sum + sharedPages, 0);
    return {
      figures: {
        "stores to shared pages that trap": count("trapStoreToSharedPage", 1) + count("trapStoreToSharedPage", 2),
        "copies for the first to store": copies,
        "pages still shared": left,
      },
    };
  },
});

/** Looks at all pages of the first VM after a second, and after another has pages of the second one stolen. */
function scanThenSteal(pages: number): Policy {
  return {
    ...scanner(pages),
    name: "scan-then-steal",
    requires: ["pageSharing", "steal"],
    periodNs: () => NS_PER_S,
    create: () => {
      let periods = 0;
      return {
        decide: ({ cause, vms }) => {
          if (cause !== "period" || ++periods > 2) return [];
          const second = vms[1]?.vm ?? vmId(2);
          if (periods === 1) return [{ kind: "SharePages", pages, reason: "leaves hints of the first VM" }];
          return [{ kind: "StealPages", vm: second, take: { count: pages, order: "random" }, reason: "all of the second VM" }];
        },
        save: () => periods,
        load: (saved) => {
          periods = Number(saved);
        },
      };
    },
  };
}

const beforeSwap = defineCheck({
  id: "sharing.before-swap",
  title: "A page that is to be swapped out is shared instead, if there is one like it",
  source: "C. A. Waldspurger, OSDI 2002, section 4.3",
  confidence: "published",
  method: `Two VMs of ${LAW.pages} pages with ${LAW.commonFraction} in common; the scanner has looked at the first one, then all pages of the second are to go.`,
  isQuick: true,
  figures: {
    "pages shared instead of swapped out": { unit: "pages", expected: exactly(LAW.pages * LAW.commonFraction) },
    "pages swapped out": { unit: "pages", expected: exactly(LAW.pages * (1 - LAW.commonFraction)) },
  },
  run: async ({ simulate }) => {
    let shared = 0;
    const { count } = await simulate({
      scenario: readers(2),
      policy: scanThenSteal(LAW.pages),
      onBatch: ({ length, types, vms }) => {
        for (let i = 0; i < length; i++) if (types[i] === EventCode.PageShared && vms[i] === 2) shared++;
      },
    });
    return { figures: { "pages shared instead of swapped out": shared, "pages swapped out": count("swapOuts", 2) } };
  },
});

const VM_MIB = 40;
const SCALE = 4;
const MAX_VMS = 10;
const mib = (pages: number): number => (pages * PAGE_BYTES * SCALE) / 2 ** 20;
const ofVm = (size: number): string => `${size / SCALE} MiB`;

/** A Linux VM at work: a program and its libraries, mostly alike; data of its own; memory that is still all zeros. */
function linuxVms(count: number): Form {
  const read = (size: number): Form => ({ kind: "sequential", pages: ofVm(size), writeRatio: 0 });
  const processes = [
    { name: "programs", image: { name: "linux", commonFraction: 0.9 }, workload: read(26) },
    { name: "data", workload: { ...read(11), writeRatio: 1 } },
    { name: "zeros", workload: read(2) },
  ];
  const vm = { count, memory: ofVm(VM_MIB), balloon: false, processes };
  return {
    name: "linux-vms",
    sampleNs: 0,
    durationNs: "6 s",
    host: { memory: ofVm(VM_MIB * MAX_VMS) },
    vms: [vm],
    policy: "no-reclaim",
  };
}

type Shared = { readonly count: number; readonly shared: number; readonly reclaimed: number };

async function shareAmong({ simulate }: TestBench, count: number): Promise<Shared> {
  const { machine } = await simulate({ scenario: linuxVms(count), policy: scanner(2000) });
  const sharedPages = machine.vms.reduce((sum, vm) => sum + vm.sharedPages, 0);
  return { count, shared: mib(sharedPages), reclaimed: mib(machine.savedPages) };
}

function figure4Chart(rows: readonly Shared[]): LineChart {
  const line = (of: (row: Shared) => number): [number, number][] => rows.map((row) => [row.count, of(row)]);
  return {
    kind: "lines",
    name: "page-sharing",
    title: "Page sharing among one to ten VMs",
    description: "Equal Linux VMs of 40 MiB; what programs they have in common is assumed. After figure 4 of C. A. Waldspurger, OSDI 2002.",
    x: { label: "VMs", from: 1, to: MAX_VMS },
    y: { label: "memory (MiB)" },
    lines: [
      { name: "configured", shape: "line", isExpected: true, points: line(({ count }) => count * VM_MIB) },
      { name: "shared", shape: "line", points: line(({ shared }) => shared) },
      { name: "reclaimed", shape: "line", points: line(({ reclaimed }) => reclaimed) },
      {
        name: "shared less reclaimed: frames behind shared pages",
        shape: "line",
        points: line(({ shared, reclaimed }) => shared - reclaimed),
      },
    ],
  };
}

const figure4 = defineCheck({
  id: "sharing.figure-4",
  title: "Among equal VMs reclaimed memory grows with each, while the shared copies stay as many",
  source: "C. A. Waldspurger, OSDI 2002, figure 4: one to ten Linux VMs of 40 MB",
  confidence: "field",
  method: `Each VM has 26 MiB of programs, 90 % of them in common, 11 MiB of data of its own and 2 MiB of zeros (assumed). Scaled 1:${SCALE} in memory.`,
  isQuick: false,
  figures: {
    "reclaimed with 1 VM": { unit: "MiB", expected: compare() },
    "reclaimed with 10 VMs": { unit: "MiB", expected: compare() },
    "shared with 10 VMs": { unit: "% of configured", expected: compare() },
    "reclaimed with 10 VMs, of all": { unit: "% of configured", expected: compare() },
  },
  run: async (testBench) => {
    const rows: Shared[] = [];
    for (let count = 1; count <= MAX_VMS; count++) rows.push(await shareAmong(testBench, count));
    const [first, last] = [rows[0], rows.at(-1)];
    const percent = (of: number | undefined): number => (100 * (of ?? Number.NaN)) / (MAX_VMS * VM_MIB);
    return {
      figures: {
        "reclaimed with 1 VM": first?.reclaimed ?? Number.NaN,
        "reclaimed with 10 VMs": last?.reclaimed ?? Number.NaN,
        "shared with 10 VMs": percent(last?.shared),
        "reclaimed with 10 VMs, of all": percent(last?.reclaimed),
      },
      charts: [figure4Chart(rows)],
    };
  },
});

export const sharingChecks: readonly Check[] = [law, copyOnWrite, beforeSwap, figure4];
