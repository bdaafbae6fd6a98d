import type { ComparedPolicy } from "./comparison.ts";

/** A policy with parameters as the command line takes it: `esx:periodMs=5000:taxRate=0.5`. */
export function policyText(name: string, parameters: Readonly<Record<string, unknown>>): string {
  const settings = Object.keys(parameters)
    .sort()
    .map((key) => `${key}=${valueText(parameters[key])}`);
  return [name, ...settings].join(":");
}

function valueText(value: unknown): string {
  const text = String(value);
  return /^[^\s",:=]+$/.test(text) ? text : JSON.stringify(text);
}

/**
 * What each policy of a comparison is called in it: its name and the parameters that are not at their defaults or differ
 * from those of the same policy beside it. No two are equal.
 */
export function policyLabels(policies: readonly ComparedPolicy[]): string[] {
  return policies.map(({ policyName, parameters, changedParameters = [] }) => {
    const same = policies.filter((other) => other.policyName === policyName);
    const shown = Object.entries(parameters).filter(
      ([name, value]) => changedParameters.includes(name) || same.some((other) => other.parameters[name] !== value),
    );
    return policyText(policyName, Object.fromEntries(shown));
  });
}
