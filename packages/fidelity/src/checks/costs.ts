import type { CounterName } from "@ballast/core/memory";
import type { Policy } from "@ballast/core/policy";
import { NS_PER_S } from "@ballast/core/units";
import { type Check, defineCheck, type FigureSpec } from "../check.ts";
import { compare, within } from "../expectation.ts";
import type { TestBench } from "../lab/test-bench.ts";
import type { Simulated } from "../lab/simulate.ts";
import { observer } from "../lab/observer.ts";
import { stealOnce } from "../lab/steal-once.ts";

type Form = Readonly<Record<string, unknown>>;

const PAGES = 200;
const ACCESS_NS = 1000;

/** A guest that touches each of its pages once, or as the workload says. */
function toucher(changes: { readonly scenario?: Form; readonly vm?: Form; readonly process?: Form; readonly workload?: Form } = {}): Form {
  const workload = changes.workload ?? { kind: "sequential", pages: PAGES, writeRatio: 1 };
  const vm = { kernelPages: 0, processes: [{ accessNs: ACCESS_NS, ...changes.process, workload }], ...changes.vm };
  const twoLevels = { vms: [{ ...vm, configuredPages: PAGES, balloon: false, ...changes.vm }] };
  return {
    name: "toucher",
    sampleNs: 0,
    host: { framePages: 4 * PAGES },
    policy: "no-reclaim",
    ...twoLevels,
    ...changes.scenario,
  };
}

/** Simulated ns, for each time that something is counted, by which one run takes longer than another. */
function nsEach(longer: Simulated, shorter: Simulated, counters: readonly CounterName[]): number {
  const count = (run: Simulated): number => counters.reduce((sum, counter) => sum + run.count(counter), 0);
  return (longer.count("clockNs") - shorter.count("clockNs")) / (count(longer) - count(shorter));
}

const TRAPS = ["trapPageTableUpdate", "trapMissingRealMapEntry"] as const;

/** A trap: what shadow page tables cost a guest that pages, beyond nested ones, for each trap more. */
async function trapNs({ simulate }: TestBench): Promise<number> {
  const workload = { kind: "cyclic", pages: PAGES + 50, accesses: 4 * PAGES, writeRatio: 0 };
  const run = (mmu: string): Promise<Simulated> => simulate({ scenario: toucher({ workload, scenario: { mmu } }) });
  return nsEach(await run("shadow"), await run("nested"), TRAPS);
}

/** A guest fault without disk: on the bare host nothing else costs. */
async function guestFaultNs({ simulate }: TestBench): Promise<number> {
  const os = {
    kernelPages: 0,
    processes: [{ accessNs: ACCESS_NS, workload: { kind: "sequential", pages: PAGES, writeRatio: 1 } }],
  };
  const { count } = await simulate({
    scenario: { name: "native", sampleNs: 0, host: { framePages: 4 * PAGES }, os, policy: "no-reclaim" },
  });
  return count("clockNs") / PAGES - ACCESS_NS;
}

/** A host fault, with its trap and its guest fault, that gets a frame which another VM has used, or a fresh one. */
async function faultNs({ simulate }: TestBench, isReused: boolean): Promise<number> {
  // Frames given back go out first: only if none are, the second VM gets fresh ones.
  const script = isReused ? [{ atNs: "1 s", command: { kind: "stopVm", vm: 1 } }] : [];
  const [first] = toucher()["vms"] as readonly Form[];
  const scenario = {
    ...toucher(),
    host: { framePages: 2 * PAGES },
    vms: [first, { ...first, startNs: "2 s" }],
    script,
  };
  const { count } = await simulate({ scenario });
  return (count("clockNs", 2) - START_NS) / PAGES - ACCESS_NS;
}

const START_NS = 2_000_000_000;

const BALLOON_PAGES = 100;

/** What one page costs on its way into the balloon, or out of it, calls to the hypervisor left out. */
async function balloonPageNs(testBench: TestBench, way: "in" | "out"): Promise<number> {
  const set = (atNs: string, pages: number): Form => ({ atNs, command: { kind: "setBalloonTarget", vm: 1, pages } });
  const script = way === "in" ? [set("1 s", BALLOON_PAGES)] : [set("1 s", BALLOON_PAGES), set("60 s", 0)];
  const vm = { balloon: true, processes: [{ virtualPages: 1, workload: { kind: "interactive" } }] };
  const { count } = await testBench.simulate({ scenario: toucher({ vm, scenario: { script, durationNs: "200 s" } }) });
  const trap = await trapNs(testBench);
  const both = (count("trapCostNs") - trap * count("trapBalloonCall")) / BALLOON_PAGES;
  return way === "in" ? both : both - (await balloonPageNs(testBench, "in"));
}

/** The costs are the scenario's defaults: what the clock shows of them proves nothing but that each is charged once. */
const us = (expected: number): FigureSpec => ({ unit: "us", expected: within(expected, 0.001), noProof: "configuration" });
const known = (value: number): FigureSpec => ({ unit: "us", expected: compare(value), noProof: "configuration" });

