import type { Observation, Policy } from "@ballast/core/policy";

/** The same policy in front of guests whose balloon drivers are not there yet: until then it sees none. */
export function withoutDriversUntil(policy: Policy, atNs: number, parameters: Parameters<Policy["create"]>[0]): Policy {
  const hide = (seen: Observation): Observation =>
    seen.timeNs >= atNs ? seen : { ...seen, vms: seen.vms.map((vm) => Object.assign({}, vm, { balloon: null })) };
  return {
    apiVersion: 1,
    name: policy.name,
    version: policy.version,
    description: policy.description,
    parameters: {},
    periodNs: () => policy.periodNs(parameters),
    requires: policy.uses?.(parameters) ?? policy.requires,
    orders: () => policy.orders?.(parameters) ?? [],
    create: (_, prng) => {
      const instance = policy.create(parameters, prng);
      return {
        decide: (seen) => instance.decide(hide(seen)),
        save: () => instance.save(),
        load: (saved) => instance.load(saved),
      };
    },
  };
}
