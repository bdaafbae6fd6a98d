import { assert } from "../../assert/index.ts";
import {
  AccessKind,
  DirectlyReclaimed,
  FaultKind,
  GuestOutOfMemory,
  HostFaultNeed,
  PageDropped,
  PageMapped,
  PageMissed,
  PagePagedIn,
  PagePagedOut,
  PageUnmapped,
  RefaultActivated,
  TrapCause,
  UnmapCause,
  VmEnd,
} from "../../events/index.ts";
import { NO_PAGE, type ProcessId, type RealPage, type VirtualPage } from "../../ids/index.ts";
import type { ProcessTables } from "../../memory/index.ts";
import { NS_PER_US } from "../../units/index.ts";
import { deflateOnOom } from "./balloon/give-back.ts";
import { nextWrite } from "../state/page-contents.ts";
import { NO_REFAULT } from "../state/replacement/eviction-clock.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import { saveLeftPages } from "../hypervisor/disk-mapper/overwritten-block.ts";
import { backOverwrittenPage } from "../hypervisor/disk-mapper/overwritten-page.ts";
import { endVm } from "../hypervisor/end-vm.ts";
import { handleMissingFrame, trap } from "../hypervisor/host-fault.ts";
import { reachRealPage } from "../hypervisor/protected-page.ts";
import { directTouch, type Touch } from "../hypervisor/touch.ts";
import { PageKind } from "../state/replacement/replacement-list.ts";
import type { ProcessRuntime } from "../state/process-runtime.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";

/** The event's column has 32 bits: 36 minutes, which a disk with many writes before it can exceed. */
const MAX_WAIT_US = 0x7fff_ffff;

/** An access to a page that its process has not mapped. If it must be read from disk, one request reads `readPages` from there. */
type MissedPage = {
  readonly process: ProcessRuntime;
  readonly virtual: VirtualPage;
  readonly kind: AccessKind;
  readonly readPages: number;
};

/** A virtual page and the real page that it gets. `readPages` is 0 for a page that an earlier request has read. */
type PageLoad = Omit<MissedPage, "kind"> & { readonly real: RealPage };

/** The guest OS finds a real page, fetches what belongs there, and updates the page table. May end the VM. */
export function handleGuestFault(host: HostRuntime, vm: VmRuntime, missed: MissedPage): void {
  const { process, virtual, kind, readPages } = missed;
  const { memory } = process;
  const fault = memory.diskContent[virtual] !== 0 ? FaultKind.Major : FaultKind.Minor;
  host.recorder.record(PageMissed, memory.vm, memory.process, virtual, fault, kind);
  vm.clockNs += host.scenario.host.costs.guestFaultNs;
  const real = allocateRealPage(host, vm, virtual, memory.process);
  if (real !== NO_PAGE) loadPage(host, vm, { process, virtual, real, readPages });
}

/** Makes a free real page that of a virtual page, with what belongs there. May end the VM. */
export function loadPage(host: HostRuntime, vm: VmRuntime, load: PageLoad): void {
  if (host.isOneLevel) {
    fillPage(host, vm, load);
    mapPage(host, vm, load);
  } else {
    mapPage(host, vm, load);
    backOverwritten(host, vm, load);
    if (vm.isOn) fillPage(host, vm, load);
  }
  if (vm.isOn) vm.swap.onLoad(load.process.memory, load.virtual, load.real);
}

/** The guest overwrites all of a page that it has just mapped. With `shadow` the hypervisor has control already. */
function backOverwritten(host: HostRuntime, vm: VmRuntime, { process: { memory }, virtual, real }: PageLoad): void {
  const touch: Touch = { process: memory.process, virtual, real, isStore: true, neededBy: HostFaultNeed.Other };
  if (host.isShadow) trap(host, vm, TrapCause.PageTableUpdate, touch);
  if (vm.memory.isResident(real)) reachRealPage(host, vm, touch);
  else {
    if (!host.isShadow) trap(host, vm, TrapCause.MissingRealMapEntry, touch);
    backOverwrittenPage(host, vm, real, memory.diskContent[virtual] !== 0);
  }
}

function mapPage(host: HostRuntime, vm: VmRuntime, { process, virtual, real, readPages }: PageLoad): void {
  host.recorder.record(PageMapped, vm.memory.vm, process.memory.process, virtual, real);
  const distance = vm.replacement.onLoad(real, pageKind(process.memory), process.takeShadow(virtual));
  if (distance !== NO_REFAULT) {
    host.recorder.record(RefaultActivated, vm.memory.vm, process.memory.process, virtual, real, distance);
  }
  // Read for an access, not ahead of one.
  vm.accessBits.resetGuest(real, readPages > 0 && vm.spec.referenceBitOnLoad === "set");
}

function pageKind(memory: ProcessTables): PageKind {
  if (memory.isCache) return PageKind.CachedFile;
  return memory.isFileBacked ? PageKind.MappedFile : PageKind.Anonymous;
}

/** Puts into a page what the process expects there: what its disk holds, or zeros. */
function fillPage(host: HostRuntime, vm: VmRuntime, { process, virtual, real, readPages }: PageLoad): void {
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
 * A page for something that the guest can do without; the search wakes no reclaim and waits for nothing. NO_PAGE if there is none, or
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
  assert(process > 0, () => `VM ${memory.vm} gives up real page ${real}, which no process uses`);
  if (vm.accessBits.isDirty(real)) writeOut(host, vm, { process, virtual, real, isStore: false, neededBy: HostFaultNeed.Other });
  else {
    recorder.record(PageDropped, memory.vm, process, virtual, real);
    vm.evictedUntilNs = 0;
  }
  if (!vm.isOn) return NO_PAGE as RealPage;
  vm.processes[process - 1].keepShadow(virtual, vm.replacement.evicted(real));
  vm.accessBits.resetGuest(real);
  recorder.record(PageUnmapped, memory.vm, process, virtual, real, cause);
  if (host.isShadow) trap(host, vm, TrapCause.PageTableUpdate, { process, virtual, real });
  return real;
}

/** Writes a dirty page to the guest's disk, from a frame that may have to be found first. May end the VM. */
function writeOut(host: HostRuntime, vm: VmRuntime, page: Touch & { readonly process: ProcessId; readonly virtual: VirtualPage }): void {
  const { memory } = vm;
  const { process, virtual, real } = page;
  const block = vm.diskPosition(process, virtual);
  saveLeftPages(host, vm, block);
  if (vm.isOn && !memory.isResident(real)) handleMissingFrame(host, vm, page);
  if (!vm.isOn) return;
  host.recorder.record(PagePagedOut, memory.vm, process, virtual, real, host.content[memory.physicalPage(real)]);
  const nowNs = host.timeOf(vm);
  vm.evictedUntilNs = nowNs + vm.disk.write(nowNs, block);
  vm.blocks.wrote(real, block);
  vm.swap.pagedOut(memory.process(process));
}

/** The guest kernel touches its own pages when it boots, so that each has a frame. */
export function touchKernelPages(host: HostRuntime, vm: VmRuntime): void {
  for (let page = 0; page < vm.spec.kernelPages; page++) {
    const real = page as RealPage;
    if (!vm.memory.isResident(real)) handleMissingFrame(host, vm, directTouch(real));
    if (!vm.isOn) return;
    host.content[vm.memory.physicalPage(real)] = nextWrite(host);
  }
}

export function isWrite(kind: number): boolean {
  return kind >= AccessKind.Store;
}
