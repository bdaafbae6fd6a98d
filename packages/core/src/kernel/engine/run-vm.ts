import { assert } from "../../assert/index.ts";
import { type AccessKind, HostFaultNeed, ProcessFinished, VmFinished } from "../../events/index.ts";
import type { VirtualPage } from "../../ids/index.ts";
import { reclaimInBackground, wakeBackgroundReclaim } from "../guest/background-reclaim.ts";
import { workBalloon } from "../guest/balloon/balloon-drivers.ts";
import { handleGuestFault, isWrite } from "../guest/guest-paging.ts";
import { completeAccess, runHits } from "./hit-loop.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import { NEVER } from "../structures/never.ts";
import { endSamplingPeriod } from "../hypervisor/measuring/sampling-period.ts";
import { reachRealPage } from "../hypervisor/protected-page.ts";
import type { Touch } from "../hypervisor/touch.ts";
import { exitProcess } from "../guest/process-exit.ts";
import { keepReadAhead, requestPages } from "../guest/read-ahead.ts";
import { reportFreePages } from "../guest/reporting/report-free-pages.ts";
import { hasExited, ProcessState, type ProcessRuntime } from "../state/process-runtime.ts";
import { type VmRuntime, SLICE_ACCESSES } from "../state/vm-runtime.ts";

export type RunLimits = {
  /** When the furthest-behind of the other VMs does something next: faults of this VM may not come later. */
  readonly othersNs: number;
  /** When the host does something next: nothing of this VM may begin at or after it. */
  readonly tickNs: number;
  /** Actions that may be done behind this one, without anything between them. */
  readonly furtherActions: number;
  /** Counts these. */
  readonly counter: { actions: number };
};

/**
 * Lets the VM that is furthest behind do one thing: what falls due on its clock, or a slice of one process's accesses. Hits
 * may run ahead of the other VMs by the scenario's lookahead, for they concern no one else; faults wait for their time.
 */
export function runVm(host: HostRuntime, vm: VmRuntime, limits: RunLimits, afterFault: () => void): void {
  const startNs = vm.nextNs;
  assert(startNs < NEVER, () => `VM ${vm.memory.vm} has nothing to do`);
  vm.advanceTo(startNs);
  if (vm.balloon.nextNs <= startNs) {
    host.recorder.advanceTo(startNs);
    workBalloon(host, vm);
    wakeBackgroundReclaim(host, vm);
    afterFault();
    return;
  }
  if (vm.nextReportNs <= startNs) {
    host.recorder.advanceTo(startNs);
    reportFreePages(host, vm);
    afterFault();
    return;
  }
  if (vm.nextMeasureNs <= startNs) {
    host.recorder.advanceTo(startNs);
    endSamplingPeriod(host, vm);
    return;
  }
  if (vm.nextReclaimNs <= startNs) {
    host.recorder.advanceTo(startNs);
    reclaimInBackground(host, vm);
    afterFault();
    return;
  }
  wakeProcesses(vm);
  const process = chooseProcess(vm);
  runSlice(host, vm, process, limits, afterFault);
  if (process.cursor === process.end && process.state === ProcessState.Ready && vm.isOn) {
    process.refill(vm.clockNs);
    noteEnd(host, vm, process);
  }
}

function wakeProcesses(vm: VmRuntime): void {
  for (const process of vm.processes) {
    if (process.state === ProcessState.Idle && process.idleUntilNs <= vm.clockNs) process.state = ProcessState.Ready;
  }
}

/** Ready processes take turns. */
function chooseProcess(vm: VmRuntime): ProcessRuntime {
  for (let step = 0; step < vm.processes.length; step++) {
    const index = (vm.current + step) % vm.processes.length;
    if (vm.processes[index].state !== ProcessState.Ready) continue;
    vm.current = (index + 1) % vm.processes.length;
    return vm.processes[index];
  }
  assert(false, () => `VM ${vm.memory.vm} has no process that is ready at ${vm.clockNs} ns`);
}

