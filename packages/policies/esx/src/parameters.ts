import {
  type BooleanParameter,
  type Capability,
  type ChoiceParameter,
  NS_PER_MS,
  type NumberParameter,
  type ParameterSchema,
  type ParameterValues,
} from "@ballast/core/policy";

const taxRate: NumberParameter = {
  type: "number",
  unit: "ratio",
  default: 0.75,
  minimum: 0,
  maximum: 0.99,
  description: "Idle memory tax: an idle page costs 1 / (1 - taxRate) active ones; 0 looks at shares alone, and samples nothing.",
  source: "C. A. Waldspurger, OSDI 2002, section 5.2: 75 % by default",
  confidence: "published",
};

const headroomFraction: NumberParameter = {
  type: "number",
  unit: "of the mark",
  default: 0.125,
  minimum: 0,
  maximum: 1,
  description: "By how much reclamation goes beyond the mark at which it aims, so that the memory state ends.",
  source: "assumed: as the margin by which a memory state is left; the paper says above the high threshold, and clearly",
  confidence: "assumed",
};

const minChangeFraction: NumberParameter = {
  type: "number",
  unit: "of the VM",
  default: 0.02,
  minimum: 0,
  maximum: 1,
  description: "Changes of a balloon target below this fraction of a VM's configured pages are left out, unless memory is short.",
  source: "assumed: an estimate from 100 sampled pages varies by more",
  confidence: "assumed",
};

const slackFraction: NumberParameter = {
  type: "number",
  unit: "of the VM",
  default: 0.02,
  minimum: 0,
  maximum: 1,
  description: "A VM holds all that its balloon leaves to it if no more than this part of its configured pages is missing.",
  source: "assumed: a guest that is short of memory still has a few pages free",
  confidence: "assumed",
};

const PAGE_OUT_TO = ["preset", "swap", "compression"] as const;

const pageOutTo: ChoiceParameter = {
  type: "choice",
  default: PAGE_OUT_TO[0],
  choices: PAGE_OUT_TO,
  description: "Where pages go that are paged out: to swap, or if they compress well enough into the VM's compression cache; preset: as the host's memory states have it.",
  source: "C. A. Waldspurger, OSDI 2002, section 3.2: to swap; compression came with vSphere 4.1",
  confidence: "published",
};

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

export const parameters: ParameterSchema = {
  taxRate,
  headroomFraction,
  minChangeFraction,
  slackFraction,
  pageOutTo,
  pageSharing,
  scanPeriodMs,
  periodMs,
};

export type Settings = {
  readonly taxRate: number;
  readonly headroomFraction: number;
  readonly minChangeFraction: number;
  readonly slackFraction: number;
  readonly pageOutTo: (typeof PAGE_OUT_TO)[number];
  readonly isSharing: boolean;
  /** Part of all resident pages that the scanner looks at in a period. */
  readonly scannedFraction: number;
};

export function readSettings(values: ParameterValues): Settings {
  return {
    taxRate: Number(values["taxRate"]),
    headroomFraction: Number(values["headroomFraction"]),
    minChangeFraction: Number(values["minChangeFraction"]),
    slackFraction: Number(values["slackFraction"]),
    pageOutTo: PAGE_OUT_TO.find((place) => place === values["pageOutTo"]) ?? unknownPlace(values["pageOutTo"]),
    isSharing: values["pageSharing"] === true,
    scannedFraction: Number(values["periodMs"]) / Number(values["scanPeriodMs"]),
  };
}

function unknownPlace(value: unknown): never {
  throw new RangeError(`pageOutTo is ${String(value)}, not one of ${PAGE_OUT_TO.join(", ")}`);
}

export function periodNs(values: ParameterValues): number {
  return Math.round(Number(values["periodMs"]) * NS_PER_MS);
}

/** Without a tax nobody asks what is idle, so that nothing is sampled. */
export function usedCapabilities(values: ParameterValues): Capability[] {
  const { taxRate: tax, pageOutTo: place, isSharing } = readSettings(values);
  return [
    "balloon",
    "steal",
    "block",
    ...(tax > 0 ? (["activeSample"] as const) : []),
    ...(isSharing ? (["pageSharing"] as const) : []),
    ...(place === "swap" ? [] : (["compression"] as const)),
  ];
}
