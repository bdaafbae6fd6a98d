import { definePolicy, keepReserve, nsFromMs, periodMs, reserveFraction, stateless } from "@ballast/core/policy";

/** VSwapper: hypervisor swapping with random victims, by a hypervisor that knows what the guest's disk holds anyway. */
export const policy = definePolicy({
  apiVersion: 1,
  name: "swap-mapper",
  version: "0.1.0",
  description: "Keeps a reserve of free frames by stealing at random, and swaps out no page that the guest's disk also holds.",
  requires: ["steal", "diskMapper"],
  parameters: { reserveFraction, periodMs },
  periodNs: (values) => nsFromMs(values.periodMs),
  create: (values, prng) => stateless((observation) => keepReserve(observation, values.reserveFraction, "random", prng)),
});
