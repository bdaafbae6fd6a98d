import { type HostMetricName, METRICS, type VmGaugeName, type VmMetricName } from "../metrics/index.ts";
import { COUNTERS } from "./counters.ts";
import type { MachineOutline, VmOutline } from "./table-outline.ts";

/** The host's metrics as the tables have them. */
export function hostMetrics(machine: MachineOutline): Readonly<Record<HostMetricName, number>> {
  const { frames, swapUsedPages, savedPages, memoryState, swapBusyNs, swapQueueNs } = machine;
  const { freePages, overheadPages, sharedFramePages } = frames;
  return { freePages, overheadPages, swapUsedPages, sharedFramePages, savedPages, memoryState, swapBusyNs, swapQueueNs };
}

/** A VM's metric as its tables have it. A gauge that they do not have does not compile. */
export function vmMetric(vm: VmOutline & Readonly<Record<VmGaugeName, number>>, name: VmMetricName): number {
  const place = METRICS.vmPlaces[name];
  return place < COUNTERS.length ? vm.counters[place] : vm[name as VmGaugeName];
}
