import { policyText } from "../runs/policy-text.ts";
import type { VariantInput } from "./experiment.ts";

const ROLE_PREFIX = { compared: "", uncommitted: "uncommitted", bound: "bound" } as const;
/** Sets an override apart from the policy's own parameters, here and on the command line. */
export const SCENARIO_PREFIX = "scenario.";

/**
 * What each variant is called in its experiment: its policy, the parameters that are not at their defaults or differ from those of the
 * same policy beside it, and its overrides of the scenario. No two are equal.
 */
export function variantLabels(variants: readonly VariantInput[]): string[] {
  const policies = policiesOf(variants);
  // How much memory the one host without overcommitment has is of no interest.
  const isOnlyOne = variants.filter(({ role }) => role === "uncommitted").length === 1;
  return variants.map((variant) => {
    const { role, overrides } = variant;
    const set = Object.entries(overrides).map(([path, value]) => `${SCENARIO_PREFIX}${path}=${JSON.stringify(value)}`);
    const policy = policyText(variant.policyName, shownParameters(variant, policies.get(variant.policyName)!));
    const text = [policy, ...set].join(" ");
    if (role === "compared") return text;
    if (role === "bound") return `${ROLE_PREFIX.bound} ${text}`;
    return isOnlyOne ? ROLE_PREFIX.uncommitted : [ROLE_PREFIX.uncommitted, ...set].join(" ");
  });
}

/** By policy, the parameters of which its variants have several values. */
function policiesOf(variants: readonly VariantInput[]): Map<string, ReadonlySet<string>> {
  const values = new Map<string, Map<string, Set<unknown>>>();
  for (const { policyName, parameters } of variants) {
    const ofPolicy = values.get(policyName) ?? new Map<string, Set<unknown>>();
    values.set(policyName, ofPolicy);
    for (const [name, value] of Object.entries(parameters)) ofPolicy.set(name, (ofPolicy.get(name) ?? new Set()).add(value));
  }
  const varied = ([policy, ofPolicy]: [string, Map<string, Set<unknown>>]): [string, ReadonlySet<string>] => [
    policy,
    new Set([...ofPolicy].flatMap(([name, found]) => (found.size > 1 ? [name] : []))),
  ];
  return new Map([...values].map(varied));
}

function shownParameters(
  { parameters, changedParameters = [] }: VariantInput,
  varied: ReadonlySet<string>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => changedParameters.includes(name) || varied.has(name)));
}
