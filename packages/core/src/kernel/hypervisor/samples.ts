import { DeviceKind, DeviceMetric, EventCode, SampleMetric } from "../../events/index.ts";
import { NO_ONE } from "../../ids/index.ts";
import { blockedNs } from "./blocking.ts";
import { Counter } from "../../memory/index.ts";
import type { Device } from "../state/device.ts";
import type { Host } from "../state/host.ts";
import type { RunningVm } from "../state/running-vm.ts";

/** Records, for each VM that is on and for the devices, the totals that no other event gives. */
export function recordSamples(host: Host): void {
  for (const vm of host.vms) if (vm?.isOn) recordVmSamples(host, vm);
  const { swapBusyNs, swapQueueNs } = host.machine;
  sampleDevice(host, host.swapDevice, NO_ONE, DeviceKind.HostSwap, swapBusyNs, swapQueueNs);
}

/** Also the last thing before a VM ends: what it did since its last sample is part of its figures. */
export function recordVmSamples(host: Host, vm: RunningVm): void {
  const number = vm.memory.vm;
  host.recorder.record(EventCode.Sampled, number, NO_ONE, SampleMetric.Accesses, 0, 0, vm.accesses);
  host.recorder.record(EventCode.Sampled, number, NO_ONE, SampleMetric.ClockNs, 0, 0, vm.clockNs);
  host.recorder.record(EventCode.Sampled, number, NO_ONE, SampleMetric.WaitNs, 0, 0, vm.waitNs);
  const blocked = blockedNs(host, vm);
  if (blocked > 0) host.recorder.record(EventCode.Sampled, number, NO_ONE, SampleMetric.BlockedNs, 0, 0, blocked);
  const { counters } = vm.memory;
  sampleDevice(host, vm.disk, number, DeviceKind.GuestDisk, counters[Counter.diskBusyNs], counters[Counter.diskQueueNs]);
}

/** A device that has done nothing since the last sample gives none. */
function sampleDevice(host: Host, device: Device, vm: number, kind: number, lastBusyNs: number, lastQueueNs: number): void {
  const { busyNs, queueNs } = device;
  const { recorder } = host;
  if (busyNs !== lastBusyNs) recorder.record(EventCode.DeviceSampled, vm, NO_ONE, kind, DeviceMetric.BusyNs, 0, busyNs);
  if (queueNs !== lastQueueNs) recorder.record(EventCode.DeviceSampled, vm, NO_ONE, kind, DeviceMetric.QueueNs, 0, queueNs);
}
