import { DeviceKind, DeviceMetric, DeviceSampled, Sampled, SampleMetric } from "../../events/index.ts";
import { NO_VM, type VmId } from "../../ids/index.ts";
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
  host.recorder.record(Sampled, number, SampleMetric.Accesses, vm.accesses);
  host.recorder.record(Sampled, number, SampleMetric.ClockNs, vm.clockNs);
  host.recorder.record(Sampled, number, SampleMetric.WaitNs, vm.waitNs);
  const blocked = suspendedNs(host, vm);
  if (blocked > 0) host.recorder.record(Sampled, number, SampleMetric.BlockedNs, blocked);
  const { counters } = vm.memory;
  sampleDevice(host, vm.disk, number, DeviceKind.GuestDisk, counters[Counter.diskBusyNs], counters[Counter.diskQueueNs]);
}

/** A device that has done nothing since the last sample gives none. */
function sampleDevice(host: HostRuntime, device: Device, vm: VmId | typeof NO_VM, kind: DeviceKind, lastBusyNs: number, lastQueueNs: number): void {
  const { busyNs, queueNs } = device;
  const { recorder } = host;
  if (busyNs !== lastBusyNs) recorder.record(DeviceSampled, vm, kind, DeviceMetric.BusyNs, busyNs);
  if (queueNs !== lastQueueNs) recorder.record(DeviceSampled, vm, kind, DeviceMetric.QueueNs, queueNs);
}
