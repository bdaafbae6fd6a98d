import { Backing, byNumber, type EventBatch, EventCode, Mapping, MemoryState, Mmu, valueOf, VmEnd } from "../events/index.ts";
import type { PhysicalPage, ProcessId, RealPage, VirtualPage, VmId } from "../ids/index.ts";
import { applyToGuestPaging } from "./apply-guest-paging.ts";
import { applyToLargePages } from "./apply-large-pages.ts";
import { applyToSharing } from "./apply-sharing.ts";
import { applyToCompression } from "./apply-compression.ts";
import { applyToHostSwap } from "./apply-host-swap.ts";
import { applyToKept } from "./apply-kept.ts";
import { applyToRights } from "./apply-rights.ts";
import { countHostFault, DISK_SAMPLE_PLACES, GUEST_FAULT_PLACES, SAMPLE_PLACES, SWAP_SAMPLES, TRAP_PLACES } from "./choice-counters.ts";
import { Counter } from "./counters.ts";
import { Frames } from "./frames.ts";
import type { MachineTables } from "./machine-tables.ts";
import { ProcessTables } from "./process-tables.ts";
import { VmLife, VmTables } from "./vm-tables.ts";
import { workTime } from "./work-time.ts";

type Code = (typeof EventCode)[keyof typeof EventCode];

/** The one place where an event changes the tables. `vm` and `process` are 0 where the event has none. */
export function applyEvent(
  machine: MachineTables,
  code: number,
  timeNs: number,
  vm: number,
  process: number,
  a: number,
  b: number,
  c: number,
  d: number,
): void {
  machine.position++;
  machine.timeNs = timeNs;
  if (code >= EventCode.Trapped && vm !== 0) return applyToVm(machine, machine.vm(vm), code as Code, process, a, b, c, d);
  applyToHost(machine, code as Code, vm, process, a, b, c, d);
}

/** Applies the events [from, end) of a batch, and takes over its texts. */
export function applyBatch(machine: MachineTables, batch: EventBatch, from = 0, end = batch.length): void {
  for (let i = 0; i < batch.texts.length; i++) machine.texts[batch.firstTextId + i] = batch.texts[i] ?? "";
  const { types, timesNs, vms, processes, a, b, c, d } = batch;
  for (let i = from; i < end; i++) {
    applyEvent(machine, types[i], timesNs[i], vms[i], processes[i], a[i], b[i], c[i], d[i]);
  }
}

const MAPPINGS = byNumber(Mapping, Mapping);
const VM_ENDS = byNumber(VmEnd, VmEnd);
const BACKINGS = byNumber(Backing, Backing);
const MMUS = byNumber(Mmu, Mmu);
const MEMORY_STATES = byNumber(MemoryState, MemoryState);

function applyToHost(machine: MachineTables, code: Code, vm: number, process: number, a: number, b: number, c: number, d: number): void {
  switch (code) {
    case EventCode.RunStarted:
      machine.scenarioText = a;
      machine.policyText = b;
      return;
    case EventCode.RunCompleted:
    case EventCode.RunFailed:
      machine.ended = true;
      return;
    case EventCode.HostStarted:
      machine.frames = new Frames(a);
      machine.mapping = valueOf(MAPPINGS, b, "the mapping of a host");
      machine.mmu = valueOf(MMUS, c, "the MMU of a host");
      machine.swapPages = d;
      return;
    case EventCode.MemoryStateChanged:
      machine.memoryState = valueOf(MEMORY_STATES, b, "a memory state");
      return;
    case EventCode.DeviceSampled:
      machine[valueOf(SWAP_SAMPLES, b, "the metric of a device")] = d;
      return;
    case EventCode.OverheadReserved:
      return machine.frames.reserve(a as PhysicalPage, b);
    case EventCode.OverheadReleased:
      return machine.frames.release(a as PhysicalPage, b);
    case EventCode.CommandAccepted:
    case EventCode.ScriptedCommandSkipped:
    case EventCode.PolicyDecided:
    case EventCode.PolicyFigureSeen:
    case EventCode.DecisionClamped:
    case EventCode.Sampled:
      return;
    default:
      return applyToLife(machine, code, vm, process, a, b, c, d);
  }
}

