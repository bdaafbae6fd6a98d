import { OBSERVED_ORDERS } from "../../../policy/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import { isStealOrder } from "../../hypervisor/stealing/steal-in-order.ts";

/** Why a policy may not have pages taken in an order, as the end of a sentence; undefined if it may. */
export function findOrderFault(host: HostRuntime, order: unknown): string | undefined {
  if (!isStealOrder(order)) return `there is no order ${String(order)}`;
  const isObserved = (OBSERVED_ORDERS as readonly string[]).includes(order);
  if (!isObserved || (host.rights.orders as readonly string[]).includes(order)) return undefined;
  return `the policy does not declare \`${order}\` in \`orders\` for these parameters, and an order like this must be kept from each VM's start`;
}
