import { keepReserve, NS_PER_MS, periodMs, type Policy, reserveFraction } from "@ballast/core/policy";

/** Hypervisor paging alone, as ESX falls back to it: without knowledge of any guest, so with random victims. */
export const policy: Policy = {
  name: "random-steal",
  version: "0.1.0",
  description: "Keeps a reserve of free frames by stealing pages uniformly at random from all VMs.",
  requires: ["steal"],
  periodNs: (parameters) => Math.round(Number(parameters["periodMs"]) * NS_PER_MS),
  parameters: { reserveFraction, periodMs },
  create: (parameters, prng) => ({
    decide: (observation) => keepReserve(observation, Number(parameters["reserveFraction"]), "random", prng),
    save: () => null,
    load: () => {},
  }),
};
