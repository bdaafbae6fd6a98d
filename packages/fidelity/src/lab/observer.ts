import type { Capability, Observation, Policy } from "@ballast/core/policy";

/** A policy that asks for nothing and hands on what it sees: capabilities are there because it declares them. */
export function observer(requires: readonly Capability[], periodNs = 0, onObservation: (seen: Observation) => void = () => {}): Policy {
  return {
    apiVersion: 1,
    name: "observer",
    version: "1.0.0",
    description: "Looks on.",
    requires,
    parameters: {},
    periodNs: () => periodNs,
    create: () => ({
      decide: (seen) => {
        onObservation(seen);
        return [];
      },
      save: () => null,
      load: () => {},
    }),
  };
}
