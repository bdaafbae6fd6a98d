import { EventCode } from "../events/index.ts";
import type { PhysicalPage, RealPage } from "../ids/index.ts";
import { Counter } from "./counters.ts";
import type { MachineTables } from "./machine-tables.ts";
import type { VmTables } from "./vm-tables.ts";

/** What the events of sharing change in the tables. */
export function applyToSharing(
  machine: MachineTables,
  vm: VmTables,
  code: number,
  real: RealPage,
  b: number,
  c: number,
  d: number,
): void {
  const { frames } = machine;
  switch (code) {
    case EventCode.FrameShared:
      vm.sharedPages++;
      return frames.share(b as PhysicalPage, vm.vm, real);
    case EventCode.FrameUnshared:
      vm.sharedPages--;
      return frames.unshare(b as PhysicalPage, vm.vm, real);
    case EventCode.PageShared:
      vm.counters[Counter.pagesMerged]++;
      vm.sharedPages++;
      frames.take(b as PhysicalPage, vm.vm, real);
      frames.addSharer(c as PhysicalPage);
      return vm.backAnew(real, c as PhysicalPage);
    case EventCode.SharedPageCopied:
      vm.counters[Counter.sharedPageCopies]++;
      vm.counters[Counter.sharedPageCopyNs] += d;
      vm.sharedPages--;
      frames.dropSharer(b as PhysicalPage);
      frames.give(c as PhysicalPage, vm.vm, real);
      return vm.backAnew(real, c as PhysicalPage);
    case EventCode.SharedFrameUnmapped:
      vm.sharedPages--;
      frames.dropSharer(b as PhysicalPage);
      return vm.unback(real);
    case EventCode.SharingScanned:
      vm.counters[Counter.sharingScannedPages] += real;
      vm.counters[Counter.sharingScanCostNs] += d;
      return;
    default:
      throw new Error(`event code ${code} is not of sharing`);
  }
}
