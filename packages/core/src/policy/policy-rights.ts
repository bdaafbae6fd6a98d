import { capabilitiesOf } from "./capabilities-of.ts";
import type { Capability } from "./capability.ts";
import { OBSERVED_ORDERS, type ObservedOrder } from "./decision.ts";
import type { ParameterValues } from "./parameter.ts";
import type { Policy } from "./policy.ts";

/** What a policy with its parameters may see and ask for: nothing else is measured or kept for it. */
export type PolicyRights = {
  readonly capabilities: readonly Capability[];
  readonly orders: readonly ObservedOrder[];
};

export const NO_RIGHTS: PolicyRights = { capabilities: [], orders: [] };

export function rightsOf(policy: Policy, parameters: ParameterValues): PolicyRights {
  const declared = policy.orders?.(parameters);
  const orders = declared === undefined ? [] : OBSERVED_ORDERS.filter((order) => declared.includes(order));
  return { capabilities: capabilitiesOf(policy, parameters), orders };
}
