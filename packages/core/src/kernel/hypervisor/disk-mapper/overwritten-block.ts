import type { HostRuntime } from "../../state/host-runtime.ts";
import { HostFaultNeed } from "../../../events/index.ts";
import { backRealPage } from "../host-fault.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";

/**
 * Before the guest writes a block of its disk: pages that were left there, and do not change with the block, are read
 * back. (The guest has freed them since, but the hypervisor does not know.) Ends the VM for want of a frame.
 */
export function saveLeftPages(host: HostRuntime, vm: VmRuntime, block: number): void {
  vm.blocks.beginWrite(block);
  for (let page = vm.blocks.findLeft(block); page !== undefined && vm.isOn; page = vm.blocks.findLeft(block)) {
    backRealPage(host, vm, { real: page, neededBy: HostFaultNeed.Other });
  }
}
