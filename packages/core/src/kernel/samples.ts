import { EventCode, SampleMetric } from "../events/index.ts";
import { NO_ONE } from "../ids/index.ts";
import { blockedNs } from "./blocking.ts";
import type { Host } from "./host.ts";

/** Records, for each VM that is on, the totals that no other event gives. */
export function recordSamples(host: Host): void {
  for (const vm of host.vms) {
    if (vm === undefined || !vm.isOn) continue;
    const number = vm.memory.vm;
    host.recorder.record(EventCode.Sampled, number, NO_ONE, SampleMetric.Accesses, 0, 0, vm.accesses);
    host.recorder.record(EventCode.Sampled, number, NO_ONE, SampleMetric.ClockNs, 0, 0, vm.clockNs);
    host.recorder.record(EventCode.Sampled, number, NO_ONE, SampleMetric.WaitNs, 0, 0, vm.waitNs);
    const blocked = blockedNs(host, vm);
    if (blocked > 0) host.recorder.record(EventCode.Sampled, number, NO_ONE, SampleMetric.BlockedNs, 0, 0, blocked);
  }
}
