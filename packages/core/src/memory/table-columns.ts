import { LARGE_PAGE_PAGES, NO_PROCESS, NO_PAGE, processId, type RealPage, type VmId } from "../ids/index.ts";
import { knownOrNull, valuesFrom } from "../metrics/index.ts";
import { Frames, FRAME_OVERHEAD, FRAME_SHARED, OWNER_HYPERVISOR, OWNER_SHARED } from "./frames.ts";
import { MachineTables } from "./machine-tables.ts";
import { type PageImage, ProcessTables } from "./process-tables.ts";
import type { MachineOutline, ProcessOutline } from "./table-outline.ts";
import { blankTables, type IntColumn, type TableSource } from "./table-source.ts";
import { Kept, RealUse, VmTables } from "./vm-tables.ts";

/** One primary column of the tables; everything else follows from these and the facts. */
export type TableColumn = { readonly name: string; readonly values: IntColumn };

/** Counts that follow from columns, but are kept with the facts so that they are known without reading any. */
const FRAME_COUNTS = ["freePages", "overheadPages", "sharedFramePages"] as const satisfies readonly (keyof Frames)[];
const VM_COUNTS = [
  "residentPages",
  "sharedPages",
  "largePages",
  "swappedPages",
  "compressedPages",
  "compressedBlocksUsed",
  "diskKeptPages",
  "swapCachePages",
  "mappedPages",
  "kernelPages",
  "balloonSizePages",
] as const satisfies readonly (keyof VmTables)[];

type FrameCounts = Readonly<Record<(typeof FRAME_COUNTS)[number], number>>;
type VmCounts = Readonly<Record<(typeof VM_COUNTS)[number], number>>;

/** What the tables hold besides columns: small, plain JSON. */
export type MachineFacts = {
  readonly position: number;
  readonly timeNs: number;
  readonly mapping: number;
  readonly mmu: number;
  readonly framePages: number;
  readonly frameCounts: FrameCounts;
  readonly swapPages: number;
  readonly swapUsedPages: number;
  readonly swapBusyNs: number;
  readonly swapQueueNs: number;
  readonly memoryState: number;
  readonly ended: boolean;
  readonly scenarioText: number;
  readonly policyText: number;
  readonly vms: readonly VmFacts[];
};

export type VmFacts = {
  readonly nameText: number;
  readonly configuredPages: number;
  readonly overheadPages: number;
  readonly life: number;
  readonly balloonTargetPages: number;
  readonly startedNs: number;
  readonly isWorkDone: boolean;
  readonly terminatedNs: number;
  readonly endCause: number;
  readonly memoryLimitPages: number;
  readonly isSuspended: boolean;
  readonly cacheFramePages: number;
  readonly counts: VmCounts;
  readonly counters: readonly (number | null)[];
  readonly processes: readonly ProcessFacts[];
};

export type ProcessFacts = {
  readonly nameText: number;
  readonly virtualPages: number;
  readonly backing: number;
  readonly finished: boolean;
  readonly mappedPages: number;
  /** Left out for a process without one. */
  readonly image?: PageImage;
};

/**
 * The primary columns, in a fixed order, as views on the machine's own memory: a keyframe keeps these and the facts.
 * Names are stable paths such as `vm/2/realMap` or `vm/2/process/1/pageTable`.
 */
export function tableColumns(machine: MachineTables): TableColumn[] {
  const columns: TableColumn[] = [{ name: "frames/content", values: machine.frames.content }];
  for (const vm of machine.vms) {
    const at = `vm/${vm.vm}`;
    columns.push(
      { name: `${at}/realMap`, values: vm.realMap },
      { name: `${at}/swapSlot`, values: vm.swapSlot },
      { name: `${at}/swapContent`, values: vm.swapContent },
      { name: `${at}/kept`, values: vm.kept },
      { name: `${at}/use`, values: vm.use },
      { name: `${at}/largeMap`, values: vm.largeMap },
      { name: `${at}/compressedBlocks`, values: vm.compressedBlocks },
    );
    for (const process of vm.processes) {
      columns.push(
        { name: `${at}/process/${process.process}/pageTable`, values: process.pageTable },
        { name: `${at}/process/${process.process}/diskContent`, values: process.diskContent },
      );
    }
  }
  return columns;
}

export function machineFacts(machine: MachineOutline): MachineFacts {
  const { position, timeNs, mapping, mmu, swapPages, memoryState, ended, scenarioText, policyText } = machine;
  const { swapUsedPages, swapBusyNs, swapQueueNs } = machine;
  const vms = machine.vms.map((vm) => ({
    nameText: vm.nameText,
    configuredPages: vm.configuredPages,
    overheadPages: vm.overheadPages,
    life: vm.life,
    balloonTargetPages: vm.balloonTargetPages,
    startedNs: vm.startedNs,
    isWorkDone: vm.isWorkDone,
    terminatedNs: vm.terminatedNs,
    endCause: vm.endCause,
    memoryLimitPages: vm.memoryLimitPages,
    isSuspended: vm.isSuspended,
    cacheFramePages: vm.cacheFramePages,
    counts: pick(vm, VM_COUNTS),
    counters: Array.from(vm.counters, knownOrNull),
    processes: vm.processes.map(processFacts),
  }));
  const framePages = machine.frames.count;
  const frameCounts = pick(machine.frames, FRAME_COUNTS);
  const host = { mapping, mmu, framePages, frameCounts, swapPages, swapUsedPages, swapBusyNs, swapQueueNs, memoryState };
  return { position, timeNs, ...host, ended, scenarioText, policyText, vms };
}

