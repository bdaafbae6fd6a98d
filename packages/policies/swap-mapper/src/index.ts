import { keepReserve, NS_PER_MS, periodMs, type Policy, reserveFraction } from "@ballast/core/policy";

/** VSwapper: hypervisor swapping with random victims, by a hypervisor that knows what the guest's disk holds anyway. */
export const policy: Policy = {
  name: "swap-mapper",
  version: "0.1.0",
  description: "Keeps a reserve of free frames by stealing at random, and swaps out nothing that the guest's disk holds anyway.",
  requires: ["steal", "diskMapper"],
  periodNs: (parameters) => Math.round(Number(parameters["periodMs"]) * NS_PER_MS),
  parameters: { reserveFraction, periodMs },
  create: (parameters, prng) => ({
    decide: (observation) => keepReserve(observation, Number(parameters["reserveFraction"]), "random", prng),
    save: () => null,
    load: () => {},
  }),
};
