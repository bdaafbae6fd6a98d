import { type NumberParameter, periodMs, reserveFraction, type ValuesOf } from "@ballast/core/policy";

const period: NumberParameter = {
  ...periodMs,
  minimum: 0.1,
  default: 1000,
  source: "how often Hyper-V balances memory is not published; its performance counters move about once a second",
};

const bufferFraction: NumberParameter = {
  type: "number",
  unit: "of the demand",
  default: 0.2,
  minimum: 0.05,
  maximum: 20,
  description: "Memory that a VM is given beyond its demand.",
  source: "Microsoft, Hyper-V Dynamic Memory: buffer of 20 %, to be set from 5 % to 2,000 %",
  confidence: "published",
};

const minimumFraction: NumberParameter = {
  type: "number",
  unit: "of the VM",
  default: 0.25,
  minimum: 0,
  maximum: 1,
  description: "Minimum memory: no VM is left with less, nor with less than its reservation.",
  source: "Hyper-V's default is 512 MB whatever the maximum",
  confidence: "assumed",
};

const startupFraction: NumberParameter = {
  type: "number",
  unit: "of the VM",
  default: 0.5,
  minimum: 0,
  maximum: 1,
  description: "Startup memory: what a VM is left with at least while it starts.",
  source: "Hyper-V's default is 1,024 MB whatever the maximum",
  confidence: "assumed",
};

const startupMs: NumberParameter = {
  type: "number",
  unit: "ms",
  default: 10_000,
  minimum: 0,
  maximum: 3_600_000,
  description: "For how long a VM counts as starting.",
  source: "Hyper-V waits for the guest's services to report demand",
  confidence: "assumed",
};

const hostReserveFraction: NumberParameter = {
  ...reserveFraction,
  description: "Frames that no VM is given, as a fraction of all frames.",
  source: "how Hyper-V computes the reserve of its root partition is not published",
  confidence: "assumed",
};

export const parameters = {
  bufferFraction,
  minimumFraction,
  startupFraction,
  startupMs,
  reserveFraction: hostReserveFraction,
  periodMs: period,
};

export type Settings = ValuesOf<typeof parameters>;
