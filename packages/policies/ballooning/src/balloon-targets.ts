import type { SetBalloonTarget, VmObservation } from "@ballast/core/policy";
import { adjustedSharesPerPage, type Claim, divideByShares } from "./adjusted-shares.ts";

/** A VM with a balloon driver, and what its balloon says. */
export type BalloonedVm = VmObservation & { readonly balloon: NonNullable<VmObservation["balloon"]> };

export function hasBalloon(vm: VmObservation): vm is BalloonedVm {
  return vm.balloon !== undefined && vm.balloon !== null;
}

/** Pages that a VM's balloon, once at its target, leaves to the guest. */
export function allowedPages({ configuredPages, balloon }: BalloonedVm): number {
  return configuredPages - balloon.targetPages;
}

/** Pages a VM will hold once its balloon is at the target it has: the guest can have no more than it is allowed. */
function heldPages(vm: BalloonedVm): number {
  return Math.min(vm.residentPages, allowedPages(vm));
}

/** Frames that balloons have been asked for and have not given yet. */
export function pendingPages(vms: readonly BalloonedVm[]): number {
  return vms.reduce((sum, vm) => sum + vm.residentPages - heldPages(vm), 0);
}

/** Raises targets so that the VMs with the lowest adjusted shares per page give up so many frames in all. */
export function inflate(vms: readonly BalloonedVm[], pages: number, taxRate: number): SetBalloonTarget[] {
  const claims = vms.map((vm): Claim => {
    const held = heldPages(vm);
    const least = Math.max(vm.reservationPages, vm.configuredPages - vm.balloon.capPages);
    return claimOf(vm, Math.min(least, held), held);
  });
  const held = claims.reduce((sum, claim) => sum + claim.highestPages, 0);
  const left = divideByShares(claims, Math.max(0, held - pages), taxRate);
  return vms.flatMap((vm, index) => {
    const share = left[index] ?? 0;
    if (share >= heldPages(vm)) return [];
    return retarget(vm, vm.configuredPages - share, "free frames below the reserve", taxRate);
  });
}

/** Lowers targets by so many pages in all, for the VMs with the highest adjusted shares per page. */
export function deflate(vms: readonly BalloonedVm[], pages: number, taxRate: number): SetBalloonTarget[] {
  const claims = vms.map((vm) => claimOf(vm, allowedPages(vm), Math.max(allowedPages(vm), vm.limitPages)));
  const allowed = claims.reduce((sum, claim) => sum + claim.lowestPages, 0);
  const given = divideByShares(claims, allowed + pages, taxRate);
  return vms.flatMap((vm, index) => retarget(vm, vm.configuredPages - (given[index] ?? 0), "free frames are ample", taxRate));
}

/** Asks each VM for what it is allowed above its limit. */
export function keepLimits(vms: readonly BalloonedVm[], taxRate: number): SetBalloonTarget[] {
  return vms.flatMap((vm) => {
    if (allowedPages(vm) <= vm.limitPages) return [];
    return retarget(vm, vm.configuredPages - vm.limitPages, "above its limit", taxRate);
  });
}

function claimOf(vm: BalloonedVm, lowestPages: number, highestPages: number): Claim {
  return { shares: vm.shares, activePages: vm.residentPages - idlePagesOf(vm), lowestPages, highestPages };
}

function idlePagesOf({ idlePages = 0, residentPages }: VmObservation): number {
  return Math.min(idlePages, residentPages);
}

function retarget(vm: BalloonedVm, wanted: number, reason: string, taxRate: number): SetBalloonTarget[] {
  const pages = Math.min(wanted, vm.balloon.capPages);
  if (pages === vm.balloon.targetPages) return [];
  const resident = Math.max(1, vm.residentPages);
  const activeFraction = 1 - idlePagesOf(vm) / resident;
  const figures = {
    activeFraction,
    adjustedSharesPerPage: adjustedSharesPerPage(vm.shares, resident, activeFraction, taxRate),
    residentPages: vm.residentPages,
  };
  return [{ kind: "SetBalloonTarget", vm: vm.vm, pages, reason, figures }];
}
