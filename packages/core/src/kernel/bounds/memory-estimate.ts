import { capabilitiesOf, type ParameterValues, type Policy } from "../../policy/index.ts";
import { LARGE_PAGE_PAGES } from "../../ids/index.ts";
import {
  MAX_LOOKAHEAD_ACCESSES,
  balloonCapPages,
  listPlacedVms,
  type ProcessSpec,
  type Replacement,
  type Scenario,
  type VmSpec,
} from "../../scenario/index.ts";
import type { TraceReader } from "../../trace/index.ts";
import { countWorkloadPages, listLeaves, type WorkloadLeaf } from "../../workload/index.ts";
import { accessesOfProcesses } from "./count-accesses.ts";
import { MAX_BOUNDED_CHANGES } from "./fault-bound.ts";

/**
 * Bytes that one entry takes. `made`: in a kernel with its tables as soon as these are made, because not all is zeros, or because pages
 * are sampled anywhere. And if something happens to the entry: in a `kernel` in all, in a copy of the tables (those of
 * `tablesOf`), and in a saved kernel. These are the most under any policy that comes with Ballast, read-ahead and
 * reporting included.
 */
export const ENTRY_BYTES = {
  frame: { made: 5, copied: 13, kernel: 21, saved: 9 },
  realPage: { made: 14, copied: 23, kernel: 52, saved: 52 },
  virtualPage: { made: 4, copied: 8, kernel: 12, saved: 12 },
  swapSlot: { made: 0, copied: 0, kernel: 13, saved: 13 },
} as const;
type Entry = keyof typeof ENTRY_BYTES;

/** Per real page, in all of a run's kernels and their saved forms: what a guest's replacement takes beyond the others, which `realPage` has. */
const REPLACEMENT_BYTES: Partial<Readonly<Record<Replacement, number>>> = { sieve: 4, lfu: 64 };
/** Under opt: its page, its next use, and the former once more while they are listed. */
const BYTES_PER_KNOWN_ACCESS = 12;

/** The run's own, and the one that bounds the faults of a run that was resumed from a checkpoint. */
const KERNELS = 2;
/** Keyframes are made from two earlier states of the tables; a checkpoint is the saved kernel, and its serialised form. */
const TABLE_COPIES = 2;
const SAVED_COPIES = 2;
/** A page number, a next use, and both once more while they are made. */
const BYTES_PER_BOUNDED_ACCESS = 16;
/** When it was used last. */
const BYTES_PER_BOUNDED_PAGE = 4;
const BYTES_PER_FORESEEN_ACCESS = 12;
const NO_TRACES: RunInput["traces"] = new Map();
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
 * anything is made: VMs count whether they will be admitted or not, and of traces nothing but their accesses and pages. Pages
 * that no workload can touch, no guest kernel has and no balloon may hold take little, because memory that was never written
 * to is not taken from the system. What commands touch besides is not known before.
 */
export function estimateMemory({ scenario, policy, parameters, traces }: RunInput): MemoryPart[] {
  const vms = listPlacedVms(scenario).map(({ vm }) => vm);
  const parts = [
    ...tableParts(scenario, vms, traces),
    ...accessParts(vms, traces, policy.needsAllAccesses === true || capabilitiesOf(policy, parameters).includes("foresight")),
    { what: "the run itself", bytes: FIXED_BYTES },
  ];
  return parts.sort((left, right) => right.bytes - left.bytes);
}

/** Bytes of memory that a VM takes which is added to a run. The frames that it may use are new to the run at most. */
export function estimateVmMemory(vm: VmSpec): number {
  const used = usedRealPages(vm, NO_TRACES);
  const pages = peakBytes("realPage", { all: vm.configuredPages, used }) + peakBytes("virtualPage", addressedPages(vm, NO_TRACES));
  return pages + peakBytes("frame", { all: 0, used });
}

/** How many entries there are, and to how many of them something can happen. */
type Pages = { readonly all: number; readonly used: number };

