import { assert } from "../../assert/index.ts";
import { AccessKind, PageHit } from "../../events/index.ts";
import type { PhysicalPage, RealPage, VirtualPage } from "../../ids/index.ts";
import { isWrite } from "../guest/guest-paging.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import { nextWrite } from "../state/page-contents.ts";
import { runSlices } from "./slice-loop.ts";
import type { PageList } from "../structures/page-list.ts";
import type { ProcessRuntime } from "../state/process-runtime.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";

/**
 * Makes up to `count` accesses from the process's buffer that need no one's help, and stops at the first that does.
 * Moves the cursor and returns how many were made. Accesses alone; time is the caller's.
 */
export function runHits(host: HostRuntime, vm: VmRuntime, process: ProcessRuntime, count: number): number {
  if (process.buffer.packed === null) return runUnpackedHits(host, vm, process, count);
  const start = process.cursor;
  const end = Math.min(process.end, start + count);
  while (process.cursor < end) {
    if (!host.looksAtHits && !vm.needsEveryAccess) {
      const from = process.cursor;
      runSlices(host, vm, process, end);
      if (host.onAccesses !== undefined) process.unpackMade(from);
    }
    if (process.cursor === end) break;
    const left = Math.min(end, process.unpack()) - process.cursor;
    if (runUnpackedHits(host, vm, process, left) < left) break;
  }
  return process.cursor - start;
}

function runUnpackedHits(host: HostRuntime, vm: VmRuntime, process: ProcessRuntime, count: number): number {
  if (host.scenario.recordHits || host.checksContents) return runObservedHits(host, vm, process, count);
  if (vm.victims.lru !== null) return runHitsNotifying(host, vm, process, count, vm.victims.lru);
  if (vm.needsAccessNotifications(process)) return runHitsInOrder(host, vm, process, count);
  return vm.accessBits.makeAccesses(process, count, vm.memory.realMap, host);
}

/** `AccessBits.makeAccesses` for accesses that the guest's replacement must see: exact LRU's, and reads of files. */
function runHitsInOrder(host: HostRuntime, vm: VmRuntime, process: ProcessRuntime, count: number): number {
  const { pages, kinds } = process.buffer;
  const { pageTable } = process.space.memory;
  const { realMap } = vm.memory;
  const { accessBits, replacement } = vm;
  const start = process.cursor;
  const end = Math.min(process.end, start + count);
  let i = start;
  for (; i < end; i++) {
    const real = pageTable[pages[i]];
    if (real < 0) break;
    const frame = realMap[real];
    if (frame < 0) break;
    if (kinds[i] < AccessKind.Store) {
      if (!accessBits.tryLoad(real)) break;
    } else {
      if (!accessBits.tryStore(real)) break;
      host.content[frame] = nextWrite(host);
    }
    replacement.onAccess(real as RealPage);
  }
  process.cursor = i;
  return i - start;
}

/** The same where the hypervisor is told of each access, and the guest's replacement too if it must be: exact LRU of the host. */
function runHitsNotifying(host: HostRuntime, vm: VmRuntime, process: ProcessRuntime, count: number, hostLru: PageList): number {
  const { pages, kinds } = process.buffer;
  const { pageTable } = process.space.memory;
  const { realMap } = vm.memory;
  const { accessBits, replacement } = vm;
  const isGuestTold = vm.needsAccessNotifications(process);
  const start = process.cursor;
  const end = Math.min(process.end, start + count);
  let i = start;
  for (; i < end; i++) {
    const real = pageTable[pages[i]];
    if (real < 0) break;
    const frame = realMap[real];
    if (frame < 0) break;
    const isStore = kinds[i] >= AccessKind.Store;
    if (!(isStore ? accessBits.tryStore(real) : accessBits.tryLoad(real))) break;
    hostLru.moveToEnd(real);
    if (isGuestTold) replacement.onAccess(real as RealPage);
    if (isStore) host.content[frame] = nextWrite(host);
  }
  process.cursor = i;
  return i - start;
}

/** The same with an event for each hit, or a check of each read, or both. */
function runObservedHits(host: HostRuntime, vm: VmRuntime, process: ProcessRuntime, count: number): number {
  const { pages, kinds } = process.buffer;
  const { accessBits, replacement, memory, victims } = vm;
  const { space } = process;
  const { recordHits } = host.scenario;
  const tellsTouches = vm.needsAccessNotifications(process);
  const start = process.cursor;
  const end = Math.min(process.end, start + count);
  let i = start;
  for (; i < end; i++) {
    const page = pages[i];
    const real = space.memory.pageTable[page];
    if (real < 0) break;
    const frame = memory.realMap[real];
    if (frame < 0) break;
    if (!(isWrite(kinds[i]) ? accessBits.tryStore(real) : accessBits.tryLoad(real))) break;
    victims.lru?.moveToEnd(real);
    if (tellsTouches) replacement.onAccess(real as RealPage);
    if (recordHits) {
      const { accessNs } = process.spec;
      const timeNs = vm.clockNs + (i - start) * accessNs;
      host.recorder.advanceTo(timeNs);
      host.recorder.record(
        PageHit,
        memory.vm,
        space.memory.process,
        page as VirtualPage,
        real as RealPage,
        frame as PhysicalPage,
        kinds[i] as AccessKind,
      );
      host.onAccesses?.(memory.vm, space.memory.process, pages, i, 1, false, timeNs, accessNs);
    }
    if (host.checksContents) checkContent(host, space, page, frame, kinds[i]);
    if (isWrite(kinds[i])) {
      host.content[frame] = nextWrite(host);
      if (host.checksContents) space.expectedContent[page] = host.lastWrite;
    }
  }
  process.cursor = i;
  return i - start;
}

type ResolvedAccess = { readonly virtual: VirtualPage; readonly kind: AccessKind; readonly wasLoaded: boolean };

/**
 * Makes an access that has just been resolved. It is a miss, so it is no page hit; whether it sets the guest's accessed
 * bit of a page loaded for it is the scenario's choice.
 */
export function completeAccess(host: HostRuntime, vm: VmRuntime, process: ProcessRuntime, access: ResolvedAccess): void {
  const { virtual: page, kind, wasLoaded } = access;
  const { space } = process;
  const real = space.memory.realPage(page);
  const frame = vm.memory.physicalPage(real);
  if (vm.needsAccessNotifications(process)) vm.replacement.onAccess(real);
  vm.victims.accessed(real);
  if (host.checksContents) checkContent(host, space, page, frame, kind);
  const keepsClear = wasLoaded && vm.spec.referenceBitOnLoad === "clear";
  vm.accessBits.complete(real, isWrite(kind), !keepsClear);
  if (isWrite(kind)) {
    host.content[frame] = nextWrite(host);
    if (host.checksContents) space.expectedContent[page] = host.lastWrite;
  }
  vm.accesses++;
  vm.clockNs += process.spec.accessNs;
}

/** What the hypervisor sees of a read without a page table: an access like any other. */
export function noteAccess(vm: VmRuntime, real: RealPage): void {
  vm.victims.accessed(real);
  vm.accessBits.complete(real, false, false);
}

function checkContent(host: HostRuntime, process: ProcessRuntime, page: number, frame: number, kind: number): void {
  if (kind === AccessKind.Store) return;
  const expected = process.expectedContent[page];
  const found = host.content[frame];
  assert(
    found === expected,
    () =>
      `process ${process.memory.process} of VM ${process.memory.vm} reads content ${found} at virtual page ${page} ` +
      `in frame ${frame}, but last wrote ${expected}`,
  );
}
