import type { Decision, MemoryStateName, MemoryStatePreset, StealPlace } from "@ballast/core/policy";
import { defineCheck, type FigureSpec } from "../../check.ts";
import { exactly } from "../../expectation.ts";
import { balloonOf, consultPolicy, defaultPeriodS, type StatedVm } from "../../lab/consult-policy.ts";
import type { TestBench } from "../../lab/test-bench.ts";

const HOST_PAGES = 10_000;
/** Free frames in each state of ESX 2: below 4, 2 and 1 %; whose marks they are does not matter to what is done. */
const FREE: Readonly<Record<MemoryStateName, number>> = { high: 700, clear: 450, soft: 350, hard: 150, low: 50 };
const MARKS = { highPages: 600, softPages: 400, hardPages: 200, lowPages: 100 };

/** Two equal VMs, one of them idle, that hold all but what is free. */
function vmsWith(freePages: number): StatedVm[] {
  const residentPages = (HOST_PAGES - freePages) / 2;
  return [1, 0.1].map((activeFraction) => ({
    configuredPages: 6000,
    residentPages,
    activeFraction,
    balloon: balloonOf(0, 6000),
    isSuspended: false,
  }));
}

function decideIn({ policy }: TestBench, state: MemoryStateName, preset: MemoryStatePreset): readonly Decision[] {
  const freePages = FREE[state];
  const host = { framePages: HOST_PAGES, freePages, memoryState: state, memoryStatePreset: preset, marks: MARKS };
  return consultPolicy(policy("esx"), {}, [{ cause: "memoryState", host, vms: vmsWith(freePages) }])[0] ?? [];
}

function countKind(decisions: readonly Decision[], kind: Decision["kind"]): number {
  return decisions.filter((decision) => decision.kind === kind).length;
}

const STATES: Readonly<Record<MemoryStatePreset, readonly MemoryStateName[]>> = {
  esx2: ["high", "soft", "hard", "low"],
  vsphere5: ["high", "soft", "hard", "low"],
  vsphere6: ["high", "clear", "soft", "hard", "low"],
};

/** In how many of a host's memory states something is decided. */
function countStates(testBench: TestBench, preset: MemoryStatePreset, isDecided: (decision: Decision) => boolean): number {
  return STATES[preset].filter((state) => decideIn(testBench, state, preset).some(isDecided)).length;
}

const grows = (decision: Decision): boolean => decision.kind === "SetBalloonTarget" && decision.pages > 0;
const pagesOut = (into: StealPlace) => (decision: Decision) => decision.kind === "StealPages" && decision.into === into;
const shares = (decision: Decision): boolean => decision.kind === "SharePages" && decision.breaksLargePages === true;
const inStates = (value: number): FigureSpec => ({ unit: "states", expected: exactly(value) });
const decided = (value: number): FigureSpec => ({ unit: "decisions", expected: exactly(value) });

export const esxStates = defineCheck({
  id: "policies.esx-states",
  title: "ESX 2 does nothing in the state high, balloons in soft, pages out in hard, and suspends VMs in low",
  source: "C. A. Waldspurger, OSDI 2002, section 6.3",
  confidence: "published",
  method: `\`esx\` is asked in each state with two VMs on a host of ${HOST_PAGES} frames. One of them is idle, and alone above its target, for its pages cost four times as much.`,
  isQuick: true,
  figures: {
    "high: decisions": decided(0),
    "soft: balloon targets": decided(1),
    "soft: pages stolen": decided(0),
    "hard: pages stolen": decided(1),
    "hard: VMs suspended": decided(0),
    "low: pages stolen": decided(1),
    "low: VMs suspended": decided(1),
  },
  run: async (testBench) => {
    const [high, soft] = [decideIn(testBench, "high", "esx2"), decideIn(testBench, "soft", "esx2")];
    const [hard, low] = [decideIn(testBench, "hard", "esx2"), decideIn(testBench, "low", "esx2")];
    return {
      figures: {
        "high: decisions": high.length,
        "soft: balloon targets": countKind(soft, "SetBalloonTarget"),
        "soft: pages stolen": countKind(soft, "StealPages"),
        "hard: pages stolen": countKind(hard, "StealPages"),
        "hard: VMs suspended": countKind(hard, "SuspendVm"),
        "low: pages stolen": countKind(low, "StealPages"),
        "low: VMs suspended": countKind(low, "SuspendVm"),
      },
    };
  },
});

