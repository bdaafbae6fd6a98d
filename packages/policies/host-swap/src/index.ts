import {
  definePolicy,
  keepReserve,
  missingPages,
  nsFromMs,
  type Observation,
  type Prng,
  stateless,
  type StealPages,
  whyStolen,
} from "@ballast/core/policy";
import { observedOrders, type Order, parameters, usesOfOrder } from "./parameters.ts";
import { stealOldest } from "./steal-oldest.ts";

/** Hypervisor swapping alone, with any order of victims: what it costs to know nothing of the guests, or a little. */
export const policy = definePolicy({
  apiVersion: 1,
  name: "host-swap",
  version: "0.1.0",
  description: "Keeps a reserve of free frames by hypervisor swapping alone, with a choice of victims.",
  requires: ["steal", "pageAges", "foresight"],
  orders: (values) => observedOrders(values.order),
  uses: (values) => usesOfOrder(values.order),
  periodNs: (values) => nsFromMs(values.periodMs),
  parameters,
  create: (values, prng) => stateless((observation) => decide(observation, values.order, values.reserveFraction, prng)),
});

function decide(observation: Observation, order: Order, fraction: number, prng: Prng): StealPages[] {
  const pages = missingPages(observation, fraction);
  if (order !== "age" || pages === 0) return keepReserve(observation, fraction, order, prng);
  return stealOldest(observation.vms, pages, whyStolen(observation, pages));
}
