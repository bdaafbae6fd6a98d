import { assert } from "../../../assert/index.ts";
import { AgeScanned } from "../../../events/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import { countEntries, spreadAllAccessed } from "../large-pages.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";

/** One more scan of a VM's accessed bits, after which the pages left alone are one scan older. */
export function scanAges(host: HostRuntime, vm: VmRuntime): void {
  const { memory, accessBits } = vm;
  const { ages } = vm.measures;
  if (ages === null) return;
  assert(ages.pages === memory.residentPages, () => `ages of ${ages.pages} pages, but ${memory.residentPages} are resident`);
  spreadAllAccessed(vm);
  ages.scan(memory.realMap, accessBits);
  const { scans, pages } = ages.oldest;
  const costNs = countEntries(memory) * host.scenario.host.costs.idleScanPageNs;
  host.recorder.record(AgeScanned, memory.vm, memory.residentPages, scans, pages, costNs);
}