export const esxActions = defineCheck({
  id: "policies.esx-actions",
  title: "In how many memory states ESX 2, vSphere 5 and vSphere 6 share immediately, balloon, swap, compress and suspend",
  source:
    "C. A. Waldspurger, OSDI 2002, section 6.3; VMware, Understanding Memory Resource Management (ESX 4.1, vSphere 5): swapping in hard besides ballooning, each page compressed before if it can be, blocking in low; D. Epping, What happens at which vSphere memory state?, 2015: vSphere 6 shares in clear, soft and hard, balloons in soft alone, compresses and swaps in hard and low, blocks in low",
  confidence: "published",
  method: "As before; a page that compresses badly is swapped out all the same. Which state it is, the tests of `esx` say.",
  isQuick: true,
  figures: {
    "ESX 2: ballooning": inStates(3),
    "ESX 2: swapping": inStates(2),
    "ESX 2: compression": inStates(0),
    "vSphere 5: ballooning": inStates(3),
    "vSphere 5: compression": inStates(2),
    "vSphere 5: suspension": inStates(1),
    "vSphere 5: immediate sharing": inStates(0),
    "vSphere 6: immediate sharing": inStates(3),
    "vSphere 6: ballooning": inStates(1),
    "vSphere 6: compression": inStates(2),
    "vSphere 6: suspension": inStates(1),
  },
  run: async (testBench) => {
    const count = (preset: MemoryStatePreset, isDecided: (decision: Decision) => boolean): number =>
      countStates(testBench, preset, isDecided);
    const suspends = (decision: Decision): boolean => decision.kind === "SuspendVm";
    return {
      figures: {
        "ESX 2: ballooning": count("esx2", grows),
        "ESX 2: swapping": count("esx2", pagesOut("swap")),
        "ESX 2: compression": count("esx2", pagesOut("compression")),
        "vSphere 5: ballooning": count("vsphere5", grows),
        "vSphere 5: compression": count("vsphere5", pagesOut("compression")),
        "vSphere 5: suspension": count("vsphere5", suspends),
        "vSphere 5: immediate sharing": count("vsphere5", shares),
        "vSphere 6: immediate sharing": count("vsphere6", shares),
        "vSphere 6: ballooning": count("vsphere6", grows),
        "vSphere 6: compression": count("vsphere6", pagesOut("compression")),
        "vSphere 6: suspension": count("vsphere6", suspends),
      },
    };
  },
});

const SCANNED_PAGES = 240_000;

export const esxScan = defineCheck({
  id: "policies.esx-scan",
  title: "ESX's sharing scanner looks at every page once in 60 minutes",
  source: "VMware, vSphere Resource Management Guide: Mem.ShareScanTime 60 minutes, Mem.BalancePeriod 15 s",
  confidence: "published",
  method: `A VM of ${SCANNED_PAGES} resident pages; one period of rebalancing.`,
  isQuick: true,
  figures: {
    "period of rebalancing": { unit: "s", expected: exactly(15), noProof: "configuration" },
    "pages looked at in a period": { unit: "pages", expected: exactly(SCANNED_PAGES / (3600 / 15)) },
  },
  run: async ({ policy }) => {
    const esx = policy("esx");
    const host = { framePages: 2 * SCANNED_PAGES, freePages: SCANNED_PAGES, memoryState: "high" as const };
    const vm = { configuredPages: SCANNED_PAGES, activeFraction: 1, balloon: balloonOf(0, SCANNED_PAGES) };
    const [decisions = []] = consultPolicy(esx, {}, [{ host, vms: [vm] }]);
    const scan = decisions.find((decision) => decision.kind === "SharePages");
    return {
      figures: {
        "period of rebalancing": defaultPeriodS(esx),
        "pages looked at in a period": scan?.kind === "SharePages" ? scan.pages : Number.NaN,
      },
    };
  },
});