function runSlice(host: HostRuntime, vm: VmRuntime, process: ProcessRuntime, limits: RunLimits, afterFault: () => void): void {
  const { space, spec } = process;
  const { accessNs } = spec;
  const lookaheadNs = host.scenario.recordHits ? 0 : host.scenario.lookaheadNs;
  const limitNs = Math.min(limits.othersNs + lookaheadNs + 1, limits.tickNs, vm.nextTimerNs);
  /** Accesses that this action may still make; and as long as all hit, those of further actions behind it. */
  let left = SLICE_ACCESSES;
  let further = host.looksAtHits || host.onAccesses !== undefined ? 0 : furtherAccesses(vm, process, limits);
  while (left > 0 && process.cursor < process.end) {
    const count = Math.min(left + further, Math.ceil((limitNs - vm.clockNs) / accessNs));
    if (count <= 0) return;
    const from = process.cursor;
    const made = runHits(host, vm, process, count);
    if (made > 0 && !host.scenario.recordHits) {
      host.onAccesses?.(vm.memory.vm, space.memory.process, process.buffer.pages, from, made, false, vm.clockNs, accessNs);
    }
    vm.clockNs += made * accessNs;
    vm.accesses += made;
    left -= made;
    for (; left < 0; left += SLICE_ACCESSES) limits.counter.actions++;
    if (made === count || process.cursor === process.end) continue;
    if (left === 0) {
      left = SLICE_ACCESSES;
      limits.counter.actions++;
    }
    further = 0;
    if (vm.clockNs > limits.othersNs) return;
    host.recorder.advanceTo(vm.clockNs);
    const at = process.cursor++;
    makeAccess(host, vm, process, { pages: process.buffer.pages, at, kind: process.buffer.kinds[at] as AccessKind });
    left--;
    if (vm.isOn) afterFault();
    if (!vm.isOn || vm.memory.isSuspended || vm.nextReclaimNs <= vm.clockNs) return;
  }
}

/**
 * How many accesses the actions behind this one will make if all accesses hit. An action begins when everyone else is behind it, and
 * nothing falls due; processes that are ready take turns; and the last action ends with the buffer.
 */
function furtherAccesses(vm: VmRuntime, process: ProcessRuntime, limits: RunLimits): number {
  const beginNs = Math.min(limits.othersNs, limits.tickNs, vm.nextTimerNs);
  const byTime = Math.ceil((beginNs - vm.clockNs) / (SLICE_ACCESSES * process.spec.accessNs)) - 1;
  const byBuffer = Math.ceil((process.end - process.cursor) / SLICE_ACCESSES) - 1;
  const actions = Math.min(limits.furtherActions, byTime, byBuffer);
  return actions > 0 && isAlone(vm, process) ? actions * SLICE_ACCESSES : 0;
}

/** No other process of the VM is ready, or will be by itself. */
function isAlone(vm: VmRuntime, process: ProcessRuntime): boolean {
  return vm.processes.every((other) => other === process || (other.state !== ProcessState.Ready && other.state !== ProcessState.Idle));
}

/** One access that something stands in the way of: the page at an index of `pages`. */
export type Access = { readonly pages: Int32Array; readonly at: number; readonly kind: AccessKind };

/** Resolves what stands in the way of an access, and makes it; unless the VM is ended over it. */
export function makeAccess(host: HostRuntime, vm: VmRuntime, process: ProcessRuntime, { pages, at, kind }: Access): void {
  const { space } = process;
  const virtual = pages[at] as VirtualPage;
  const wasLoaded = !space.memory.isMapped(virtual);
  const isMiss = wasLoaded || !vm.memory.isResident(space.memory.realPage(virtual));
  const readPages = wasLoaded ? requestPages(process, virtual) : 0;
  if (wasLoaded) handleGuestFault(host, vm, { process: space, virtual, kind, readPages });
  else reachRealPage(host, vm, touchOf(space, virtual, kind));
  if (!vm.isOn) return;
  completeAccess(host, vm, process, { virtual, kind, wasLoaded });
  const { accessNs } = process.spec;
  host.onAccesses?.(vm.memory.vm, space.memory.process, pages, at, 1, isMiss, vm.clockNs - accessNs, accessNs);
  if (readPages > 1) keepReadAhead(host, vm, space, virtual, readPages);
  wakeBackgroundReclaim(host, vm);
}

function touchOf({ memory }: ProcessRuntime, virtual: VirtualPage, kind: AccessKind): Touch {
  return { process: memory.process, virtual, real: memory.realPage(virtual), isStore: isWrite(kind), neededBy: HostFaultNeed.Access };
}

function noteEnd(host: HostRuntime, vm: VmRuntime, process: ProcessRuntime): void {
  if (process.state !== ProcessState.Ended) return;
  host.recorder.advanceTo(vm.clockNs);
  host.recorder.record(ProcessFinished, vm.memory.vm, process.memory.process);
  if (hasExited(process)) exitProcess(host, vm, process);
  if (vm.processes.some(({ state }) => state !== ProcessState.Ended)) return;
  host.recorder.record(VmFinished, vm.memory.vm, vm.clockNs - vm.memory.startedNs);
}
