import type { NumberParameter, ValuesOf } from "@ballast/core/policy";

const targetFraction: NumberParameter = {
  type: "number",
  unit: "of all frames",
  default: 0.8,
  minimum: 0,
  maximum: 1,
  description: "Part of the host's memory that is to be in use.",
  source: "proxmox/pve-manager, PVE/Service/pvestatd.pm: 80 %",
  confidence: "published",
};

const ignoredMib: NumberParameter = {
  type: "number",
  unit: "MiB",
  default: 10,
  minimum: 0,
  maximum: 1_048_576,
  description: "Nothing is done if the memory in use is off by no more than this.",
  source: "proxmox/pve-manager, PVE/AutoBalloon.pm: 10 MiB",
  confidence: "published",
};

const maxChangeMib: NumberParameter = {
  type: "number",
  unit: "MiB",
  default: 100,
  minimum: 0.01,
  maximum: 1_048_576,
  description: "Most that a VM gains or loses in one round.",
  source: "proxmox/pve-manager, PVE/Service/pvestatd.pm: 100 MiB",
  confidence: "published",
};

const comfortableFraction: NumberParameter = {
  type: "number",
  unit: "of the VM's minimum",
  default: 0.25,
  minimum: 0,
  maximum: 1,
  description: "A VM whose guest has more than this free is comfortable: it gives first, and takes last.",
  source: "proxmox/pve-manager, PVE/AutoBalloon.pm: 25 %",
  confidence: "published",
};

const defaultMinimumFraction: NumberParameter = {
  type: "number",
  unit: "of the VM",
  default: 0.5,
  minimum: 0,
  maximum: 1,
  description: "Minimum of a VM without a reservation. 0: such a VM is left alone, as Proxmox VE leaves one without a minimum.",
  source: "a scenario written for other policies has no minima, and nothing would happen in it",
  confidence: "assumed",
};

const periodMs: NumberParameter = {
  type: "number",
  unit: "ms",
  default: 10_000,
  minimum: 0.1,
  maximum: 3_600_000,
  description: "Simulated time between two rounds.",
  source: "proxmox/pve-manager, PVE/Service/pvestatd.pm: a status update every 10 s",
  confidence: "published",
};

export const parameters = {
  targetFraction,
  ignoredMib,
  maxChangeMib,
  comfortableFraction,
  defaultMinimumFraction,
  periodMs,
};

const MIB_BYTES = 1024 * 1024;

type Values = ValuesOf<typeof parameters>;
export type Settings = Pick<Values, "targetFraction" | "comfortableFraction" | "defaultMinimumFraction"> & {
  readonly ignoredBytes: number;
  readonly maxChangeBytes: number;
};

export function readSettings(values: Values): Settings {
  return {
    ...values,
    ignoredBytes: values.ignoredMib * MIB_BYTES,
    maxChangeBytes: Math.trunc(values.maxChangeMib * MIB_BYTES),
  };
}
