import { NS_PER_MS, NS_PER_S, NS_PER_US, PAGE_BYTES } from "@ballast/core/units";
import { defineCheck } from "../../check.ts";
import { compare, exactly } from "../../expectation.ts";
import { consultPolicy, defaultPeriodS, type StatedObservation } from "../../lab/consult-policy.ts";
import type { TestBench } from "../../lab/test-bench.ts";

const GIB_PAGES = 2 ** 30 / PAGE_BYTES;
/** The tick at which the first interval of six is over; the first tick only begins it. */
const LAST_TICK = 7;

function seeVm(tick: number, stallUs: number): StatedObservation {
  const vm = {
    configuredPages: 2 * GIB_PAGES,
    residentPages: GIB_PAGES,
    memoryLimitPages: GIB_PAGES,
    stallNs: stallUs * NS_PER_US,
  };
  return { timeNs: tick * NS_PER_S, host: { framePages: 4 * GIB_PAGES, freePages: GIB_PAGES }, vms: [vm] };
}

/** The limit in bytes after an interval at whose end a VM of 1 GiB has stood still for so long. */
function limitBytes({ policy }: TestBench, stallUs: number): number {
  const ticks = Array.from({ length: LAST_TICK + 1 }, (_, tick) => seeVm(tick, tick === LAST_TICK ? stallUs : 0));
  const [decision] = consultPolicy(policy("senpai"), {}, ticks)[LAST_TICK] ?? [];
  return decision?.kind === "SetMemoryLimit" ? decision.pages * PAGE_BYTES : Number.NaN;
}

export const senpai = defineCheck({
  id: "policies.senpai",
  title: "Senpai: a limit of 1 GiB after six ticks, by how long the VM stood still",
  source: "J. Weiner, senpai.py (2019): pressure 10,000 us, probe 1 %, backoff 100 %, coefficients 10 and 20",
  confidence: "published",
  isQuick: true,
  figures: {
    tick: { unit: "s", expected: exactly(1), noProof: "configuration" },
    "not at all": { unit: "bytes", expected: exactly(1_063_002_112) },
    "5,000 us": { unit: "bytes", expected: exactly(1_073_311_744) },
    "10,000 us": { unit: "bytes", expected: exactly(1_073_631_232) },
    "20,000 us": { unit: "bytes", expected: exactly(1_084_477_440) },
  },
  run: async (testBench) => ({
    figures: {
      tick: defaultPeriodS(testBench.policy("senpai")),
      "not at all": limitBytes(testBench, 0),
      "5,000 us": limitBytes(testBench, 5000),
      "10,000 us": limitBytes(testBench, 10_000),
      "20,000 us": limitBytes(testBench, 20_000),
    },
  }),
});

const HELD_PAGES = 1_000_000;
const TMO_PERIOD_MS = 6000;

/** Pages taken at the second look from a VM that has stood still for so long since the first. */
function takenByTmo({ policy }: TestBench, stallMs: number): number {
  const see = (looks: number, stalledMs: number): StatedObservation => ({
    timeNs: looks * TMO_PERIOD_MS * NS_PER_MS,
    host: { framePages: 2 * HELD_PAGES, freePages: HELD_PAGES },
    vms: [{ configuredPages: HELD_PAGES, stallNs: stalledMs * NS_PER_MS }],
  });
  const [, decisions = []] = consultPolicy(policy("senpai"), { form: "tmo" }, [see(0, 0), see(1, stallMs)]);
  const [decision] = decisions;
  return decision?.kind === "StealPages" && "count" in decision.take ? decision.take.count : 0;
}

export const senpaiTmo = defineCheck({
  id: "policies.senpai-tmo",
  title: "TMO: every 6 s 0.0005 of what a VM holds, less the nearer its pressure comes to 0.1 %",
  source: "J. Weiner and others, TMO, ASPLOS 2022, at second hand",
  confidence: "field",
  method: `A VM that holds ${HELD_PAGES} pages; of 6 s, 0.1 % are 6 ms.`,
  isQuick: true,
  figures: {
    "no pressure": { unit: "pages", expected: compare(500) },
    "half the pressure": { unit: "pages", expected: compare(250) },
    "all of it": { unit: "pages", expected: compare(0) },
  },
  run: async (testBench) => ({
    figures: {
      "no pressure": takenByTmo(testBench, 0),
      "half the pressure": takenByTmo(testBench, 3),
      "all of it": takenByTmo(testBench, 6),
    },
  }),
});
