import { definePolicy, keepReserve, nsFromMs, periodMs, reserveFraction, stateless } from "@ballast/core/policy";

/** Hypervisor paging alone, as ESX falls back to it: without knowledge of any guest, so with random victims. */
export const policy = definePolicy({
  apiVersion: 1,
  name: "random-steal",
  version: "0.1.0",
  description: "Keeps a reserve of free frames by stealing pages uniformly at random from all VMs.",
  requires: ["steal"],
  parameters: { reserveFraction, periodMs },
  periodNs: (values) => nsFromMs(values.periodMs),
  create: (values, prng) => stateless((observation) => keepReserve(observation, values.reserveFraction, "random", prng)),
});
