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
  sampleDevice(host, host.swapDevice, { vm: NO_VM, kind: DeviceKind.HostSwap, busyNs: swapBusyNs, queueNs: swapQueueNs });
}

/** Also the last thing before a VM ends: what it did since its last sample is part of its figures. */
export function recordVmSamples(host: HostRuntime, vm: VmRuntime): void {
  const number = vm.memory.vm;
  host.recorder.record(Sampled, number, SampleMetric.Accesses, vm.accesses);
  host.recorder.record(Sampled, number, SampleMetric.ClockNs, vm.clockNs);
  host.recorder.record(Sampled, number, SampleMetric.WaitNs, vm.waitNs);
  const suspended = suspendedNs(host, vm);
  if (suspended > 0) host.recorder.record(Sampled, number, SampleMetric.SuspendedNs, suspended);
  const { counters } = vm.memory;
  const [busyNs, queueNs] = [counters[Counter.diskBusyNs], counters[Counter.diskQueueNs]];
  sampleDevice(host, vm.disk, { vm: number, kind: DeviceKind.GuestDisk, busyNs, queueNs });
}

/** Whose device it is, and its totals at the last sample. */
type LastSample = { readonly vm: VmId | typeof NO_VM; readonly kind: DeviceKind; readonly busyNs: number; readonly queueNs: number };

/** A device that has done nothing since the last sample gives none. */
function sampleDevice(host: HostRuntime, device: Device, last: LastSample): void {
  const { vm, kind } = last;
  const { busyNs, queueNs } = device;
  const { recorder } = host;
  if (busyNs !== last.busyNs) recorder.record(DeviceSampled, vm, kind, DeviceMetric.BusyNs, busyNs);
  if (queueNs !== last.queueNs) recorder.record(DeviceSampled, vm, kind, DeviceMetric.QueueNs, queueNs);
}