function applyToLife(machine: MachineTables, code: Code, vm: number, process: number, a: number, b: number, c: number, d: number): void {
  switch (code) {
    case EventCode.VmAdmitted:
      machine.vms[vm - 1] = new VmTables(vm as VmId, a, b, c, VmLife.Admitted);
      return;
    case EventCode.VmRefused:
      machine.vms[vm - 1] = new VmTables(vm as VmId, a, b, c, VmLife.Refused);
      return;
    case EventCode.VmStarted:
      return startVm(machine, vm, a, c);
    case EventCode.VmTerminated:
      return terminateVm(machine, machine.vm(vm), a);
    case EventCode.VmFinished:
      return finishVm(machine, machine.vm(vm), d);
    case EventCode.ProcessStarted:
      machine.vm(vm).processes[process - 1] = startProcess(vm, process, a, b, c);
      return;
    case EventCode.ProcessFinished:
      machine.vm(vm).process(process).finished = true;
      return;
    case EventCode.KernelPagesPinned:
      return machine.vm(vm).pinKernelPages(a as RealPage, b);
    default:
      throw new Error(`event code ${code} cannot concern VM ${vm} (the catalogue has no such case)`);
  }
}

function startProcess(vm: number, process: number, pages: number, backing: number, nameText: number): ProcessTables {
  return new ProcessTables(vm as VmId, process as ProcessId, pages, valueOf(BACKINGS, backing, "the backing of a process"), nameText);
}

/** Under one-level mapping the native operating system owns every frame, and a real page is the physical page. */
function startVm(machine: MachineTables, vm: number, configuredPages: number, nameText: number): void {
  if (machine.mapping === Mapping.OneLevel) {
    const native = new VmTables(vm as VmId, configuredPages, 0, nameText, VmLife.Running);
    native.startedNs = machine.timeNs;
    machine.vms[vm - 1] = native;
    for (let page = 0; page < configuredPages; page++) machine.mapFrame(native, page as RealPage, page as PhysicalPage);
    return;
  }
  machine.vm(vm).life = VmLife.Running;
  machine.vm(vm).startedNs = machine.timeNs;
}

function terminateVm({ timeNs }: MachineTables, vm: VmTables, cause: number): void {
  vm.life = VmLife.Terminated;
  vm.terminatedNs = timeNs;
  vm.endCause = valueOf(VM_ENDS, cause, "the cause of a VM's end");
}

function finishVm({ timeNs }: MachineTables, vm: VmTables, workNs: number): void {
  vm.life = VmLife.Finished;
  vm.isWorkDone = true;
  vm.counters[Counter.workNs] = workTime(workNs, timeNs, vm.startedNs);
}

function applyToVm(
  machine: MachineTables,
  vm: VmTables,
  code: Code,
  process: number,
  a: number,
  b: number,
  c: number,
  d: number,
): void {
  switch (code) {
    case EventCode.Trapped:
      vm.counters[valueOf(TRAP_PLACES, a, "the cause of a trap")]++;
      vm.counters[Counter.trapCostNs] += d;
      return;
    case EventCode.PageHit:
      return;
    case EventCode.PageMissed:
      vm.counters[valueOf(GUEST_FAULT_PLACES, b, "the kind of a guest fault")]++;
      vm.counters[Counter.faults]++;
      return;
    case EventCode.PageMapped:
      return vm.mapPage(vm.process(process), a as VirtualPage, b as RealPage);
    case EventCode.PageUnmapped:
      return vm.unmapPage(vm.process(process), a as VirtualPage, b as RealPage);
    case EventCode.PagePagedOut:
    case EventCode.PagePagedIn:
    case EventCode.PageDropped:
    case EventCode.GuestOutOfMemory:
    case EventCode.RefaultActivated:
    case EventCode.FileOpened:
    case EventCode.FileReadAhead:
    case EventCode.BackgroundReclaimStarted:
    case EventCode.BackgroundReclaimEnded:
    case EventCode.DirectlyReclaimed:
      return applyToGuestPaging(vm, code, process, a, b, c, d);
    case EventCode.FrameShared:
    case EventCode.PageShared:
    case EventCode.SharedPageCopied:
    case EventCode.SharedFrameUnmapped:
    case EventCode.FrameUnshared:
    case EventCode.SharingScanned:
      return applyToSharing(machine, vm, code, a as RealPage, b, c, d);
    case EventCode.LargePageMapped:
    case EventCode.LargePageShattered:
      return applyToLargePages(machine, vm, code, a as RealPage, b as PhysicalPage);
    case EventCode.PageCompressed:
    case EventCode.PageDecompressed:
    case EventCode.CompressedPageEvicted:
    case EventCode.CompressedPageFreed:
    case EventCode.CompressionCacheGrown:
    case EventCode.CompressionCacheShrunk:
      return applyToCompression(machine, vm, code, a, c, d);
    case EventCode.SwapClusterRead:
    case EventCode.SwapPageReadAhead:
    case EventCode.SwapCacheHit:
    case EventCode.SwapCachePageDropped:
    case EventCode.SwapClusterWritten:
      return applyToHostSwap(machine, vm, code, a, b);
    case EventCode.ImageAttached:
      return vm.process(process).attachImage({ nameText: a, commonMillionths: d });
    default:
      return applyToHostMemory(machine, vm, code, a, b, c, d);
  }
}

