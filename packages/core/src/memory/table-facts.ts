import { processId, type VmId } from "../ids/index.ts";
import { knownOrNull, valuesFrom } from "../metrics/index.ts";
import { Frames } from "./frames.ts";
import { MachineTables } from "./machine-tables.ts";
import { type PageImage, ProcessTables } from "./process-tables.ts";
import type { MachineOutline, ProcessOutline } from "./table-outline.ts";
import { blankTables, type TableSource } from "./table-source.ts";
import { VmTables } from "./vm-tables.ts";

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
