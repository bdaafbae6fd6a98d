import { type Json, type Policy, readParameters, rightsOf } from "@ballast/core/policy";

/** Parameters of a policy from a simulated time on. */
export type Setting = { readonly fromNs: number; readonly parameters: Readonly<Record<string, unknown>> };

/** A policy whose parameters change at simulated times, as an operator might change them: one instance after the other. */
export function changeParameters(policy: Policy, settings: readonly Setting[]): Policy {
  const values = settings.map(({ parameters }) => readParameters(policy.parameters, parameters, "").values);
  const rights = values.map((setting) => rightsOf(policy, setting));
  return {
    apiVersion: 1,
    name: `${policy.name}-changed`,
    version: policy.version,
    description: policy.description,
    requires: rights.flatMap(({ capabilities }) => capabilities),
    orders: () => rights.flatMap(({ orders }) => orders),
    parameters: {},
    periodNs: () => Math.min(...values.map((setting) => policy.periodNs(setting))),
    create: (_, prng) => {
      const instances = values.map((setting) => policy.create(setting, prng));
      const at = (timeNs: number): number => settings.findLastIndex(({ fromNs }) => fromNs <= timeNs);
      return {
        decide: (seen) => instances[at(seen.timeNs)]?.decide(seen) ?? [],
        save: () => instances.map((instance) => instance.save()),
        load: (saved) => instances.forEach((instance, index) => instance.load((saved as readonly Json[])[index] ?? null)),
      };
    },
  };
}
