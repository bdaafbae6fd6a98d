import type { Observation } from "./observation.ts";
import type { NumberParameter } from "./parameter.ts";

/** The parameter that policies with a reserve of free frames have in common. */
export const reserveFraction: NumberParameter = {
  type: "number",
  unit: "of all frames",
  default: 0.06,
  minimum: 0,
  maximum: 0.5,
  description: "Free frames to be kept in reserve, as a fraction of all frames.",
  source: "C. A. Waldspurger, OSDI 2002, section 6.3: above 6 % of free memory nothing is reclaimed",
  confidence: "published",
};

/** The period that policies have in common, in simulated ms. */
export const periodMs: NumberParameter = {
  type: "number",
  unit: "ms",
  default: 100,
  minimum: 0.001,
  maximum: 3_600_000,
  description: "Simulated time between two periodic decisions.",
  source: "assumed: short against a simulated run of seconds",
  confidence: "assumed",
};

/** What a fallback takes at once when no frame is free. */
export const shortageFraction: NumberParameter = {
  type: "number",
  unit: "of all frames",
  default: 0.01,
  minimum: 0,
  maximum: 0.5,
  description: "Frames stolen at random at once when none is free and better ways would come too late.",
  source:
    "C. A. Waldspurger, OSDI 2002, section 6.3: below 2 % pages are paged out, 1 % is the state low; one of their difference",
  confidence: "calibrated",
};

/** Frames missing from the reserve, or needed at once if those are more. */
export function missingPages({ host, neededPages }: Observation, fraction: number): number {
  return Math.max(neededPages, Math.ceil(fraction * host.framePages) - host.freePages, 0);
}
