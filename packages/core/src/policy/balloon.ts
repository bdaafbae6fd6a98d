import type { Figures, SetBalloonTarget } from "./decision.ts";
import type { VmObservation } from "./observation.ts";

/** A VM with a balloon driver, and what its balloon says. */
export type BalloonedVm = VmObservation & { readonly balloon: NonNullable<VmObservation["balloon"]> };

/** Seen with `balloon` only. */
export function hasBalloon(vm: VmObservation): vm is BalloonedVm {
  return vm.balloon !== undefined && vm.balloon !== null;
}

/** Pages that a VM's balloon, once at its target, leaves to the guest. */
export function allowedPages({ configuredPages, balloon }: BalloonedVm): number {
  return configuredPages - balloon.targetPages;
}

/**
 * Asks for the balloon that leaves the guest `pages` pages, parts of a page rounded down, or as near to that as the
 * driver's cap allows. Empty if the target is that already.
 */
export function allowPages(vm: BalloonedVm, pages: number, reason: string, figures: Figures = {}): SetBalloonTarget[] {
  const { configuredPages, balloon } = vm;
  const target = Math.max(0, Math.min(configuredPages - Math.floor(pages), balloon.capPages));
  if (target === balloon.targetPages) return [];
  return [{ kind: "SetBalloonTarget", vm: vm.vm, pages: target, reason, figures }];
}
