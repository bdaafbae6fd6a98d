import { EventCode, MemoryState } from "@ballast/core/events";
import type { Policy } from "@ballast/core/policy";
import { memoryMarks, minFreePages } from "@ballast/core/scenario";
import { NS_PER_MS, NS_PER_S, PAGE_BYTES } from "@ballast/core/units";
import { type Check, defineCheck, type FigureSpec } from "../check.ts";
import { exactly, within } from "../expectation.ts";
import type { TestBench } from "../lab/test-bench.ts";

const PAGES_PER_MB = 2 ** 20 / PAGE_BYTES;
const GB = 1024 * PAGES_PER_MB;

const mb = (value: number): FigureSpec => ({ unit: "MB", expected: within(value, 0.1) });
/** A preset's part of minFree, which the figures before hold. */
const preset = (value: number): FigureSpec => ({ ...mb(value), noProof: "configuration" });

const minFree = defineCheck({
  id: "memory-states.min-free",
  title: "vSphere keeps minFree: 6 % of the first 4 GB, 4 % up to 12 GB, 2 % up to 28 GB, 1 % of the rest",
  source:
    "VMware documentation of vSphere 5 and 6; D. Epping, Yellow Bricks: soft 64 %, hard 32 %, low 16 % of it; vSphere 6: high 400 %, clear 100 %",
  confidence: "published",
  isQuick: true,
  figures: {
    "minFree of 16 GB": mb(655.36),
    "minFree of 128 GB": mb(1925.12),
    "16 GB: soft": preset(0.64 * 655.36),
    "16 GB: hard": preset(0.32 * 655.36),
    "16 GB: low": preset(0.16 * 655.36),
    "16 GB, vSphere 6: high": preset(4 * 655.36),
    "16 GB, vSphere 6: clear": preset(655.36),
  },
  run: async () => {
    const [five, six] = [memoryMarks("vsphere5", 16 * GB), memoryMarks("vsphere6", 16 * GB)];
    return {
      figures: {
        "minFree of 16 GB": minFreePages(16 * GB) / PAGES_PER_MB,
        "minFree of 128 GB": minFreePages(128 * GB) / PAGES_PER_MB,
        "16 GB: soft": five.soft / PAGES_PER_MB,
        "16 GB: hard": five.hard / PAGES_PER_MB,
        "16 GB: low": five.low / PAGES_PER_MB,
        "16 GB, vSphere 6: high": six.high / PAGES_PER_MB,
        "16 GB, vSphere 6: clear": (six.clear ?? Number.NaN) / PAGES_PER_MB,
      },
    };
  },
});

const FRAMES = 1000;
const TOUCHED = 995;
const GIVEN_BACK = 100;
const MARGIN = 1 / 8;

/** From one second on takes a page of the only VM every 10 ms. */
const takeBackSlowly: Policy = {
  apiVersion: 1,
  name: "take-back-slowly",
  version: "1.0.0",
  description: "Steals a page at each period.",
  requires: ["steal"],
  parameters: {},
  periodNs: () => 10 * NS_PER_MS,
  create: () => ({
    decide: ({ vms, timeNs, cause }) => {
      const vm = vms[0];
      if (vm === undefined || cause !== "period" || timeNs < NS_PER_S) return [];
      return [{ kind: "StealPages", vm: vm.vm, take: { count: 1, order: "random" }, reason: "one by one" }];
    },
    save: () => null,
    load: () => {},
  }),
};

/** Free frames at which each state is entered, first on the way down, then on the way up. */
async function changesOfState({ simulate }: TestBench, margin: number): Promise<Map<string, number>> {
  const phases = [
    { kind: "sequential", pages: TOUCHED, writeRatio: 0 },
    { kind: "idle", ns: `${1000 + 10 * GIVEN_BACK} ms` },
  ];
  const scenario = {
    name: "down-and-up",
    sampleNs: 0,
    host: { framePages: FRAMES, memoryStates: "esx2", memoryStateMargin: margin },
    vms: [{ configuredPages: FRAMES, kernelPages: 0, balloon: false, processes: [{ workload: { kind: "phases", phases } }] }],
  };
  const changes = new Map<string, number>();
  await simulate({
    scenario,
    policy: takeBackSlowly,
    onBatch: ({ length, types, a, b, c }) => {
      for (let i = 0; i < length; i++) {
        if (types[i] !== EventCode.MemoryStateChanged) continue;
        const [from, to] = [a[i] ?? 0, b[i] ?? 0];
        changes.set(`${to > from ? "down" : "up"} ${to}`, c[i] ?? 0);
      }
    },
  });
  return changes;
}

/** The first whole number of free frames that exceeds a mark by its margin. */
function againAbove(mark: number): number {
  return Math.ceil(mark * FRAMES * (1 + MARGIN));
}

const states = defineCheck({
  id: "memory-states.esx-2",
  title: "ESX 2: soft below 4 %, hard below 2 %, low below 1 % of free memory; up only when the next mark is clearly exceeded",
  source: "C. A. Waldspurger, OSDI 2002, section 6.3; how clearly was never published",
  confidence: "published",
  method: `${FRAMES} frames of which a VM touches ${TOUCHED}; then pages are taken back one by one. On the way up the margin is 1/8 of the next mark (assumed): the expected figures follow from it.`,
  isQuick: true,
  figures: {
    "soft begins": { unit: "free frames", expected: exactly(39) },
    "hard begins": { unit: "free frames", expected: exactly(19) },
    "low begins": { unit: "free frames", expected: exactly(9) },
    "hard again": { unit: "free frames", expected: exactly(againAbove(0.02)) },
    "soft again": { unit: "free frames", expected: exactly(againAbove(0.04)) },
    "high again": { unit: "free frames", expected: exactly(againAbove(0.06)) },
  },
  run: async (testBench) => {
    const changes = await changesOfState(testBench, MARGIN);
    const at = (way: string, state: number, of = changes): number => of.get(`${way} ${state}`) ?? Number.NaN;
    const highAgain = async (margin: number): Promise<number> => at("up", MemoryState.High, await changesOfState(testBench, margin));
    return {
      figures: {
        "soft begins": at("down", MemoryState.Soft),
        "hard begins": at("down", MemoryState.Hard),
        "low begins": at("down", MemoryState.Low),
        "hard again": at("up", MemoryState.Hard),
        "soft again": at("up", MemoryState.Soft),
        "high again": at("up", MemoryState.High),
      },
      sensitivity: [
        {
          parameter: "margin on the way up",
          assumed: "1/8 of the mark",
          figure: "high again (free frames of 1,000)",
          halved: await highAgain(MARGIN / 2),
          asAssumed: at("up", MemoryState.High),
          doubled: await highAgain(MARGIN * 2),
        },
      ],
    };
  },
});

export const memoryStateChecks: readonly Check[] = [minFree, states];
