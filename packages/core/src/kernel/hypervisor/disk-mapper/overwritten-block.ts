import type { HostRuntime } from "../../state/host-runtime.ts";
import { backRealPage } from "../host-paging.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";

/**
 * Before the guest writes a block of its disk: pages that were left there, and do not change with the block, are read
 * back. (The guest has freed them since, but the hypervisor does not know.) False if the VM was ended for want of a frame.
 */
export function saveLeftPages(host: HostRuntime, vm: VmRuntime, block: number): boolean {
  vm.blocks.beginWrite(block);
  for (let page = vm.blocks.findLeft(block); page !== undefined; page = vm.blocks.findLeft(block)) {
    if (!backRealPage(host, vm, page)) return false;
  }
  return true;
}
