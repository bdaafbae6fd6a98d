import { DeviceKind, DeviceMetric, EventCode, SampleMetric } from "../../events/index.ts";
import { NO_PROCESS, NO_VM } from "../../ids/index.ts";
import { suspendedNs } from "./suspension.ts";
import { Counter } from "../../memory/index.ts";
import type { Device } from "../state/device.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";

/** Records, for each VM that is on and for the devices, the totals that no other event gives. */
export function recordSamples(host: HostRuntime): void {
  for (const vm of host.vms) if (vm?.isOn) recordVmSamples(host, vm);
  const { swapBusyNs, swapQueueNs } = host.machine;
  sampleDevice(host, host.swapDevice, NO_VM, DeviceKind.HostSwap, swapBusyNs, swapQueueNs);
}

/** Also the last thing before a VM ends: what it did since its last sample is part of its figures. */
export function recordVmSamples(host: HostRuntime, vm: VmRuntime): void {
  const number = vm.memory.vm;
  host.recorder.record(EventCode.Sampled, number, NO_PROCESS, SampleMetric.Accesses, 0, 0, vm.accesses);
  host.recorder.record(EventCode.Sampled, number, NO_PROCESS, SampleMetric.ClockNs, 0, 0, vm.clockNs);
  host.recorder.record(EventCode.Sampled, number, NO_PROCESS, SampleMetric.WaitNs, 0, 0, vm.waitNs);
  const blocked = suspendedNs(host, vm);
  if (blocked > 0) host.recorder.record(EventCode.Sampled, number, NO_PROCESS, SampleMetric.BlockedNs, 0, 0, blocked);
  const { counters } = vm.memory;
  sampleDevice(host, vm.disk, number, DeviceKind.GuestDisk, counters[Counter.diskBusyNs], counters[Counter.diskQueueNs]);
}

/** A device that has done nothing since the last sample gives none. */
function sampleDevice(host: HostRuntime, device: Device, vm: number, kind: number, lastBusyNs: number, lastQueueNs: number): void {
  const { busyNs, queueNs } = device;
  const { recorder } = host;
  if (busyNs !== lastBusyNs) recorder.record(EventCode.DeviceSampled, vm, NO_PROCESS, kind, DeviceMetric.BusyNs, 0, busyNs);
  if (queueNs !== lastQueueNs) recorder.record(EventCode.DeviceSampled, vm, NO_PROCESS, kind, DeviceMetric.QueueNs, 0, queueNs);
}
