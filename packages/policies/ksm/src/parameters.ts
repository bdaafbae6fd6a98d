import type { ChoiceParameter, NumberParameter, ValuesOf } from "@ballast/core/policy";

const KSM = "Linux, Documentation/admin-guide/mm/ksm.rst";
const KSMTUNED = "D. Kenigsberg, ksmtuned (2009, with QEMU in Fedora and RHEL)";

const tuning = {
  type: "choice",
  default: "ksmtuned",
  choices: ["ksmtuned", "none"],
  description: "`ksmtuned` changes how hard is scanned by how much memory is free; with `none` it stays at pagesToScan and sleepMs.",
  source: `${KSMTUNED}: runs besides KSM where QEMU's packages are installed`,
  confidence: "published",
} as const satisfies ChoiceParameter;

const pages = { type: "integer", unit: "pages", minimum: 0, maximum: 1_000_000, confidence: "published" } as const;

const pagesToScan: NumberParameter = {
  ...pages,
  default: 100,
  description: "Pages that one scan looks at, until ksmtuned changes it.",
  source: `${KSM}: pages_to_scan`,
};

const ms = { type: "number", unit: "ms", minimum: 0.1, maximum: 3_600_000, confidence: "published" } as const;

const sleepMs: NumberParameter = {
  ...ms,
  default: 20,
  description: "Time between two scans, until ksmtuned changes it.",
  source: `${KSM}: sleep_millisecs`,
};

const monitorMs: NumberParameter = {
  ...ms,
  default: 60_000,
  description: "Time between two adjustments by ksmtuned.",
  source: `${KSMTUNED}: KSM_MONITOR_INTERVAL`,
};

const tunedSleepMs: NumberParameter = {
  ...ms,
  default: 10,
  description: "Time between two scans that ksmtuned sets on a host of 16 GiB or more; longer on a smaller one, in proportion.",
  source: `${KSMTUNED}: KSM_SLEEP_MSEC`,
};

const boostPages: NumberParameter = {
  ...pages,
  default: 300,
  description: "Added to the pages of a scan while free memory is below the threshold.",
  source: `${KSMTUNED}: KSM_NPAGES_BOOST`,
};

const decayPages: NumberParameter = {
  ...pages,
  default: 50,
  description: "Taken off the pages of a scan while it is not.",
  source: `${KSMTUNED}: KSM_NPAGES_DECAY, -50`,
};

const minPages: NumberParameter = {
  ...pages,
  default: 64,
  description: "Least pages of a scan that ksmtuned sets.",
  source: `${KSMTUNED}: KSM_NPAGES_MIN`,
};

const maxPages: NumberParameter = {
  ...pages,
  default: 1250,
  description: "Most pages of a scan that ksmtuned sets.",
  source: `${KSMTUNED}: KSM_NPAGES_MAX`,
};

const thresholdFraction: NumberParameter = {
  type: "number",
  unit: "of all frames",
  default: 0.2,
  minimum: 0,
  maximum: 1,
  description: "Free memory below which ksmtuned boosts, and above which KSM stops if the VMs leave as much.",
  source: `${KSMTUNED}: KSM_THRES_COEF, 20 %`,
  confidence: "published",
};

const thresholdPages: NumberParameter = {
  ...pages,
  default: 512,
  description: "That threshold at least.",
  source: `${KSMTUNED}: KSM_THRES_CONST, 2048, which the script compares with kB although its documentation calls it MB`,
};

export const parameters = {
  tuning,
  pagesToScan,
  sleepMs,
  monitorMs,
  tunedSleepMs,
  boostPages,
  decayPages,
  minPages,
  maxPages,
  thresholdFraction,
  thresholdPages,
};

export type Settings = ValuesOf<typeof parameters>;
