import type { NumberParameter } from "./parameter.ts";

/** Parameters that several policies have in common. A policy takes one with a default or source of its own by a spread. */

/** Of policies that keep a reserve of free frames. */
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

/** The period, in simulated ms. */
export const periodMs: NumberParameter = {
  type: "number",
  unit: "ms",
  default: 100,
  minimum: 0.001,
  maximum: 3_600_000,
  description: "Simulated time between two periodic decisions.",
  source: "short against a simulated run of seconds",
  confidence: "assumed",
};

/** What a fallback takes in one step when no frame is free. */
export const shortageFraction: NumberParameter = {
  type: "number",
  unit: "of all frames",
  default: 0.01,
  minimum: 0,
  maximum: 0.5,
  description: "Frames stolen at random, in one step, when none is free and other mechanisms would be too slow.",
  source: "C. A. Waldspurger, OSDI 2002, section 6.3: below 2 % pages are paged out, 1 % is the state low; one of their difference",
  confidence: "calibrated",
};

/** Of policies that divide memory by shares and idleness. */
export const taxRate: NumberParameter = {
  type: "number",
  unit: "ratio",
  default: 0.75,
  minimum: 0,
  maximum: 0.99,
  description: "Idle memory tax: an idle page costs 1 / (1 - taxRate) active ones; 0 looks at shares alone.",
  source: "C. A. Waldspurger, OSDI 2002, section 5.2: 75 % by default",
  confidence: "published",
};

/** Of policies that set balloon targets from estimates. */
export const minChangeFraction: NumberParameter = {
  type: "number",
  unit: "of the VM",
  default: 0.02,
  minimum: 0,
  maximum: 1,
  description: "Changes of a target below this fraction of a VM's configured pages are left out, unless the reserve is short.",
  source: "the activity that a scan shows varies by about as much",
  confidence: "assumed",
};
