import {
  keepReserve,
  missingPages,
  NS_PER_MS,
  type Observation,
  type Policy,
  type Prng,
  type StealPages,
  whyStolen,
} from "@ballast/core/policy";
import { observedOrders, type Order, parameters, usesOfOrder } from "./parameters.ts";
import { stealOldest } from "./steal-oldest.ts";

/** Hypervisor swapping alone, with any order of victims: what it costs to know nothing of the guests, or a little. */
export const policy: Policy = {
  name: "host-swap",
  version: "0.1.0",
  description: "Keeps a reserve of free frames by hypervisor swapping alone, with a choice of victims.",
  requires: ["steal", "pageAges", "foresight"],
  orders: (values) => observedOrders(values["order"] as Order),
  uses: (values) => usesOfOrder(values["order"] as Order),
  periodNs: (values) => Math.round(Number(values["periodMs"]) * NS_PER_MS),
  parameters,
  create: (values, prng) => ({
    decide: (observation) => decide(observation, values["order"] as Order, Number(values["reserveFraction"]), prng),
    save: () => null,
    load: () => {},
  }),
};

function decide(observation: Observation, order: Order, fraction: number, prng: Prng): StealPages[] {
  const pages = missingPages(observation, fraction);
  if (order !== "age" || pages === 0) return keepReserve(observation, fraction, order, prng);
  return stealOldest(observation.vms, pages, whyStolen(observation, pages));
}
