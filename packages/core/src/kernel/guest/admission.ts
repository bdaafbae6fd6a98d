import {
  Backing,
  FileOpened,
  ImageAttached,
  KernelPagesPinned,
  LackedResource,
  LimitCause,
  OverheadReserved,
  ProcessStarted,
  ResourceLacked,
  VmAdmitted,
  VmRefused,
  VmStarted,
} from "../../events/index.ts";
import type { NO_VM, PhysicalPage, ProcessId, RealPage, StringId, VmId } from "../../ids/index.ts";
import { type VmTables, VmLife } from "../../memory/index.ts";
import { commitmentPages, type FileSpec, type ImageSpec, type ProcessSpec, type VmSpec } from "../../scenario/index.ts";
import type { TraceReader } from "../../trace/index.ts";
import { touchKernelPages } from "./guest-paging.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import { dropOldestCached } from "../hypervisor/host-swap/drop-cached.ts";
import { setMemoryLimit } from "../hypervisor/memory-limit.ts";
import { createMeasures } from "../state/measuring/measures.ts";
import { beginSamplingPeriod } from "../hypervisor/measuring/sampling-period.ts";
import { ProcessRuntime } from "../state/process-runtime.ts";
import { createVictimLists } from "../state/victim-lists.ts";
import { replacementRandomness } from "../state/replacement/replacement.ts";
import { createProcessStream, foreseeProcess } from "./known-accesses.ts";
import { VmRuntime } from "../state/vm-runtime.ts";

type Traces = ReadonlyMap<string, TraceReader>;

/** A file stays; an access to it by a command takes so long, one by a workload what its process's accesses take. */
const FILE = { accessNs: 100, atEnd: "keep" } as const;

/** Sum of configured and overhead pages of the VMs that are on, and of the hypervisor. */
export function committedPages(host: HostRuntime): number {
  let pages = host.scenario.host.overheadPages;
  for (const vm of host.vms) if (vm?.isOn) pages += vm.memory.configuredPages + vm.memory.overheadPages;
  return pages;
}

/** Pages that a VM with its overhead may still have: see the scenario's `overcommit` and `maxOvercommitment`. */
export function availablePages(host: HostRuntime): number {
  return commitmentPages(host.scenario.host) - committedPages(host);
}

/** Admits a VM and switches it on, or records why not. Returns whether it runs. */
export function startVm(host: HostRuntime, spec: VmSpec, traces: Traces): boolean {
  const { recorder, machine } = host;
  const number = (machine.vms.length + 1) as VmId;
  const name = recorder.stringId(spec.name);
  if (host.isOneLevel) {
    recorder.record(VmStarted, number, spec.configuredPages, name);
  } else if (!admit(host, spec, number, name)) return false;
  const measures = createMeasures(host.scenario, host.rights.capabilities, number, spec.configuredPages, recorder.nowNs);
  const vm = new VmRuntime(spec, machine.vm(number), recorder.nowNs, {
    measures,
    victims: createVictimLists(host.scenario, host.rights, spec),
    replacementRandomness: replacementRandomness(host.scenario.seed, number, host.isOneLevel),
  });
  beginSamplingPeriod(host, vm);
  vm.limitOrder = host.scenario.host.limitOrder;
  host.vms[number - 1] = vm;
  if (host.isOneLevel) host.freeFrames.takeRange(spec.configuredPages);
  else {
    vm.overheadRanges = reserveOverhead(host, number, host.scenario.host.vmOverheadPages);
    recorder.record(VmStarted, number, spec.configuredPages, name);
  }
  if (spec.limitPages < spec.configuredPages) setMemoryLimit(host, vm, spec.limitPages, LimitCause.Scenario);
  if (spec.kernelPages > 0) recorder.record(KernelPagesPinned, number, 0 as RealPage, spec.kernelPages);
  spec.processes.forEach((process, index) => startProcess(host, vm, process, index, traces));
  foreseeProcess(host, vm, traces);
  spec.files.forEach((file) => openFile(host, vm, file));
  touchKernelPages(host, vm);
  return vm.isOn;
}

/** Records that a VM is admitted, or that it is refused and what it lacks. Returns whether it is admitted. */
function admit(host: HostRuntime, spec: VmSpec, number: VmId, name: StringId): boolean {
  const { recorder } = host;
  const overhead = host.scenario.host.vmOverheadPages;
  const needed = spec.configuredPages + overhead;
  const lack = findLack(host, spec);
  if (lack === undefined) {
    const committed = committedPages(host) + needed;
    recorder.record(VmAdmitted, number, spec.configuredPages, overhead, name, committed);
    return true;
  }
  const left = Math.max(0, needed - lack.neededPages + lack.availablePages);
  recorder.record(VmRefused, number, spec.configuredPages, overhead, name, left);
  const { resource, neededPages, availablePages: available } = lack;
  recorder.record(ResourceLacked, number, resource, neededPages, available);
  return false;
}

type Lack = { readonly resource: LackedResource; readonly neededPages: number; readonly availablePages: number };

/**
 * What a VM needs to be admitted: room among the configured pages (see the scenario's `overcommit`), physical memory for its
 * overhead and its reservation, swap for the rest of it where the host reserves that (C. A. Waldspurger, OSDI 2002, section
 * 5.2), and its overhead frames immediately: if only these are lacking, the policy is asked to free frames.
 */
