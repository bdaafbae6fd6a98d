import type { Prng } from "../prng/index.ts";
import type { Figures, StealOrder, StealPages } from "./decision.ts";
import type { Observation } from "./observation.ts";
import { missingPages } from "./reserve.ts";
import { stealAboveLimits, stealInProportion } from "./steal-at-random.ts";

/**
 * Hypervisor swapping alone: steals what is missing from a reserve of free frames, in proportion from all VMs, and at a
 * shortage at least what is needed. With the reserve full, only VMs above their limit give something.
 */
export function keepReserve(observation: Observation, fraction: number, order: StealOrder, prng: Prng): StealPages[] {
  const pages = missingPages(observation, fraction);
  if (pages === 0) return stealAboveLimits(observation.vms);
  return stealInProportion(observation.vms, pages, prng, { order, ...whyStolen(observation, pages) });
}

/** Why pages are stolen for the reserve. */
export function whyStolen({ cause, host }: Observation, pages: number): { reason: string; figures: Figures } {
  const reason = cause === "shortage" ? "no free frame" : "free frames below the reserve";
  return { reason, figures: { freePages: host.freePages, missingPages: pages } };
}
