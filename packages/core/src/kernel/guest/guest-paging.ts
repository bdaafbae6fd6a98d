import { AccessKind, DirectlyReclaimed, FaultKind, GuestOutOfMemory, HostFaultNeed, PageDropped, PageMapped, PageMissed, PagePagedIn, PagePagedOut, PageUnmapped, RefaultActivated, TrapCause, UnmapCause, VmEnd } from "../../events/index.ts";
import { NO_PAGE, NO_PROCESS, type ProcessId, type RealPage, type VirtualPage } from "../../ids/index.ts";
import type { ProcessTables } from "../../memory/index.ts";
import { NS_PER_US } from "../../units/index.ts";
import { deflateOnOom } from "./balloon/give-back.ts";
import { NO_REFAULT } from "../state/replacement/eviction-clock.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import { saveLeftPages } from "../hypervisor/disk-mapper/overwritten-block.ts";
import { backOverwrittenPage } from "../hypervisor/disk-mapper/overwritten-page.ts";
import { endVm, handleMissingFrame, trap } from "../hypervisor/host-paging.ts";
import { isProtected, resolveProtection } from "../hypervisor/protected-page.ts";
import { PageKind } from "../state/replacement/replacement-list.ts";
import type { ProcessRuntime } from "../state/process-runtime.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";

/** The event's column has 32 bits: 36 minutes, which a disk with many writes before it can exceed. */
const MAX_WAIT_US = 0x7fff_ffff;

/**
 * Makes an access possible that the tables do not allow yet. If the page must be read from disk, one request reads
 * `readPages` from there. False if the VM was ended meanwhile.
 */
export function resolveAccess(
  host: HostRuntime,
  vm: VmRuntime,
  process: ProcessRuntime,
  virtual: VirtualPage,
  kind: AccessKind,
  readPages: number,
): boolean {
  if (!process.memory.isMapped(virtual)) return handleGuestFault(host, vm, process, virtual, kind, readPages);
  const real = process.memory.realPage(virtual);
  return reachRealPage(host, vm, process.memory.process, virtual, real, isWrite(kind), HostFaultNeed.Access);
}

/** What the hypervisor must do before the guest can touch a real page: a frame, or the rights that it took away. */
export function reachRealPage(
  host: HostRuntime,
  vm: VmRuntime,
  process: ProcessId | typeof NO_PROCESS,
  virtual: VirtualPage,
  real: RealPage,
  isStore: boolean,
  neededBy: HostFaultNeed = HostFaultNeed.Other,
): boolean {
  if (!vm.memory.isResident(real)) return handleMissingFrame(host, vm, process, virtual, real, neededBy);
  return !isProtected(vm, real, isStore) || resolveProtection(host, vm, process, virtual, real, isStore);
}

/** The guest OS finds a real page, fetches what belongs there, and updates the page table. */
function handleGuestFault(
  host: HostRuntime,
  vm: VmRuntime,
  process: ProcessRuntime,
  virtual: VirtualPage,
  kind: AccessKind,
  readPages: number,
): boolean {
  const { recorder } = host;
  const { vm: vmNumber, process: processNumber, diskContent } = process.memory;
  const isMajor = diskContent[virtual] !== 0;
  const fault = isMajor ? FaultKind.Major : FaultKind.Minor;
  recorder.record(PageMissed, vmNumber, processNumber, virtual, fault, kind);
  vm.clockNs += host.scenario.host.costs.guestFaultNs;
  const real = allocateRealPage(host, vm, virtual, processNumber);
  return real !== NO_PAGE && loadPage(host, vm, process, virtual, real, readPages);
}

/**
 * Makes a free real page that of a virtual page, with what belongs there. `readPages`: pages of the request that reads it
 * from disk; 0 if a request before has read it already. False if the VM was ended meanwhile.
 */
export function loadPage(
  host: HostRuntime,
  vm: VmRuntime,
  process: ProcessRuntime,
  virtual: VirtualPage,
  real: RealPage,
  readPages: number,
): boolean {
  const processNumber = process.memory.process;
  if (host.isOneLevel) {
    fillPage(host, vm, process, virtual, real, readPages);
    mapPage(host, vm, process, virtual, real, readPages > 0);
    vm.swap.onLoad(process.memory, virtual, real);
    return true;
  }
  mapPage(host, vm, process, virtual, real, readPages > 0);
  if (host.isShadow) trap(host, vm, processNumber, TrapCause.PageTableUpdate, virtual, real);
  const isOnDisk = process.memory.diskContent[virtual] !== 0;
  if (!reachOverwrittenPage(host, vm, processNumber, virtual, real, isOnDisk)) return false;
  fillPage(host, vm, process, virtual, real, readPages);
  vm.swap.onLoad(process.memory, virtual, real);
  return true;
}

