import {
  adjustedSharesPerPage,
  allowedPages,
  allowPages,
  type BalloonedVm,
  type Claim,
  claimOf,
  entitle,
  type SetBalloonTarget,
  type VmObservation,
} from "@ballast/core/policy";

/**
 * New targets for VMs with a balloon driver, so that `freePages - reservePages` more frames (fewer, if negative) are with
 * them: divided by adjusted shares. A VM whose target is 0 claims what it holds, for nothing keeps it from growing; one
 * that is held down claims as much as its limit. Changes below `minChange` of a VM are left out, unless frames are missing.
 */
export function decideTargets(
  vms: readonly BalloonedVm[],
  spare: { readonly freePages: number; readonly reservePages: number },
  taxRate: number,
  minChange: number,
): SetBalloonTarget[] {
  const resident = vms.reduce((sum, vm) => sum + vm.residentPages, 0);
  const available = Math.max(0, resident + spare.freePages - spare.reservePages);
  const { isShort, pages: shares } = entitle(vms.map(balloonClaim), available, taxRate);
  const isMissing = spare.freePages < spare.reservePages;
  return vms.flatMap((vm, index) => {
    const share = shares[index] ?? 0;
    const change = share - allowedPages(vm);
    if (vm.balloon.targetPages === 0 && share >= vm.residentPages) return [];
    const isSmall = Math.abs(change) < minChange * vm.configuredPages;
    if (isSmall && isShort && !(isMissing && change < 0)) return [];
    return retarget(vm, share, change < 0 ? "its share has fallen" : "its share has risen", taxRate);
  });
}

/** A balloon can leave a VM with no less than its driver's cap does. */
function balloonClaim(vm: BalloonedVm): Claim {
  const { residentPages, reservationPages, configuredPages, balloon } = vm;
  return claimOf(vm, {
    activePages: residentPages - idlePagesOf(vm),
    minPages: Math.max(reservationPages, configuredPages - balloon.capPages),
    isHeldDown: balloon.targetPages > 0,
  });
}

function idlePagesOf({ idlePages = 0, residentPages }: VmObservation): number {
  return Math.min(idlePages, residentPages);
}

function retarget(vm: BalloonedVm, share: number, reason: string, taxRate: number): SetBalloonTarget[] {
  const resident = Math.max(1, vm.residentPages);
  const activeFraction = 1 - idlePagesOf(vm) / resident;
  const figures = {
    activeFraction,
    adjustedSharesPerPage: adjustedSharesPerPage(vm.shares, resident, activeFraction, taxRate),
    residentPages: vm.residentPages,
  };
  return allowPages(vm, share, reason, figures);
}
