import { NS_PER_MS, type NumberParameter, type ValuesOf } from "@ballast/core/policy";

const iterationMs: NumberParameter = {
  type: "number",
  unit: "ms",
  default: 1000,
  minimum: 0.1,
  maximum: 3_600_000,
  description: "Simulated time between two looks at the domains while targets are not reached.",
  source: "xapi-project/xen-api, ocaml/squeezed, squeeze.ml: it waits for 1 s",
  confidence: "published",
};

const checkPeriodMs: NumberParameter = {
  type: "number",
  unit: "ms",
  default: 10_000,
  minimum: 0.1,
  maximum: 3_600_000,
  description: "Simulated time after which it checks whether memory is still in proportion.",
  source: "xapi-project/xen-api, ocaml/squeezed, squeezed.ml: balance-check-interval, 10 s",
  confidence: "published",
};

const hostTargetKib: NumberParameter = {
  type: "integer",
  unit: "KiB",
  default: 9216,
  minimum: 0,
  maximum: 1_073_741_824,
  description: "Memory of the host to be kept free.",
  source:
    "xapi-project/xen-api, ocaml/squeezed, squeeze_xen.ml: 1 MiB for Xen and 8 MiB for builds of domains (64 MiB for Xen in its newest source)",
  confidence: "published",
};

const inaccuracyKib: NumberParameter = {
  type: "integer",
  unit: "KiB",
  default: 4,
  minimum: 0,
  maximum: 1_048_576,
  description: "By how much what a domain holds may differ from its target and be taken as there.",
  source: "xapi-project/xen-api, ocaml/squeezed, squeeze_xen.ml: 4 KiB",
  confidence: "published",
};

const stuckMs: NumberParameter = {
  type: "number",
  unit: "ms",
  default: 5000,
  minimum: 0,
  maximum: 3_600_000,
  description: "Simulated time without progress after which a balloon driver is taken as stuck and left out.",
  source: "xapi-project/xen-api, ocaml/squeezed, squeeze.ml: 5 s",
  confidence: "published",
};

export const parameters = {
  hostTargetKib,
  inaccuracyKib,
  checkPeriodMs,
  iterationMs,
  stuckMs,
};

type Values = ValuesOf<typeof parameters>;
export type Settings = Pick<Values, "hostTargetKib" | "inaccuracyKib"> & {
  readonly checkPeriodNs: number;
  readonly stuckNs: number;
};

export function readSettings(values: Values): Settings {
  return { ...values, checkPeriodNs: values.checkPeriodMs * NS_PER_MS, stuckNs: values.stuckMs * NS_PER_MS };
}
