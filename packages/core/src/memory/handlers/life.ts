import { Mapping, type VmEnd } from "../../events/index.ts";
import type { PhysicalPage, RealPage, StringId, VmId } from "../../ids/index.ts";
import { Frames } from "../frames.ts";
import type { MachineTables } from "../machine-tables.ts";
import { ProcessTables } from "../process-tables.ts";
import { VmLife } from "../vm-states.ts";
import { VmTables } from "../vm-tables.ts";
import type { Handlers } from "./handlers.ts";

export const lifeHandlers = {
  HostStarted: (machine, framePages, mapping, mmu, swapPages) => {
    machine.frames = new Frames(framePages, machine.source);
    machine.mapping = mapping;
    machine.mmu = mmu;
    machine.swapPages = swapPages;
  },
  VmAdmitted: (machine, vm, configuredPages, overheadPages, name) => {
    machine.vms[vm - 1] = new VmTables(vm, configuredPages, overheadPages, name, VmLife.Admitted, machine.source);
  },
  VmRefused: (machine, vm, configuredPages, overheadPages, name) => {
    machine.vms[vm - 1] = new VmTables(vm, configuredPages, overheadPages, name, VmLife.Refused, machine.source);
  },
  ResourceLacked: null,
  VmStarted: (machine, vm, configuredPages, name) => {
    if (machine.mapping === Mapping.OneLevel) addNative(machine, vm, configuredPages, name);
    machine.vm(vm).life = VmLife.Running;
    machine.vm(vm).startedNs = machine.timeNs;
  },
  VmTerminated: terminateVm,
  VmFinished: (machine, number) => {
    const vm = machine.vm(number);
    vm.life = VmLife.Finished;
    vm.isWorkDone = true;
  },
  ProcessStarted: (machine, vm, process, virtualPages, backing, name) => {
    machine.vm(vm).processes[process - 1] = new ProcessTables(vm, process, virtualPages, backing, name, machine.source);
  },
  ProcessFinished: (machine, vm, process) => {
    machine.vm(vm).process(process).finished = true;
  },
  OverheadReserved: (machine, _vm, first, end) => machine.frames.reserve(first, end),
  OverheadReleased: (machine, _vm, first, end) => machine.frames.release(first, end),
  KernelPagesPinned: (machine, vm, first, end) => machine.vm(vm).pinKernelPages(first, end),
} satisfies Handlers<"life">;

/** Under one-level mapping the native operating system owns every frame, and a real page is the physical page. */
function addNative(machine: MachineTables, vm: VmId, configuredPages: number, name: StringId): void {
  const native = new VmTables(vm, configuredPages, 0, name, VmLife.Running, machine.source);
  machine.vms[vm - 1] = native;
  // A window has entries of one of the two tables alone, and numbers these from its first page.
  const { firstPage } = machine.source;
  for (let page = 0; page < configuredPages; page++) {
    machine.frames.give((page - firstPage) as PhysicalPage, vm, page as RealPage);
    native.backWith((page - firstPage) as RealPage, page as PhysicalPage);
  }
}

function terminateVm(machine: MachineTables, number: VmId, cause: VmEnd): void {
  const vm = machine.vm(number);
  vm.life = VmLife.Terminated;
  vm.terminatedNs = machine.timeNs;
  vm.endCause = cause;
}