function tableParts({ host, mapping }: Scenario, vms: readonly VmSpec[], traces: RunInput["traces"]): MemoryPart[] {
  const all = sum(vms.map(({ configuredPages }) => configuredPages));
  // On one level every page has its frame from the beginning.
  const used = mapping === "oneLevel" ? all : sum(vms.map((vm) => usedRealPages(vm, traces)));
  const overhead = host.overheadPages + vms.length * host.vmOverheadPages;
  const frames = { all: host.framePages, used: Math.min(host.framePages, used + overhead) };
  // Slots that were given back go out first, unless whole stretches are looked for: then every slot has its turn.
  const usedSwapSlots = host.swapWriteClusterPages === undefined ? Math.min(host.swapPages, used) : host.swapPages;
  const virtual = vms.map((vm) => addressedPages(vm, traces)).reduce(addPages, { all: 0, used: 0 });
  const parts = [
    ["frame", "frames", frames],
    ["realPage", "real pages", { all, used }],
    ["virtualPage", "virtual pages and pages of files", virtual],
    ["swapSlot", "swap pages", { all: host.swapPages, used: usedSwapSlots }],
  ] as const;
  const extra = sum(vms.map((vm) => (REPLACEMENT_BYTES[vm.replacement] ?? 0) * usedRealPages(vm, traces)));
  const replacement = { what: "the replacement of guests", bytes: extra + knownAccesses(vms, traces) * BYTES_PER_KNOWN_ACCESS * KERNELS };
  const ofEntries = parts.map(([entry, what, pages]) => ({ what: `${describePages(pages)}${what}`, bytes: peakBytes(entry, pages) }));
  return replacement.bytes === 0 ? ofEntries : [...ofEntries, replacement];
}

function knownAccesses(vms: readonly VmSpec[], traces: RunInput["traces"]): number {
  const knowing = vms.filter(({ replacement }) => replacement === "opt");
  return sum(knowing.flatMap((vm) => accessesOfProcesses(vm, traces).map((accesses) => accesses ?? 0)));
}

function describePages({ all, used }: Pages): string {
  return used === all ? `${all} ` : `${used} used of ${all} `;
}

function addPages(left: Pages, right: Pages): Pages {
  return { all: left.all + right.all, used: left.used + right.used };
}

/** Those of its kernel, of its processes and files, and those that its balloon may hold. The last mapping may be a large one. */
function usedRealPages(vm: VmSpec, traces: RunInput["traces"]): number {
  const { configuredPages, kernelPages, balloon } = vm;
  const used = kernelPages + addressedPages(vm, traces).used + balloonCapPages(balloon, configuredPages) + LARGE_PAGE_PAGES;
  return Math.min(configuredPages, used);
}

function addressedPages({ processes, files }: VmSpec, traces: RunInput["traces"]): Pages {
  const ofProcesses = processes.map((process) => ({ all: process.virtualPages, used: usedVirtualPages(process, traces) }));
  return [...ofProcesses, ...files.map(({ pages }) => ({ all: pages, used: pages }))].reduce(addPages, { all: 0, used: 0 });
}

/**
 * The disk of a process with pages of a file holds something for each of them. A workload that waits for commands, or a trace that is not
 * known, can touch any.
 */
function usedVirtualPages({ virtualPages, backing, image, workload }: ProcessSpec, traces: RunInput["traces"]): number {
  const isKnown = backing === "anonymous" && image === null && listLeaves(workload).every((leaf) => isBounded(leaf, traces));
  return isKnown ? Math.min(virtualPages, countWorkloadPages(workload, traces)) : virtualPages;
}

function isBounded({ pages, trace, reading }: WorkloadLeaf, traces: RunInput["traces"]): boolean {
  return pages !== undefined || reading !== undefined || (trace !== undefined && traces.has(trace));
}

function peakBytes(entry: Entry, { all, used }: Pages): number {
  const { made, copied, kernel, saved } = ENTRY_BYTES[entry];
  return all * made * KERNELS + used * (kernel - made + copied * TABLE_COPIES + saved * SAVED_COPIES);
}

function accessParts(vms: readonly VmSpec[], traces: RunInput["traces"], foresees: boolean): MemoryPart[] {
  const ofProcesses = vms.flatMap((vm) => accessesOfProcesses(vm, traces).map((accesses) => accesses ?? 0));
  const bounded = Math.min(MAX_BOUNDED_CHANGES, sum(ofProcesses));
  const pages = sum(vms.map((vm) => addressedPages(vm, traces).all));
  const foreseen = foresees ? sum(ofProcesses.map((accesses) => Math.min(accesses, MAX_LOOKAHEAD_ACCESSES))) : 0;
  return [
    { what: `the bound on the faults of ${bounded} accesses`, bytes: bounded * BYTES_PER_BOUNDED_ACCESS + pages * BYTES_PER_BOUNDED_PAGE },
    { what: `${foreseen} accesses that the policy knows beforehand`, bytes: foreseen * BYTES_PER_FORESEEN_ACCESS },
  ];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
