import { type MachineOutline, VmLife, type VmOutline } from "@ballast/core/memory";

/** Bytes of a machine's tables per frame, real page and virtual page: their columns and reverse maps. */
const FRAME_BYTES = 13;
const REAL_PAGE_BYTES = 23;
const VIRTUAL_PAGE_BYTES = 8;

/** Real pages that a VM has entries for: a refused one has none. */
export function realPagesOf({ life, configuredPages }: VmOutline): number {
  return life === VmLife.Refused ? 0 : configuredPages;
}

/** What the tables of a machine take in memory, about. */
export function machineBytes({ frames, vms, texts }: MachineOutline): number {
  let bytes = frames.count * FRAME_BYTES + texts.length * 100;
  for (const vm of vms) {
    bytes += realPagesOf(vm) * REAL_PAGE_BYTES;
    for (const process of vm.processes) bytes += process.virtualPages * VIRTUAL_PAGE_BYTES;
  }
  return bytes;
}