/** The guest overwrites all of a page that it has just mapped. With `shadow` the hypervisor has control already. */
function reachOverwrittenPage(
  host: HostRuntime,
  vm: VmRuntime,
  process: ProcessId | typeof NO_PROCESS,
  virtual: VirtualPage,
  real: RealPage,
  isReadFromDisk: boolean,
): boolean {
  if (vm.memory.isResident(real)) return reachRealPage(host, vm, process, virtual, real, true);
  if (!host.isShadow) trap(host, vm, process, TrapCause.MissingRealMapEntry, virtual, real);
  return backOverwrittenPage(host, vm, real, isReadFromDisk);
}

/** `isAccessed`: for an access, not ahead of one. */
function mapPage(
  host: HostRuntime,
  vm: VmRuntime,
  process: ProcessRuntime,
  virtual: VirtualPage,
  real: RealPage,
  isAccessed: boolean,
): void {
  host.recorder.record(PageMapped, vm.memory.vm, process.memory.process, virtual, real);
  const distance = vm.replacement.onLoad(real, pageKind(process.memory), process.takeShadow(virtual));
  if (distance !== NO_REFAULT) {
    host.recorder.record(RefaultActivated, vm.memory.vm, process.memory.process, virtual, real, distance);
  }
  const isSetOnLoad = isAccessed && vm.spec.referenceBitOnLoad === "set";
  vm.accessBits.resetGuest(real, isSetOnLoad);
}

function pageKind(memory: ProcessTables): PageKind {
  if (memory.isCache) return PageKind.CachedFile;
  return memory.isFileBacked ? PageKind.MappedFile : PageKind.Anonymous;
}

/** Puts into a page what the process expects there: what its disk holds, or zeros. */
function fillPage(
  host: HostRuntime,
  vm: VmRuntime,
  process: ProcessRuntime,
  virtual: VirtualPage,
  real: RealPage,
  readPages: number,
): void {
  const { recorder } = host;
  const frame = vm.memory.physicalPage(real);
  const content = process.memory.diskContent[virtual];
  host.content[frame] = content;
  vm.blocks.unlink(real);
  if (content === 0) return;
  const block = vm.diskPosition(process.memory.process, virtual);
  const waitNs = readPages === 0 ? 0 : vm.disk.read(host.timeOf(vm), block, readPages);
  vm.blocks.link(real, block);
  vm.clockNs += waitNs;
  vm.waitNs += waitNs;
  const waitUs = Math.min(MAX_WAIT_US, Math.ceil(waitNs / NS_PER_US));
  recorder.record(PagePagedIn, vm.memory.vm, process.memory.process, virtual, real, waitUs, content);
}

/** A free real page, or the one that the guest's replacement gives up; NO_PAGE, and the VM ended, if there is none. */
function allocateRealPage(host: HostRuntime, vm: VmRuntime, virtual: VirtualPage, processNumber: ProcessId): RealPage {
  const free = vm.takeFreeRealPage();
  if (free !== NO_PAGE) return free;
  const isPaid = vm.spec.watermarks !== null;
  let real = isPaid ? reclaimDirectly(host, vm, virtual, processNumber) : evictPage(host, vm, UnmapCause.Replacement);
  while (real === NO_PAGE && vm.isOn && deflateOnOom(host, vm)) real = vm.takeFreeRealPage();
  if (real === NO_PAGE && vm.isOn) {
    const { memory } = vm;
    host.recorder.record(GuestOutOfMemory, memory.vm, processNumber, virtual, memory.balloonSizePages);
    endVm(host, vm, VmEnd.GuestOutOfMemory);
  }
  return real;
}

/**
 * A page for something that the guest can do without; it wakes nobody and waits for nothing. NO_PAGE if there is none, or
 * the VM was ended meanwhile.
 */
