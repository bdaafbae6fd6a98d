import {
  type BooleanParameter,
  type Capability,
  type ChoiceParameter,
  minChangeFraction,
  type NumberParameter,
  taxRate,
  type ValuesOf,
} from "@ballast/core/policy";

const headroomFraction: NumberParameter = {
  type: "number",
  unit: "of the mark",
  default: 0.125,
  minimum: 0,
  maximum: 1,
  description: "By how much reclamation goes beyond the mark at which it aims, so that the memory state ends.",
  source: "as the margin by which a memory state is left; the paper says above the high threshold, and clearly",
  confidence: "assumed",
};

const slackFraction: NumberParameter = {
  type: "number",
  unit: "of the VM",
  default: 0.02,
  minimum: 0,
  maximum: 1,
  description: "A VM holds all that its balloon leaves to it if no more than this part of its configured pages is missing.",
  source: "a guest that is short of memory still has a few pages free",
  confidence: "assumed",
};

const pageOutTo = {
  type: "choice",
  default: "preset",
  choices: ["preset", "swap", "compression"],
  description:
    "Where pages go that are paged out: to swap, or if they compress well enough into the VM's compression cache; preset: as the host's memory states have it.",
  source: "C. A. Waldspurger, OSDI 2002, section 3.2: to swap; compression came with vSphere 4.1",
  confidence: "published",
} as const satisfies ChoiceParameter;

const pageSharing: BooleanParameter = {
  type: "boolean",
  default: true,
  description: "Whether pages of equal content are searched for in the background, in every memory state.",
  source: "C. A. Waldspurger, OSDI 2002, section 6: page sharing is a background activity",
  confidence: "published",
};

const scanPeriodMs: NumberParameter = {
  type: "number",
  unit: "ms",
  default: 3_600_000,
  minimum: 1,
  maximum: 86_400_000,
  description: "Simulated time in which the scanner looks once at all resident pages.",
  source: "VMware, vSphere Resource Management Guide, Mem.ShareScanTime: 60 minutes",
  confidence: "published",
};

const periodMs: NumberParameter = {
  type: "number",
  unit: "ms",
  default: 15_000,
  minimum: 0.1,
  maximum: 3_600_000,
  description: "Simulated time between two rebalancings for idle memory; a change of the memory state rebalances, too.",
  source: "VMware, vSphere Resource Management Guide, Mem.BalancePeriod: 15 s",
  confidence: "published",
};

export const parameters = {
  taxRate: { ...taxRate, description: `${taxRate.description.slice(0, -1)}, and samples nothing.` },
  headroomFraction,
  minChangeFraction: {
    ...minChangeFraction,
    description: "Changes of a balloon target below this fraction of a VM's configured pages are left out, unless memory is short.",
    source: "an estimate from 100 sampled pages varies by more",
  },
  slackFraction,
  pageOutTo,
  pageSharing,
  scanPeriodMs,
  periodMs,
};

export type Values = ValuesOf<typeof parameters>;
export type Settings = Pick<Values, "taxRate" | "headroomFraction" | "minChangeFraction" | "slackFraction" | "pageOutTo"> & {
  readonly isSharing: boolean;
  /** Part of all resident pages that the scanner looks at in a period. */
  readonly scannedFraction: number;
};

export function readSettings(values: Values): Settings {
  return { ...values, isSharing: values.pageSharing, scannedFraction: values.periodMs / values.scanPeriodMs };
}

/** Without a tax the policy does not ask what is idle, so that nothing is sampled. */
export function usedCapabilities(values: Values): Capability[] {
  return [
    "balloon",
    "steal",
    "suspend",
    ...(values.taxRate > 0 ? (["activeSample"] as const) : []),
    ...(values.pageSharing ? (["pageSharing"] as const) : []),
    ...(values.pageOutTo === "swap" ? [] : (["compression"] as const)),
  ];
}