const derived = defineCheck({
  id: "costs.derived",
  title: "What faults and balloons cost, as the simulated clock shows it",
  source: "L. Wrenger and others, HyperAlloc, EuroSys 2025: from its published measurements",
  confidence: "derived",
  method: `${PAGES} pages are touched, ${BALLOON_PAGES} ballooned. An exit comes on top of the violation's handling.`,
  isQuick: true,
  figures: {
    "EPT violation with a zeroed page": us(3.55),
    "guest minor fault": us(0.3),
    "page into the balloon": us(4.3),
    "page out of the balloon": us(1.8),
  },
  run: async (testBench) => {
    const [trap, guest] = [await trapNs(testBench), await guestFaultNs(testBench)];
    return {
      figures: {
        "EPT violation with a zeroed page": ((await faultNs(testBench, true)) - trap - guest) / 1000,
        "guest minor fault": guest / 1000,
        "page into the balloon": (await balloonPageNs(testBench, "in")) / 1000,
        "page out of the balloon": (await balloonPageNs(testBench, "out")) / 1000,
      },
    };
  },
});

/** What a VM waits for a page that the host has swapped out, with no other request at the device. */
async function swapInNs({ simulate }: TestBench, swapDevice: string): Promise<number> {
  const touch = { kind: "sequential", pages: PAGES, writeRatio: 1 };
  const workload = { kind: "phases", phases: [touch, { kind: "idle", ns: "60 s" }, touch] };
  const scenario = toucher({ workload, scenario: { host: { framePages: 4 * PAGES, swapDevice } } });
  const { count } = await simulate({ scenario, policy: stealOnce(PAGES) });
  return count("hostWaitNs") / count("hostMajorFaults");
}

const FEW_PAGES = 50;

/** How long a VM waits for a page from the compression cache; those that do not fit in come from a swap that takes no time. */
async function decompressionNs({ simulate }: TestBench): Promise<number> {
  const touch = { kind: "sequential", pages: PAGES, writeRatio: 1 };
  const workload = { kind: "phases", phases: [touch, { kind: "idle", ns: "60 s" }, touch] };
  const host = { framePages: 4 * PAGES, swapDevice: { readNs: 0, writeNs: 0 } };
  const scenario = toucher({ workload, process: { compressedFraction: 0.2 }, scenario: { host } });
  const { count } = await simulate({ scenario, policy: stealOnce(FEW_PAGES, "compression") });
  return count("hostWaitNs") / count("pagesDecompressed");
}

/** A copy-on-write, without its trap: two VMs whose pages of zeros share one frame store to them. */
async function copyNs({ simulate }: TestBench): Promise<number> {
  const read = { kind: "sequential", pages: PAGES, writeRatio: 0 };
  const store = { kind: "sequential", pages: PAGES, writeRatio: 1 };
  const workload = { kind: "phases", phases: [read, { kind: "idle", ns: "3 s" }, store] };
  const run = await simulate({ scenario: toucher({ workload }), policy: shareAll });
  return run.count("sharedPageCopyNs") / run.count("sharedPageCopies");
}

/** Has the scanner look at all pages, every second. */
const shareAll: Policy = {
  ...observer(["pageSharing"], NS_PER_S),
  create: () => ({
    decide: ({ cause }) => (cause === "period" ? [{ kind: "SharePages", pages: 10 * PAGES, reason: "all" }] : []),
    save: () => null,
    load: () => {},
  }),
};

const field = defineCheck({
  id: "costs.field",
  title: "What is known to the field: exits, zeroing, devices",
  source: "known to the field; the costs table and the device profiles of a scenario say more",
  confidence: "field",
  method: `${PAGES} pages are touched; for the devices they are swapped out at random before, and read one by one.`,
  isQuick: true,
  figures: {
    "VM exit": known(0.5),
    "zeroing 4 KiB": known(0.2),
    "swap-in, hard disk": known(8000),
    "swap-in, SATA SSD": known(120),
    "swap-in, NVMe": known(90),
    decompression: known(6.4),
    "copy-on-write": known(1),
  },
  run: async (testBench) => ({
    figures: {
      "VM exit": (await trapNs(testBench)) / 1000,
      "zeroing 4 KiB": ((await faultNs(testBench, true)) - (await faultNs(testBench, false))) / 1000,
      "swap-in, hard disk": (await swapInNs(testBench, "hdd")) / 1000,
      "swap-in, SATA SSD": (await swapInNs(testBench, "ssd")) / 1000,
      "swap-in, NVMe": (await swapInNs(testBench, "nvme")) / 1000,
      decompression: (await decompressionNs(testBench)) / 1000,
      "copy-on-write": (await copyNs(testBench)) / 1000,
    },
  }),
});

const samplingFault = defineCheck({
  id: "costs.sampling-fault",
  title: "A touch of a page whose mapping was invalidated to sample it costs 0.5 to 1 us",
  source: "C. A. Waldspurger, OSDI 2002, section 5.3: sampling 100 pages in 30 s costs next to nothing",
  confidence: "published",
  isQuick: true,
  figures: {
    "for each touch": { unit: "us", expected: within(0.75, 0.25), noProof: "configuration" },
  },
  run: async ({ simulate }) => {
    const workload = { kind: "cyclic", pages: PAGES, accesses: 100 * PAGES };
    const host = { framePages: 4 * PAGES, sampling: { periodNs: "1 ms", pages: 100 } };
    const scenario = toucher({ workload, scenario: { host } });
    const sampled = await simulate({ scenario, policy: observer(["activeSample"]) });
    const alone = await simulate({ scenario, policy: observer([]) });
    return { figures: { "for each touch": nsEach(sampled, alone, ["trapSampledPage"]) / 1000 } };
  },
});

export const costChecks: readonly Check[] = [derived, samplingFault, field];