export function takeSparePage(host: HostRuntime, vm: VmRuntime): RealPage {
  const free = vm.takeFreeRealPage();
  if (free !== NO_PAGE || vm.spec.watermarks !== null) return free;
  return evictPage(host, vm, UnmapCause.Replacement);
}

/**
 * No more pages are free than the guest's min mark: the process that needs one has another given up and waits until that
 * is written. If nothing can be given up it waits for what the background reclaim is writing.
 */
function reclaimDirectly(host: HostRuntime, vm: VmRuntime, virtual: VirtualPage, processNumber: ProcessId): RealPage {
  const startNs = vm.clockNs;
  let real = evictPage(host, vm, UnmapCause.Replacement);
  if (!vm.isOn) return NO_PAGE as RealPage;
  vm.clockNs += host.scenario.host.costs.guestReclaimNs;
  if (real !== NO_PAGE) waitForDisk(vm, vm.evictedUntilNs);
  else if (vm.reclaim.written.length > 0) {
    waitForDisk(vm, vm.reclaim.turnNs);
    vm.freeWrittenPages();
    real = vm.takeFreeRealPage();
  }
  if (real === NO_PAGE) return real;
  const { memory, freeRealPages } = vm;
  const tookNs = vm.clockNs - startNs;
  host.recorder.record(DirectlyReclaimed, memory.vm, processNumber, virtual, freeRealPages.free, tookNs);
  return real;
}

function waitForDisk(vm: VmRuntime, untilNs: number): void {
  const waitNs = Math.max(0, untilNs - vm.clockNs);
  vm.clockNs += waitNs;
  vm.waitNs += waitNs;
}

/**
 * Makes the guest's replacement give up a page: dirty ones go to the guest's disk (if the host has stolen the page
 * meanwhile it must first be swapped in: double paging), clean ones are dropped. The page is then used for nothing.
 * Returns NO_PAGE if there is no page to give up (dirty anonymous ones need a place in the guest's swap), or the VM was
 * ended meanwhile.
 */
export function evictPage(host: HostRuntime, vm: VmRuntime, cause: UnmapCause): RealPage {
  const { recorder } = host;
  const { memory } = vm;
  const real = vm.replacement.chooseVictim(vm.swap.mayLeave);
  if (real === NO_PAGE) return real;
  const process = memory.userProcess[real] as ProcessId;
  const virtual = memory.userPage[real] as VirtualPage;
  if (!vm.accessBits.isDirty(real)) {
    recorder.record(PageDropped, memory.vm, process, virtual, real);
    vm.evictedUntilNs = 0;
  } else {
    const block = vm.diskPosition(process, virtual);
    if (!saveLeftPages(host, vm, block)) return NO_PAGE as RealPage;
    if (!memory.isResident(real) && !handleMissingFrame(host, vm, process, virtual, real)) return NO_PAGE as RealPage;
    const content = host.content[memory.physicalPage(real)];
    recorder.record(PagePagedOut, memory.vm, process, virtual, real, content);
    const nowNs = host.timeOf(vm);
    vm.evictedUntilNs = nowNs + vm.disk.write(nowNs, block);
    vm.blocks.wrote(real, block);
    vm.swap.pagedOut(memory.process(process));
  }
  vm.processes[process - 1].keepShadow(virtual, vm.replacement.evicted(real));
  vm.accessBits.resetGuest(real);
  recorder.record(PageUnmapped, memory.vm, process, virtual, real, cause);
  if (host.isShadow) trap(host, vm, process, TrapCause.PageTableUpdate, virtual, real);
  return real;
}

/** The guest kernel touches its own pages when it boots, so that each has a frame. */
export function touchKernelPages(host: HostRuntime, vm: VmRuntime): boolean {
  for (let page = 0; page < vm.spec.kernelPages; page++) {
    const real = page as RealPage;
    if (!vm.memory.isResident(real)) {
      if (!handleMissingFrame(host, vm, NO_PROCESS, NO_PAGE, real)) return false;
    }
    host.content[vm.memory.physicalPage(real)] = nextWrite(host);
  }
  return true;
}

/** A content token that no page of this run holds yet: 1 to 2^31 - 1, then again from 1. */
export function nextWrite(host: HostRuntime): number {
  host.lastWrite = host.lastWrite === 0x7fff_ffff ? 1 : host.lastWrite + 1;
  return host.lastWrite;
}

export function isWrite(kind: number): boolean {
  return kind >= AccessKind.Store;
}
