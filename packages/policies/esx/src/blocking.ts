import type { BlockVm, UnblockVm } from "@ballast/core/policy";
import type { Allocations } from "./allocation.ts";

/**
 * In a state that blocks, VMs above their targets do not run until they are no longer above or the state ends. Where no
 * page can be paged out, because the swap is full, waiting would help nobody: ESX itself reserves swap for all that it may
 * have to page out (OSDI 2002, section 6.2).
 */
export function decideBlocking({ all }: Allocations, blocks: boolean, swapFreePages: number): (BlockVm | UnblockVm)[] {
  return all.flatMap(({ vm, targetPages, figures }): (BlockVm | UnblockVm)[] => {
    const isBlocked = vm.isBlocked === true;
    const isToWait = blocks && swapFreePages > 0 && vm.residentPages > targetPages;
    if (isToWait && !isBlocked && vm.isBusy) {
      return [{ kind: "BlockVm", vm: vm.vm, reason: "above its target in the state low", figures }];
    }
    if (isToWait || !isBlocked) return [];
    return [{ kind: "UnblockVm", vm: vm.vm, reason: "memory is back, or it is not above its target", figures }];
  });
}