function processFacts({ nameText, virtualPages, backing, finished, mappedPages, image }: ProcessOutline): ProcessFacts {
  return { nameText, virtualPages, backing, finished, mappedPages, ...(image === null ? {} : { image }) };
}

function pick<Name extends string>(from: Readonly<Record<Name, number>>, names: readonly Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Record<Name, number>;
}

/**
 * A machine with these facts and counts and, unless a source has better ones, blank columns. Fill its `tableColumns`, then call
 * `deriveTables`. The texts are not part of it: they belong to the run.
 */
export function machineFromFacts(facts: MachineFacts, source: TableSource = blankTables): MachineTables {
  const machine = new MachineTables(source);
  Object.assign(machine, {
    position: facts.position,
    timeNs: facts.timeNs,
    mapping: facts.mapping,
    mmu: facts.mmu,
    swapPages: facts.swapPages,
    swapUsedPages: facts.swapUsedPages,
    swapBusyNs: facts.swapBusyNs,
    swapQueueNs: facts.swapQueueNs,
    memoryState: facts.memoryState,
    ended: facts.ended,
    scenarioText: facts.scenarioText,
    policyText: facts.policyText,
  });
  machine.frames = Object.assign(new Frames(facts.framePages, source), facts.frameCounts);
  facts.vms.forEach((vmFacts, index) => {
    const vm = new VmTables((index + 1) as VmId, vmFacts.configuredPages, vmFacts.overheadPages, vmFacts.nameText, vmFacts.life, source);
    vm.balloonTargetPages = vmFacts.balloonTargetPages;
    vm.startedNs = vmFacts.startedNs;
    vm.isWorkDone = vmFacts.isWorkDone;
    vm.terminatedNs = vmFacts.terminatedNs;
    vm.endCause = vmFacts.endCause;
    vm.memoryLimitPages = vmFacts.memoryLimitPages;
    vm.isSuspended = vmFacts.isSuspended;
    vm.cacheFramePages = vmFacts.cacheFramePages;
    Object.assign(vm, vmFacts.counts);
    vm.counters.set(valuesFrom(vmFacts.counters));
    vmFacts.processes.forEach(({ virtualPages, backing, nameText, finished, mappedPages, image = null }, at) => {
      const process = new ProcessTables(vm.vm, processId(at + 1), virtualPages, backing, nameText, source, image);
      Object.assign(process, { finished, mappedPages });
      vm.processes.push(process);
    });
    machine.vms.push(vm);
  });
  return machine;
}

/** Computes owners, reverse maps and counts from the primary columns. */
export function deriveTables(machine: MachineTables): void {
  const { frames } = machine;
  frames.overheadPages = 0;
  frames.sharedFramePages = 0;
  for (let page = 0; page < frames.count; page++) {
    if (frames.content[page] === FRAME_OVERHEAD) {
      frames.ownerVm[page] = OWNER_HYPERVISOR;
      frames.overheadPages++;
    } else if (frames.content[page] === FRAME_SHARED) {
      frames.ownerVm[page] = OWNER_SHARED;
      frames.sharers[page] = 0;
      frames.sharedFramePages++;
    }
  }
  frames.freePages = frames.count - frames.overheadPages - frames.sharedFramePages;
  machine.swapUsedPages = 0;
  for (const vm of machine.vms) {
    deriveVm(machine, vm);
    for (const process of vm.processes) deriveUsers(vm, process);
  }
}

function deriveVm(machine: MachineTables, vm: VmTables): void {
  const { frames } = machine;
  vm.residentPages = 0;
  vm.sharedPages = 0;
  vm.largePages = 0;
  for (const isLarge of vm.largeMap) vm.largePages += isLarge * LARGE_PAGE_PAGES;
  vm.swappedPages = 0;
  vm.compressedPages = 0;
  vm.compressedBlocksUsed = 0;
  vm.diskKeptPages = 0;
  vm.swapCachePages = 0;
  vm.kernelPages = 0;
  vm.balloonSizePages = 0;
  vm.mappedPages = 0;
  for (let real = 0; real < vm.realMap.length; real++) {
    const frame = vm.realMap[real];
    if (frame !== NO_PAGE) {
      vm.residentPages++;
      if (frames.content[frame] === FRAME_SHARED) {
        frames.sharers[frame]++;
        vm.sharedPages++;
      } else {
        frames.ownerVm[frame] = vm.vm;
        frames.realPage[frame] = real;
      }
    }
    if (vm.swapSlot[real] !== NO_PAGE) vm.swappedPages++;
    if (vm.compressedBlocks[real] !== 0) {
      vm.compressedPages++;
      vm.compressedBlocksUsed += vm.compressedBlocks[real];
    }
    if (vm.kept[real] === Kept.OnGuestDisk) vm.diskKeptPages++;
    else if (vm.kept[real] === Kept.InSwapCache) vm.swapCachePages++;
    if (vm.use[real] === RealUse.Kernel) vm.kernelPages++;
    else if (vm.use[real] === RealUse.Balloon) vm.balloonSizePages++;
    vm.userProcess[real] = NO_PROCESS;
    vm.userPage[real] = NO_PAGE;
  }
  frames.freePages -= vm.residentPages - vm.sharedPages;
  machine.swapUsedPages += vm.swappedPages;
}

function deriveUsers(vm: VmTables, process: ProcessTables): void {
  process.mappedPages = 0;
  for (let page = 0; page < process.virtualPages; page++) {
    const real = process.pageTable[page] as RealPage;
    if (real === NO_PAGE) continue;
    vm.userProcess[real] = process.process;
    vm.userPage[real] = page;
    process.mappedPages++;
  }
  vm.mappedPages += process.mappedPages;
}
