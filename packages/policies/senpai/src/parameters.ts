import type { ChoiceParameter, NumberParameter, ValuesOf } from "@ballast/core/policy";

const SCRIPT = "J. Weiner, senpai.py (2019)";
const TMO = "J. Weiner et al., TMO, ASPLOS 2022 (at second hand)";

const form = {
  type: "choice",
  default: "2019",
  choices: ["2019", "tmo"],
  description: "`2019` limits each VM and moves the limit; `tmo` takes some pages from each VM and sets no limit.",
  source: `${SCRIPT}; ${TMO}`,
  confidence: "published",
} as const satisfies ChoiceParameter;

const tickMs: NumberParameter = {
  type: "number",
  unit: "ms",
  default: 1000,
  minimum: 0.1,
  maximum: 60_000,
  description: "Simulated time between two looks at the pressure.",
  source: `${SCRIPT}: sleeps 1 s`,
  confidence: "published",
};

const intervalTicks: NumberParameter = {
  type: "integer",
  unit: "ticks",
  default: 6,
  minimum: 1,
  maximum: 3600,
  description:
    "Form 2019: ticks between two changes of a limit; a limit that is too tight is raised immediately. Form tmo: ticks between two reclaims.",
  source: `${SCRIPT}: --interval; ${TMO}: every 6 s`,
  confidence: "published",
};

const pressureUs: NumberParameter = {
  type: "number",
  unit: "us",
  default: 10_000,
  minimum: 1,
  maximum: 1_000_000_000,
  description: "Form 2019: time that a VM is to stand still for memory within an interval; above it the limit is too tight.",
  source: `${SCRIPT}: --pressure`,
  confidence: "published",
};

const ratio = { type: "number", unit: "ratio", minimum: 0, maximum: 1, confidence: "published" } as const;

const maxProbe: NumberParameter = {
  ...ratio,
  default: 0.01,
  description: "Form 2019: largest part of a limit that is taken off in one step.",
  source: `${SCRIPT}: --max-probe`,
};

const maxBackoff: NumberParameter = {
  ...ratio,
  default: 1,
  description: "Form 2019: largest part of a limit that is added in one step.",
  source: `${SCRIPT}: --max-backoff`,
};

const coeffProbe: NumberParameter = {
  type: "number",
  unit: "ratio",
  default: 10,
  minimum: 1,
  maximum: 1000,
  description: "Form 2019: the largest part is taken off where the pressure is this many times below its target.",
  source: `${SCRIPT}: --coeff-probe`,
  confidence: "published",
};

const coeffBackoff: NumberParameter = {
  ...coeffProbe,
  default: 20,
  description: "Form 2019: the largest part is added where the pressure is this many times above its target.",
  source: `${SCRIPT}: --coeff-backoff`,
};

const minimumPages: NumberParameter = {
  type: "integer",
  unit: "pages",
  default: 25_600,
  minimum: 1,
  maximum: 2 ** 28,
  description: "Form 2019: no limit is set below this, nor below the VM's reservation.",
  source: `${SCRIPT}: --min-size, 100 MiB`,
  confidence: "published",
};

const reclaimRatio: NumberParameter = {
  ...ratio,
  default: 0.0005,
  description: "Form tmo: part of what a VM holds that is taken at a reclaim if there is no pressure at all.",
  source: `${TMO}: reclaim_ratio, 0.0005`,
};

const pressureRatio: NumberParameter = {
  ...ratio,
  minimum: 0.000001,
  default: 0.001,
  description: "Form tmo: part of the time standing still at which nothing is taken any more.",
  source: `${TMO}: PSI threshold, 0.1 %`,
};

const order = {
  type: "choice",
  default: "clock",
  choices: ["clock", "fifo", "random"],
  description: "Which of a VM's pages are taken first.",
  source: "Linux takes them from lists by accessed bits, to which the clock is nearest",
  confidence: "assumed",
} as const satisfies ChoiceParameter;

const into = {
  type: "choice",
  default: "swap",
  choices: ["swap", "compression"],
  description: "Where pages go: to the host's swap, or into compressed memory where they compress well enough.",
  source: `${TMO}: both backends are in use`,
  confidence: "published",
} as const satisfies ChoiceParameter;

export const parameters = {
  form,
  tickMs,
  intervalTicks,
  pressureUs,
  maxProbe,
  maxBackoff,
  coeffProbe,
  coeffBackoff,
  minimumPages,
  reclaimRatio,
  pressureRatio,
  order,
  into,
};

export type Settings = ValuesOf<typeof parameters>;
