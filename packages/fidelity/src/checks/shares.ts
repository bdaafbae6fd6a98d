import type { Decision } from "@ballast/core/policy";
import { type Check, defineCheck } from "../check.ts";
import { exactly } from "../expectation.ts";
import { consultPolicy, type StatedVm, targetOf } from "../lab/consult-policy.ts";
import type { TestBench } from "../lab/test-bench.ts";

const SOURCE = "C. A. Waldspurger, OSDI 2002, section 5";

function exampleVm(shares: number, pages: number, activeFraction: number): StatedVm {
  const balloon = { targetPages: 0, sizePages: 0, capPages: pages };
  return { shares, configuredPages: pages, activeFraction, balloon };
}

const EXAMPLE = [exampleVm(6000, 4000, 0.25), exampleVm(2000, 2000, 0.85)];

/** What `esx` decides about the example when it lacks `missingPages` frames. */
function decide({ policy }: TestBench, taxRate: number, missingPages: number): readonly Decision[] {
  const marks = { highPages: missingPages, softPages: 0, hardPages: 0, lowPages: 0 };
  const host = { framePages: 10_000, freePages: 0, memoryState: "soft", marks } as const;
  const parameters = { taxRate, headroomFraction: 0, minChangeFraction: 0 };
  return consultPolicy(policy("esx"), parameters, [{ host, vms: EXAMPLE }])[0] ?? [];
}

/** The number of the only VM whose balloon is to grow; 0 if several are, or none. */
function victimOf(decisions: readonly Decision[]): number {
  const victims = decisions.flatMap((decision) => (decision.kind === "SetBalloonTarget" ? [decision.vm] : []));
  return victims.length === 1 ? (victims[0] ?? 0) : 0;
}

const adjustedShares = defineCheck({
  id: "shares.adjusted-shares",
  title: "Adjusted shares per page, S / (P (f + k (1 - f))), and whose memory is taken first",
  source: `${SOURCE}: the example that the formula's text gives, tax rate 0.8`,
  confidence: "published",
  method: "The VMs of the example are put before the policy `esx`. The victim is who loses when 100 pages are missing.",
  isQuick: true,
  figures: {
    "VM 1 at tax rate 0.8": { unit: "shares per page", expected: exactly(0.375) },
    "VM 2 at tax rate 0.8": { unit: "shares per page", expected: exactly(0.625) },
    "victim at tax rate 0": { unit: "VM", expected: exactly(2) },
    "victim at tax rate 0.8": { unit: "VM", expected: exactly(1) },
  },
  run: async (testBench) => {
    const taxed = decide(testBench, 0.8, 4500);
    const adjusted = (vm: number): number => targetOf(taxed, vm)?.figures?.["adjustedSharesPerPage"] ?? Number.NaN;
    return {
      figures: {
        "VM 1 at tax rate 0.8": adjusted(1),
        "VM 2 at tax rate 0.8": adjusted(2),
        "victim at tax rate 0": victimOf(decide(testBench, 0, 100)),
        "victim at tax rate 0.8": victimOf(decide(testBench, 0.8, 100)),
      },
    };
  },
});

export const shareChecks: readonly Check[] = [adjustedShares];