function findLack(host: HostRuntime, spec: VmSpec): Lack | undefined {
  const { frames } = host.machine;
  const { vmOverheadPages: overhead, swapReservation } = host.scenario.host;
  const { configuredPages, reservationPages } = spec;
  const lack = (resource: LackedResource, neededPages: number, available: number): Lack | undefined =>
    neededPages > available ? { resource, neededPages, availablePages: available } : undefined;
  const promised =
    lack(LackedResource.Commitment, configuredPages + overhead, availablePages(host)) ??
    lack(LackedResource.Memory, overhead + reservationPages, frames.count - promisedPages(host)) ??
    (swapReservation ? lack(LackedResource.Swap, configuredPages - reservationPages, unreservedSwap(host)) : undefined);
  if (promised !== undefined) return promised;
  while (overhead > frames.freePages && dropOldestCached(host));
  if (overhead > frames.freePages) host.onShortage(overhead - frames.freePages);
  return lack(LackedResource.Frames, overhead, frames.freePages);
}

/** Swap that is not kept for what the VMs that are on were promised no memory for. */
function unreservedSwap(host: HostRuntime): number {
  let pages = host.scenario.host.swapPages;
  for (const vm of host.vms) if (vm?.isOn) pages -= vm.memory.configuredPages - vm.spec.reservationPages;
  return pages;
}

/** Frames promised: every overhead, and the reservations of the VMs that are on. */
function promisedPages(host: HostRuntime): number {
  let pages = host.scenario.host.overheadPages;
  for (const vm of host.vms) if (vm?.isOn) pages += vm.memory.overheadPages + vm.spec.reservationPages;
  return pages;
}

/** Takes overhead frames, as one range if the upper end of memory still has one. Returns first, end, first, end ... */
export function reserveOverhead(host: HostRuntime, vm: VmId | typeof NO_VM, pages: number): number[] {
  const ranges: number[] = [];
  if (pages === 0) return ranges;
  const start = host.freeFrames.takeRange(pages);
  if (start >= 0) ranges.push(start, start + pages);
  else for (const frame of takeFrames(host, pages)) appendToRanges(ranges, frame);
  for (let at = 0; at < ranges.length; at += 2) {
    host.recorder.record(OverheadReserved, vm, ranges[at] as PhysicalPage, ranges[at + 1]);
  }
  return ranges;
}

function takeFrames(host: HostRuntime, pages: number): Int32Array {
  const frames = new Int32Array(pages);
  for (let i = 0; i < pages; i++) frames[i] = host.freeFrames.take();
  return frames.sort();
}

function appendToRanges(ranges: number[], frame: number): void {
  const last = ranges.length - 1;
  if (last > 0 && ranges[last] === frame) ranges[last] = frame + 1;
  else ranges.push(frame, frame + 1);
}

function startProcess(host: HostRuntime, vm: VmRuntime, spec: ProcessSpec, index: number, traces: Traces): void {
  const process = (index + 1) as ProcessId;
  const backing = spec.backing === "file" ? Backing.File : Backing.Anonymous;
  const name = host.recorder.stringId(spec.name);
  host.recorder.record(ProcessStarted, vm.memory.vm, process, spec.virtualPages, backing, name);
  if (spec.image !== null) attachImage(host, vm, process, spec.image);
  addToVm(host, vm, createProcess(host, vm, index, traces));
}

/** Files have the numbers after those of the processes. */
function openFile(host: HostRuntime, vm: VmRuntime, { name, pages, image }: FileSpec): void {
  const process = (vm.processes.length + 1) as ProcessId;
  host.recorder.record(FileOpened, vm.memory.vm, process, pages, host.recorder.stringId(name));
  if (image !== null) attachImage(host, vm, process, image);
  addToVm(host, vm, createFile(vm, vm.files.length));
}

function attachImage(host: HostRuntime, vm: VmRuntime, process: ProcessId, { name, commonFraction }: ImageSpec): void {
  const { recorder } = host;
  const millionths = Math.round(commonFraction * 1_000_000);
  recorder.record(ImageAttached, vm.memory.vm, process, recorder.stringId(name), millionths);
}

function addToVm(host: HostRuntime, vm: VmRuntime, process: ProcessRuntime): void {
  if (host.checksContents) process.expectedContent = process.memory.diskContent.slice();
  vm.add(process);
}

/** The process at work; its tables are there already. */
function createProcess(host: HostRuntime, vm: VmRuntime, index: number, traces: Traces): ProcessRuntime {
  const spec = vm.spec.processes[index];
  const stream = createProcessStream(host, vm, index + 1, traces);
  return new ProcessRuntime(vm.memory.process(index + 1), spec, stream, vm.files);
}

/** A file as the page cache has it: its tables are there already. */
function createFile(vm: VmRuntime, index: number): ProcessRuntime {
  const memory = vm.memory.process(vm.spec.processes.length + index + 1);
  return new ProcessRuntime(memory, FILE, null, vm.files);
}

/** A VM's running form without events, for resuming: its tables are there already. */
export function restoreVm(host: HostRuntime, spec: VmSpec, memory: VmTables, traces: Traces): VmRuntime | undefined {
  if (memory.life === VmLife.Refused || memory.life === VmLife.Admitted) return undefined;
  const measures = createMeasures(host.scenario, host.rights.capabilities, memory.vm, spec.configuredPages, 0);
  const vm = new VmRuntime(spec, memory, 0, {
    measures,
    victims: createVictimLists(host.scenario, host.rights, spec),
    replacementRandomness: replacementRandomness(host.scenario.seed, memory.vm, host.isOneLevel),
  });
  spec.processes.forEach((_, index) => vm.add(createProcess(host, vm, index, traces)));
  foreseeProcess(host, vm, traces);
  spec.files.forEach((_, index) => vm.add(createFile(vm, index)));
  return vm;
}
