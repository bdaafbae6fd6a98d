import { Trapped } from "../../events/index.ts";
import { adds } from "../effect.ts";
import { counter, countsByChoice } from "../metric.ts";

const causes = countsByChoice(Trapped, "cause", {
  PageTableUpdate: { trapPageTableUpdate: { description: "Traps at updates of guest page tables.", unit: "count", better: "lower" } },
  MissingRealMapEntry: {
    trapMissingRealMapEntry: { description: "Traps for real pages without a frame.", unit: "count", better: "lower" },
  },
  BalloonCall: {
    trapBalloonCall: { description: "Traps by which the balloon driver spoke with the hypervisor.", unit: "count", better: "lower" },
  },
  SampledPage: {
    trapSampledPage: {
      description: "Traps at pages that the hypervisor had invalidated to see whether they are accessed.",
      unit: "count",
      better: "lower",
    },
  },
  StoreToSharedPage: {
    trapStoreToSharedPage: { description: "Traps at stores to pages whose frame is shared.", unit: "count", better: "lower" },
  },
  FreePageReport: {
    trapFreePageReport: { description: "Traps by which guests reported free pages.", unit: "count", better: "lower" },
  },
});

/** The counters that add up to all traps. */
export const TRAP_CAUSE_COUNTERS = Object.keys(causes) as (keyof typeof causes)[];

export const trapMetrics = {
  ...causes,
  trapCostNs: counter({
    description: "Time that traps took, in simulated ns.",
    unit: "ns",
    better: "lower",
    result: { isInAllVersions: true },
    effects: [adds(Trapped, "costNs")],
  }),
};
