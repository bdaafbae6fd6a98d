import type { Policy, StealPages } from "@ballast/core/policy";
import { NS_PER_S } from "@ballast/core/units";

/** Steals a number of pages of the only VM at random, once, after a second. */
export function stealOnce(count: number, into: NonNullable<StealPages["into"]> = "swap"): Policy {
  return {
    apiVersion: 1,
    name: "steal-once",
    version: "1.0.0",
    description: "Steals pages at random, once.",
    requires: into === "swap" ? ["steal"] : ["steal", "compression"],
    parameters: {},
    periodNs: () => NS_PER_S,
    create: () => {
      let isDone = false;
      return {
        decide: ({ vms, cause }) => {
          const vm = vms[0];
          if (isDone || vm === undefined || cause !== "period" || count === 0) return [];
          isDone = true;
          return [{ kind: "StealPages", vm: vm.vm, take: { count, order: "random" }, into, reason: "once" }];
        },
        save: () => isDone,
        load: (saved) => {
          isDone = saved === true;
        },
      };
    },
  };
}
