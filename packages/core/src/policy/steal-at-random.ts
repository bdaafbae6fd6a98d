import type { Prng } from "../prng/index.ts";
import { divideAtRandom } from "./divide-at-random.ts";
import type { Figures, StealOrder, StealPages } from "./decision.ts";
import type { VmObservation } from "./observation.ts";

/**
 * Steals this many pages, in all, from VMs in proportion to what each holds above its reservation, and within a VM
 * uniformly at random (C. A. Waldspurger, OSDI 2002, section 3.2: a random victim cannot collide with the guest's own
 * replacement in a systematic way). Where proportions are not whole, chance decides. Only if no VM holds more than its
 * reservation, reservations are touched.
 */
export function stealAtRandom(
  vms: readonly VmObservation[],
  pages: number,
  prng: Prng,
  reason: string,
  figures: Figures = {},
): StealPages[] {
  return stealInProportion(vms, pages, prng, { order: "random", reason, figures });
}

/** Steals from VMs as `stealAtRandom` does, and within a VM in any order. */
export function stealInProportion(
  vms: readonly VmObservation[],
  pages: number,
  prng: Prng,
  how: { readonly order: StealOrder; readonly reason: string; readonly figures: Figures },
): StealPages[] {
  const shares = divideAtRandom(takeablePages(vms), pages, prng);
  const { order, reason, figures } = how;
  return shares.flatMap((count, index): StealPages[] => {
    const vm = vms[index]?.vm;
    if (count === 0 || vm === undefined) return [];
    return [{ kind: "StealPages", vm, take: { count, order }, reason, figures }];
  });
}

/** Pages that each VM holds above its reservation; all that each holds, if no VM holds more than its reservation. */
export function takeablePages(vms: readonly VmObservation[]): number[] {
  const aboveReservation = vms.map((vm) => Math.max(0, vm.residentPages - vm.reservationPages));
  return aboveReservation.some((spare) => spare > 0) ? aboveReservation : vms.map((vm) => vm.residentPages);
}

/** Takes from each VM what it holds above its limit, at random. */
export function stealAboveLimits(vms: readonly VmObservation[]): StealPages[] {
  return vms.flatMap((vm): StealPages[] => {
    const { residentPages, limitPages } = vm;
    if (residentPages <= limitPages) return [];
    const take = { count: residentPages - limitPages, order: "random" } as const;
    return [{ kind: "StealPages", vm: vm.vm, take, reason: "above its limit", figures: { residentPages, limitPages } }];
  });
}
