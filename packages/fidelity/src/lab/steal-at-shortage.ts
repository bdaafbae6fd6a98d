import type { Capability, Policy, StealPages } from "@ballast/core/policy";

/** Steals a few pages of the only VM, `batchPages` in one step, whenever no frame is free, and does nothing else. */
export function stealAtShortage(
  order: "random" | "clock" | "fifo",
  capabilities: readonly Capability[] = [],
  into: NonNullable<StealPages["into"]> = "swap",
  batchPages = 16,
): Policy {
  return {
    apiVersion: 1,
    name: "steal-at-shortage",
    version: "1.0.0",
    description: "Steals pages when no frame is free.",
    requires: ["steal", ...capabilities],
    orders: () => (order === "random" ? [] : [order]),
    parameters: {},
    periodNs: () => 0,
    create: () => ({
      decide: ({ vms, cause, neededPages }) => {
        const vm = vms[0];
        if (cause !== "shortage" || vm === undefined) return [];
        const count = Math.min(vm.residentPages, Math.max(neededPages, batchPages));
        return [{ kind: "StealPages", vm: vm.vm, take: { count, order }, into, reason: "no free frame" }];
      },
      save: () => null,
      load: () => {},
    }),
  };
}