function applyToHostMemory(machine: MachineTables, vm: VmTables, code: Code, a: number, b: number, c: number, d: number): void {
  switch (code) {
    case EventCode.HostFaulted:
      return countHostFault(vm.counters, b, c, d);
    case EventCode.FrameMapped:
      return machine.mapFrame(vm, a as RealPage, b as PhysicalPage);
    case EventCode.FrameUnmapped:
      return machine.unmapFrame(vm, a as RealPage, b as PhysicalPage);
    case EventCode.FrameZeroed:
      vm.counters[Counter.framesZeroed]++;
      return machine.frames.zero(b as PhysicalPage);
    case EventCode.FrameShortage:
      vm.counters[Counter.frameShortages]++;
      return;
    case EventCode.PageSwappedOut:
      vm.counters[Counter.swapOuts]++;
      machine.swapUsedPages++;
      return vm.swapOut(a as RealPage, c, d);
    case EventCode.PageSwappedIn:
      vm.counters[Counter.swapIns]++;
      machine.swapUsedPages--;
      return vm.freeSwap(a as RealPage);
    case EventCode.SwapSlotFreed:
      machine.swapUsedPages--;
      return vm.freeSwap(a as RealPage);
    case EventCode.PageStolen:
      vm.counters[Counter.pagesStolen]++;
      return;
    case EventCode.SilentSwapWrite:
    case EventCode.StaleSwapRead:
    case EventCode.FalseSwapRead:
    case EventCode.PageUnmappedByMapper:
    case EventCode.PageReadByMapper:
    case EventCode.MappedBlockForgotten:
      return applyToKept(vm, code, a as RealPage, d);
    default:
      return applyToBalloon(vm, code, a, b, d);
  }
}

function applyToBalloon(vm: VmTables, code: Code, a: number, b: number, d: number): void {
  switch (code) {
    case EventCode.BalloonTargetSet:
      vm.balloonTargetPages = a;
      vm.counters[Counter.balloonTargetsSet]++;
      return;
    case EventCode.BalloonPagePinned:
      vm.counters[Counter.balloonPagesPinned]++;
      return vm.pinForBalloon(a as RealPage);
    case EventCode.BalloonPageUnpinned:
      vm.counters[Counter.balloonPagesUnpinned]++;
      return vm.unpinFromBalloon(a as RealPage);
    case EventCode.BalloonPopped:
      vm.counters[Counter.balloonPops]++;
      return vm.unpinFromBalloon(a as RealPage);
    case EventCode.BalloonAllocationRefused:
      vm.counters[Counter.balloonRefusals]++;
      return;
    case EventCode.FreePagesReported:
      vm.counters[Counter.reportedFrames] += b;
      return;
    case EventCode.BalloonDeflatedOnOom:
      vm.counters[Counter.balloonOomDeflations]++;
      return;
    case EventCode.PolicyDecided:
      vm.counters[Counter.decisions]++;
      return;
    case EventCode.Sampled:
      vm.counters[valueOf(SAMPLE_PLACES, a, "a sampled metric")] = d;
      return;
    case EventCode.DeviceSampled:
      vm.counters[valueOf(DISK_SAMPLE_PLACES, b, "the metric of a device")] = d;
      return;
    case EventCode.BalloonTargetLearned:
    case EventCode.BalloonInflated:
    case EventCode.BalloonDeflated:
    case EventCode.PolicyFigureSeen:
    case EventCode.DecisionClamped:
    case EventCode.ActiveSampled:
      return;
    case EventCode.IdleScanned:
    case EventCode.AgeScanned:
      vm.counters[Counter.idleScanCostNs] += d;
      return;
    default:
      return applyToRights(vm, code, a, d);
  }
}
