import { type NumberParameter, type ParameterValues, periodMs, reserveFraction } from "@ballast/core/policy";

const taxRate: NumberParameter = {
  type: "number",
  unit: "ratio",
  default: 0.75,
  minimum: 0,
  maximum: 0.99,
  says: "Idle memory tax: an idle page costs 1 / (1 - taxRate) active ones; 0 looks at shares alone.",
  source: "C. A. Waldspurger, OSDI 2002, section 5.2: 75 % by default",
  confidence: "published",
};

const ampleFraction: NumberParameter = {
  type: "number",
  unit: "of all frames",
  default: 0.12,
  minimum: 0,
  maximum: 1,
  says: "Free frames above which balloons are deflated; at least the reserve counts.",
  source: "assumed: twice the reserve, so that inflating and deflating do not follow each other",
  confidence: "assumed",
};

const shortageFraction: NumberParameter = {
  type: "number",
  unit: "of all frames",
  default: 0.01,
  minimum: 0,
  maximum: 0.5,
  says: "Frames stolen at once when none is free, because a balloon would come too late.",
  source: "C. A. Waldspurger, OSDI 2002, section 6.3: below 2 % pages are paged out, 1 % is the state low; one of their difference",
  confidence: "calibrated",
};

export const parameters = { reserveFraction, ampleFraction, shortageFraction, taxRate, periodMs };

export type Settings = {
  readonly reserveFraction: number;
  readonly ampleFraction: number;
  readonly shortageFraction: number;
  readonly taxRate: number;
};

export function readSettings(values: ParameterValues): Settings {
  const reserve = Number(values["reserveFraction"]);
  return {
    reserveFraction: reserve,
    ampleFraction: Math.max(reserve, Number(values["ampleFraction"])),
    shortageFraction: Number(values["shortageFraction"]),
    taxRate: Number(values["taxRate"]),
  };
}
