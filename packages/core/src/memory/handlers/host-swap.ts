import type { PhysicalPage, RealPage, VmId } from "../../ids/index.ts";
import type { MachineTables } from "../machine-tables.ts";
import type { VmTables } from "../vm-tables.ts";
import type { Handlers } from "./handlers.ts";

/** The host's swap, and pages that the hypervisor keeps elsewhere or swaps in vain. Frames of the swap cache are the hypervisor's. */
export const hostSwapHandlers = {
  PageSwappedOut: (machine, number, page, _frame, slot, content) => {
    const vm = machine.vm(number);
    machine.swapUsedPages++;
    vm.swapOut(page, slot, content);
  },
  PageSwappedIn: (machine, number, page) => {
    const vm = machine.vm(number);
    freeSlot(machine, vm, page);
  },
  SwapSlotFreed: (machine, vm, page) => freeSlot(machine, machine.vm(vm), page),
  SilentSwapWrite: null,
  StaleSwapRead: null,
  FalseSwapRead: null,
  PageUnmappedByMapper: (machine, number, page, _frame, _block, content) => {
    const vm = machine.vm(number);
    vm.keepOnGuestDisk(page, content);
  },
  PageReadByMapper: (machine, number, page) => {
    const vm = machine.vm(number);
    vm.forgetKept(page);
  },
  MappedBlockForgotten: (machine, vm, page) => machine.vm(vm).forgetKept(page),
  SwapClusterRead: null,
  SwapPageReadAhead: (machine, number, page, frame) => {
    const vm = machine.vm(number);
    vm.enterSwapCache(page);
    machine.frames.reserve(frame, frame + 1);
  },
  SwapCacheHit: (machine, vm, page, frame) => {
    leaveSwapCache(machine, vm, page, frame);
  },
  SwapCachePageDropped: (machine, vm, page, frame) => {
    leaveSwapCache(machine, vm, page, frame);
  },
  SwapClusterWritten: null,
} satisfies Handlers<"host-swap">;

function freeSlot(machine: MachineTables, vm: VmTables, page: RealPage): void {
  machine.swapUsedPages--;
  vm.freeSwap(page);
}

function leaveSwapCache(machine: MachineTables, vm: VmId, page: RealPage, frame: PhysicalPage): void {
  machine.vm(vm).leaveSwapCache(page);
  machine.frames.release(frame, frame + 1);
}
