import {
  type NumberParameter,
  type ParameterValues,
  periodMs,
  reserveFraction,
  shortageFraction,
} from "@ballast/core/policy";

const taxRate: NumberParameter = {
  type: "number",
  unit: "ratio",
  default: 0.75,
  minimum: 0,
  maximum: 0.99,
  description: "Idle memory tax: an idle page costs 1 / (1 - taxRate) active ones; 0 looks at shares alone.",
  source: "C. A. Waldspurger, OSDI 2002, section 5.2: 75 % by default",
  confidence: "published",
};

const minChangeFraction: NumberParameter = {
  type: "number",
  unit: "of the VM",
  default: 0.02,
  minimum: 0,
  maximum: 1,
  description: "Changes of a target below this fraction of a VM's configured pages are left out, unless the reserve is short.",
  source: "assumed: the activity that a scan shows varies by about as much",
  confidence: "assumed",
};

export const parameters = { reserveFraction, minChangeFraction, shortageFraction, taxRate, periodMs };

export type Settings = {
  readonly reserveFraction: number;
  readonly minChangeFraction: number;
  readonly shortageFraction: number;
  readonly taxRate: number;
};

export function readSettings(values: ParameterValues): Settings {
  return {
    reserveFraction: Number(values["reserveFraction"]),
    minChangeFraction: Number(values["minChangeFraction"]),
    shortageFraction: Number(values["shortageFraction"]),
    taxRate: Number(values["taxRate"]),
  };
}
