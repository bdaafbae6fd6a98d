import { LargePageMapped, LargePageShattered, type ShatterCause } from "../../events/index.ts";
import { LARGE_PAGE_PAGES, type PhysicalPage, type RealPage } from "../../ids/index.ts";
import { Kept, RealUse, type VmTables } from "../../memory/index.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";

/**
 * Frames for a large page around a touched real page: 512 contiguous, aligned ones. -1 if the VM has no large pages, if
 * anything of the 512 real pages is there already, in its balloon or sampled, if the VM's limit forbids, or if no block is
 * free.
 */
export function takeLargeBlock(host: HostRuntime, vm: VmRuntime, real: RealPage): number {
  if (!vm.spec.largePages) return -1;
  const { memory } = vm;
  const first = firstOfLarge(real);
  const isWithin = first + LARGE_PAGE_PAGES <= memory.configuredPages;
  const isAllowed = memory.ownPages + LARGE_PAGE_PAGES <= memory.memoryLimitPages;
  return isWithin && isAllowed && isUntouched(vm, first, real) ? host.freeFrames.takeBlock() : -1;
}

export function firstOfLarge(page: number): number {
  return page - (page % LARGE_PAGE_PAGES);
}

/** The hypervisor keeps nothing for any of the 512 pages yet, and awaits no touch of another than the one that is touched. */
function isUntouched({ memory, measures }: VmRuntime, first: number, touched: RealPage): boolean {
  for (let at = 0; at < LARGE_PAGE_PAGES; at++) {
    const page = (first + at) as RealPage;
    const isKept = memory.isSwapped(page) || memory.isCompressed(page) || memory.kept[page] !== Kept.Nowhere;
    if (isKept || memory.isResident(page) || memory.use[page] === RealUse.Balloon) return false;
    if (page === touched ? measures.watches(page) : measures.isSampled(page)) return false;
  }
  return true;
}

/** Puts a block of zeroed frames behind the 512 real pages around one, with one entry, which has one accessed bit. */
export function mapLargePage(host: HostRuntime, vm: VmRuntime, real: RealPage, frame: PhysicalPage): void {
  const first = firstOfLarge(real);
  host.recorder.record(LargePageMapped, vm.memory.vm, first as RealPage, frame);
  for (let page = first; page < first + LARGE_PAGE_PAGES; page++) {
    vm.accessBits.resetHost(page);
    vm.measures.ages?.mapped(page as RealPage);
    vm.victims.mapped(page as RealPage);
  }
}

/** Before something is done to one real page alone: gives each of the 512 an entry of its own. */
export function shatterLargePage(host: HostRuntime, vm: VmRuntime, real: RealPage, cause: ShatterCause): void {
  const { memory } = vm;
  if (!memory.isLarge(real)) return;
  const first = firstOfLarge(real) as RealPage;
  spreadAccessed(vm, first);
  host.recorder.record(LargePageShattered, memory.vm, first, memory.physicalPage(first), cause);
}

/** Whether the page, or under a large mapping any of its 512, was accessed since the accessed bits were last cleared. */
export function wasAccessed(vm: VmRuntime, real: RealPage): boolean {
  if (vm.accessBits.wasAccessed(real)) return true;
  return vm.memory.isLarge(real) && spreadAccessed(vm, firstOfLarge(real));
}

/** The same since the order clock's hand passed the page last. It passes all of the 512 before it comes to one again. */
export function wasReferenced(vm: VmRuntime, real: RealPage): boolean {
  const isSeen = vm.accessBits.wasReferenced(real);
  if (isSeen || !vm.memory.isLarge(real)) return isSeen;
  spreadAccessed(vm, firstOfLarge(real));
  return vm.accessBits.wasReferenced(real);
}

/** The same since the last scan of ages. */
export function wasAccessedSinceAgeScan(vm: VmRuntime, real: RealPage): boolean {
  const isSeen = vm.accessBits.wasAccessedSinceAgeScan(real);
  if (isSeen || !vm.memory.isLarge(real)) return isSeen;
  spreadAccessed(vm, firstOfLarge(real));
  return vm.accessBits.wasAccessedSinceAgeScan(real);
}

/** Entries of a VM's real map table that lead to frames. */
export function countEntries({ residentPages, largePages }: VmTables): number {
  return residentPages - largePages + largePages / LARGE_PAGE_PAGES;
}

/** Gives each page under a large mapping the accessed bits of its entry, of which there is one for all 512. */
export function spreadAllAccessed(vm: VmRuntime): void {
  const { largeMap } = vm.memory;
  for (let group = 0; group < largeMap.length; group++) if (largeMap[group] === 1) spreadAccessed(vm, group * LARGE_PAGE_PAGES);
}

/** Whether any of the 512 was accessed; each then has the bits that say so. */
function spreadAccessed({ accessBits }: VmRuntime, first: number): boolean {
  return accessBits.spread(first, LARGE_PAGE_PAGES);
}
