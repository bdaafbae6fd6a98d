import { allowedPages, allowPages, type BalloonedVm, hasBalloon, type SetBalloonTarget } from "@ballast/core/policy";
import type { Allocation, Allocations } from "./allocation.ts";
import type { Settings } from "./parameters.ts";

/** Balloon targets for the allocations. Balloons that may not grow shrink where a VM has less than it is entitled to. */
export function decideBalloons(allocations: Allocations, mayGrow: boolean, settings: Settings): SetBalloonTarget[] {
  return allocations.all.flatMap((allocation): SetBalloonTarget[] => {
    const { vm, figures } = allocation;
    if (!hasBalloon(vm)) return [];
    const allowed = allowedPages(vm);
    const wanted = Math.min(vm.limitPages, wantedPages(vm, allocation, allocations, { mayGrow, ...settings }));
    return allowPages(vm, wanted, reasonOf(wanted - allowed, vm), figures);
  });
}

type Rules = { readonly mayGrow: boolean; readonly minChangeFraction: number };

/** What the balloon is to leave to the VM. One that does not hold what it is left with needs no change to get more. */
function wantedPages(vm: BalloonedVm, { targetPages, isHeldDown }: Allocation, all: Allocations, rules: Rules): number {
  const allowed = allowedPages(vm);
  if (!isHeldDown && targetPages >= vm.residentPages) return allowed;
  const change = targetPages - allowed;
  if (change < 0 && !rules.mayGrow) return allowed;
  const isUrgent = change < 0 && all.isMissing;
  const isSmall = Math.abs(change) < rules.minChangeFraction * vm.configuredPages;
  return isSmall && all.isShort && !isUrgent ? allowed : targetPages;
}

function reasonOf(change: number, { limitPages, balloon, configuredPages }: BalloonedVm): string {
  if (configuredPages - balloon.targetPages > limitPages) return "above its limit";
  return change < 0 ? "holds more than its target" : "is entitled to more";
}
