import type { Decision, MemoryStateName } from "@ballast/core/policy";
import { defineCheck } from "../../check.ts";
import { atLeast, exactly } from "../../expectation.ts";
import { balloonOf, consultPolicy, defaultPeriodS, type StatedVm } from "../../lab/consult-policy.ts";
import type { Laboratory } from "../../lab/laboratory.ts";

const HOST_PAGES = 10_000;
/** Free frames in each state of ESX 2: below 4, 2 and 1 %. */
const FREE: Readonly<Record<"high" | "soft" | "hard" | "low", number>> = { high: 700, soft: 350, hard: 150, low: 50 };
const MARKS = { highPages: 600, softPages: 400, hardPages: 200, lowPages: 100 };

/** Two equal VMs, one of them idle, that hold all but what is free. */
function vmsWith(freePages: number): StatedVm[] {
  const residentPages = (HOST_PAGES - freePages) / 2;
  return [1, 0.1].map((activeFraction) => ({
    configuredPages: 6000,
    residentPages,
    activeFraction,
    balloon: balloonOf(0, 6000),
    isBlocked: false,
  }));
}

function decideIn({ policy }: Laboratory, state: keyof typeof FREE): readonly Decision[] {
  const host = { framePages: HOST_PAGES, freePages: FREE[state], memoryState: state as MemoryStateName, marks: MARKS };
  const parameters = { pageSharing: false };
  return consultPolicy(policy("esx"), parameters, [{ cause: "memoryState", host, vms: vmsWith(FREE[state]) }])[0] ?? [];
}

function countKind(decisions: readonly Decision[], kind: Decision["kind"]): number {
  return decisions.filter((decision) => decision.kind === kind).length;
}

export const esxStates = defineCheck({
  id: "policies.esx-states",
  title: "ESX 2 does nothing in the state high, balloons in soft, pages out in hard, and blocks VMs in low",
  source: "C. A. Waldspurger, OSDI 2002, section 6.3",
  confidence: "published",
  method: `\`esx\` is asked in each state with two VMs, one of them idle, on a host of ${HOST_PAGES} frames.`,
  isQuick: true,
  figures: {
    "high: decisions": { unit: "decisions", expected: exactly(0) },
    "soft: balloon targets": { unit: "decisions", expected: atLeast(1) },
    "soft: pages stolen": { unit: "decisions", expected: exactly(0) },
    "hard: pages stolen": { unit: "decisions", expected: atLeast(1) },
    "hard: VMs blocked": { unit: "decisions", expected: exactly(0) },
    "low: pages stolen": { unit: "decisions", expected: atLeast(1) },
    "low: VMs blocked": { unit: "decisions", expected: atLeast(1) },
  },
  run: async (laboratory) => {
    const [high, soft] = [decideIn(laboratory, "high"), decideIn(laboratory, "soft")];
    const [hard, low] = [decideIn(laboratory, "hard"), decideIn(laboratory, "low")];
    return {
      figures: {
        "high: decisions": high.length,
        "soft: balloon targets": countKind(soft, "SetBalloonTarget"),
        "soft: pages stolen": countKind(soft, "StealPages"),
        "hard: pages stolen": countKind(hard, "StealPages"),
        "hard: VMs blocked": countKind(hard, "BlockVm"),
        "low: pages stolen": countKind(low, "StealPages"),
        "low: VMs blocked": countKind(low, "BlockVm"),
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
