import { assert } from "../../../assert/index.ts";
import { EventCode } from "../../../events/index.ts";
import { NO_ONE } from "../../../ids/index.ts";
import type { Host } from "../../state/host.ts";
import { countEntries, spreadAllAccessed } from "../large-pages.ts";
import type { RunningVm } from "../../state/running-vm.ts";

/** One more scan of a VM's accessed bits, after which the pages left alone are one scan older. */
export function scanAges(host: Host, vm: RunningVm): void {
  const { memory, accessBits } = vm;
  const { ages } = vm.measures;
  if (ages === null) return;
  assert(ages.pages === memory.residentPages, () => `ages of ${ages.pages} pages, but ${memory.residentPages} are resident`);
  spreadAllAccessed(vm);
  ages.scan(memory.realMap, accessBits);
  const { scans, pages } = ages.oldest;
  const costNs = countEntries(memory) * host.scenario.host.costs.idleScanPageNs;
  host.recorder.record(EventCode.AgeScanned, memory.vm, NO_ONE, memory.residentPages, scans, pages, costNs);
}
