import {
  adjustedSharesPerPage,
  allowedPages,
  allowPages,
  type BalloonedVm,
  type Claim,
  divideByShares,
  type SetBalloonTarget,
  type VmObservation,
} from "@ballast/core/policy";

/**
 * New targets for VMs with a balloon driver, so that `freePages - reservePages` more frames (fewer, if negative) are with
 * them: divided by adjusted shares. A VM whose target is 0 claims what it holds, for nothing keeps it from growing; one
 * that is held down claims as much as its limit. Changes below `leastChange` of a VM are left out, unless frames are missing.
 */
export function decideTargets(
  vms: readonly BalloonedVm[],
  spare: { readonly freePages: number; readonly reservePages: number },
  taxRate: number,
  leastChange: number,
): SetBalloonTarget[] {
  const claims = vms.map(claimOf);
  const resident = vms.reduce((sum, vm) => sum + vm.residentPages, 0);
  const available = Math.max(0, resident + spare.freePages - spare.reservePages);
  const claimed = claims.reduce((sum, claim) => sum + claim.highestPages, 0);
  const isShort = claimed > available;
  const shares = isShort ? divideByShares(claims, available, taxRate) : claims.map((claim) => claim.highestPages);
  const isMissing = spare.freePages < spare.reservePages;
  return vms.flatMap((vm, index) => {
    const share = shares[index] ?? 0;
    const change = share - allowedPages(vm);
    if (vm.balloon.targetPages === 0 && share >= vm.residentPages) return [];
    const isSmall = Math.abs(change) < leastChange * vm.configuredPages;
    if (isSmall && isShort && !(isMissing && change < 0)) return [];
    return retarget(vm, share, change < 0 ? "its share has fallen" : "its share has risen", taxRate);
  });
}

function claimOf(vm: BalloonedVm): Claim {
  const { shares, residentPages, reservationPages, limitPages, configuredPages, balloon } = vm;
  const isHeldDown = balloon.targetPages > 0;
  const highestPages = isHeldDown ? limitPages : Math.min(residentPages, limitPages);
  const least = Math.max(reservationPages, configuredPages - balloon.capPages);
  const activePages = residentPages - idlePagesOf(vm);
  return { shares, activePages, lowestPages: Math.min(least, highestPages), highestPages };
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
