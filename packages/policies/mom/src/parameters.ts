import type { NumberParameter } from "@ballast/core/policy";

const SOURCE = "oVirt/vdsm, static/etc/vdsm/mom.d/02-balloon.policy";

function fraction(value: number, unit: string, description: string): NumberParameter {
  const bounds = { minimum: 0, maximum: 1 };
  return { type: "number", unit, default: value, ...bounds, description, source: SOURCE, confidence: "published" };
}

const sampleCount: NumberParameter = {
  type: "integer",
  unit: "samples",
  default: 10,
  minimum: 1,
  maximum: 1000,
  description: "Samples, one for each period, over which free and used memory are averaged.",
  source: "oVirt/vdsm, static/etc/vdsm/mom.conf.in: sample-history-length",
  confidence: "published",
};

const periodMs: NumberParameter = {
  type: "number",
  unit: "ms",
  default: 15_000,
  minimum: 0.1,
  maximum: 3_600_000,
  description: "Simulated time between two samples, each followed by decisions.",
  source: "oVirt/vdsm, static/etc/vdsm/mom.conf.in: monitors and policy engine every 15 s",
  confidence: "published",
};

export const parameters = {
  pressureFraction: {
    ...fraction(0.2, "of all frames", "Free memory of the host below which guests are shrunk."),
    minimum: 0.001,
  },
  criticalFraction: fraction(0.05, "of all frames", "Free memory of the host from which down guests are made to page."),
  guestFreeFraction: fraction(0.2, "of the guest", "Memory that a guest is to have free while the host is not short."),
  maxChangeFraction: fraction(0.05, "of the guest", "Change of a guest in one period, unless it needs more to grow."),
  minChangeFraction: fraction(0.0025, "of the guest", "A change no greater than this is not worth its trouble."),
  sampleCount,
  periodMs,
};
