import { capabilitiesOf, type ParameterValues, type Policy } from "../../policy/index.ts";
import { listPlacedVms, type Scenario, type VmSpec } from "../../scenario/index.ts";
import type { TraceReader } from "../../trace/index.ts";
import { countWorkloadAccesses } from "../../workload/index.ts";
import { MAX_BOUNDED_CHANGES } from "./fault-bound.ts";
import { MAX_LOOKAHEAD_ACCESSES } from "../engine/foresight.ts";

/**
 * Bytes that one entry takes: in a copy of the tables (those of `tableColumns`), in a kernel with its tables, and in a saved
 * kernel. The last two are the most under any policy that comes with Ballast, read-ahead and reporting included.
 */
export const ENTRY_BYTES = {
  frame: { copied: 1, kernel: 21, saved: 9 },
  realPage: { copied: 15, kernel: 52, saved: 52 },
  virtualPage: { copied: 8, kernel: 12, saved: 12 },
  swapSlot: { copied: 0, kernel: 13, saved: 13 },
} as const;
type Entry = keyof typeof ENTRY_BYTES;

/** Keyframes are made from two earlier states of the tables; a checkpoint is the saved kernel, and its serialised form. */
const TABLE_COPIES = 2;
const SAVED_COPIES = 2;
/** A page number, a next use, and both once more while they are made. */
const BYTES_PER_BOUNDED_ACCESS = 16;
const BYTES_PER_FORESEEN_ACCESS = 12;
/** What a run of any size takes: the code of its thread, event batches, commits and keyframes on their way. */
const FIXED_BYTES = 128 * 2 ** 20;

/** A part of what a run needs, in words that follow "for". */
export type MemoryPart = { readonly what: string; readonly bytes: number };

type RunInput = {
  readonly scenario: Scenario;
  readonly policy: Policy;
  readonly parameters: ParameterValues;
  /** Sizes suffice: no references are read. */
  readonly traces: ReadonlyMap<string, TraceReader>;
};

/**
 * The most memory that a run takes at any moment, in bytes, by what takes it, the largest first. It is known before
 * anything is made: pages count whether they will be touched or not, VMs whether they will be admitted or not, and of
 * traces nothing but their accesses.
 */
export function estimateMemory({ scenario, policy, parameters, traces }: RunInput): MemoryPart[] {
  const vms = listPlacedVms(scenario).map(({ vm }) => vm);
  const parts = [
    ...tableParts(scenario, vms),
    ...accessParts(vms, traces, policy.needsAllAccesses === true || capabilitiesOf(policy, parameters).includes("foresight")),
    { what: "the run itself", bytes: FIXED_BYTES },
  ];
  return parts.sort((left, right) => right.bytes - left.bytes);
}

/** Bytes of memory that a VM takes which is added to a run. */
export function estimateVmMemory(vm: VmSpec): number {
  return peakBytes("realPage", vm.configuredPages) + peakBytes("virtualPage", addressedPages(vm));
}

function tableParts({ host }: Scenario, vms: readonly VmSpec[]): MemoryPart[] {
  const realPages = sum(vms.map(({ configuredPages }) => configuredPages));
  const virtualPages = sum(vms.map(addressedPages));
  return [
    { what: `${host.framePages} frames`, bytes: peakBytes("frame", host.framePages) },
    { what: `${realPages} real pages`, bytes: peakBytes("realPage", realPages) },
    { what: `${virtualPages} virtual pages and pages of files`, bytes: peakBytes("virtualPage", virtualPages) },
    { what: `${host.swapPages} swap pages`, bytes: peakBytes("swapSlot", host.swapPages) },
  ];
}

function addressedPages({ processes, files }: VmSpec): number {
  return sum(processes.map(({ virtualPages }) => virtualPages)) + sum(files.map(({ pages }) => pages));
}

function peakBytes(entry: Entry, count: number): number {
  const { copied, kernel, saved } = ENTRY_BYTES[entry];
  return count * (kernel + copied * TABLE_COPIES + saved * SAVED_COPIES);
}

function accessParts(vms: readonly VmSpec[], traces: RunInput["traces"], foresees: boolean): MemoryPart[] {
  const ofProcesses = vms.flatMap(({ processes, files }) =>
    processes.map(({ workload }) => countWorkloadAccesses(workload, { traces, files }) ?? 0),
  );
  const bounded = Math.min(MAX_BOUNDED_CHANGES, sum(ofProcesses));
  const foreseen = foresees ? sum(ofProcesses.map((accesses) => Math.min(accesses, MAX_LOOKAHEAD_ACCESSES))) : 0;
  return [
    { what: `the bound on the faults of ${bounded} accesses`, bytes: bounded * BYTES_PER_BOUNDED_ACCESS },
    { what: `${foreseen} accesses that the policy knows beforehand`, bytes: foreseen * BYTES_PER_FORESEEN_ACCESS },
  ];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
