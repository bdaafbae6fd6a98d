import type { SuspendVm, ResumeVm } from "@ballast/core/policy";
import type { Allocations } from "./allocation.ts";

/**
 * In a state that suspends, VMs above their targets do not run until they are no longer above or the state ends. Where no
 * page can be paged out, because the swap is full, waiting would free nothing: ESX itself reserves swap for all that it may
 * have to page out (OSDI 2002, section 6.2).
 */
export function decideSuspensions({ all }: Allocations, suspends: boolean, swapFreePages: number): (SuspendVm | ResumeVm)[] {
  return all.flatMap(({ vm, targetPages, figures }): (SuspendVm | ResumeVm)[] => {
    const isSuspended = vm.isSuspended === true;
    const isToWait = suspends && swapFreePages > 0 && vm.residentPages > targetPages;
    if (isToWait && !isSuspended && vm.isBusy) {
      return [{ kind: "SuspendVm", vm: vm.vm, reason: "above its target in the state low", figures }];
    }
    if (isToWait || !isSuspended) return [];
    return [{ kind: "ResumeVm", vm: vm.vm, reason: "memory is back, or it is not above its target", figures }];
  });
}
