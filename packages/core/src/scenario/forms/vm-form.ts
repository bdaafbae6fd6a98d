import { MAX_FILES, MAX_NS, MAX_PAGES, MAX_PROCESSES, MAX_VMS } from "../../reading/limits.ts";
import { byType, list, nothing } from "../../reading/collections.ts";
import { defaulted, object, optional, required, type ValuesOf } from "../../reading/object.ts";
import type { Place } from "../../reading/place.ts";
import { duration, pageCount } from "../../reading/quantities.ts";
import { type Reader, refined } from "../../reading/reader.ts";
import { choice, flag, integer, ratio, formatCount } from "../../reading/scalars.ts";
import { nameText } from "../../reading/text.ts";
import type { ProcessSpec, VmSpec } from "../vm-spec.ts";
import { balloonForm } from "./balloon-form.ts";
import { sizeBalloon } from "./balloon-forms/unsized-balloon.ts";
import { deviceForm } from "./device-form.ts";
import { findUnknownAccesses } from "../check-opt.ts";
import { REPLACEMENT_NAMES } from "../replacement-algorithms.ts";
import { checkFiles, fileForm } from "./file-form.ts";
import { exactlyOne, memorySize } from "./memory-size.ts";
import { completeWatermarks, watermarkForm } from "./watermark-form.ts";
import { ACCESS_NS, accessTime, processForm, type UnnamedProcess, type UntimedProcess } from "./process-form.ts";

/** Traces are known when the run is started. */
const NO_TRACES = new Map();
const anyPages = pageCount({ minimum: 0, maximum: MAX_PAGES });
const somePages = pageCount({ minimum: 1, maximum: MAX_PAGES });
export const startJitter = duration({ minimum: 0, maximum: MAX_NS });

/** What a guest OS and the native one have in common. */
export const guestFields = {
  kernelPages: optional(anyPages, "Pages the kernel keeps for itself; touched at the start, never replaced. Default: by kernelFraction."),
  kernelFraction: optional(
    ratio,
    "Instead of kernelPages: their part of the memory that the guest is configured with, 0 to 1, rounded down. A balloon " +
      "leaves them as they are: a VM of S pages with B in its balloon is one of S - B but for the kernel pages of B. " +
      "Default: 1/64 (published: ESX guests' kernel structures take about 1.56 %).",
  ),
  replacement: defaulted(
    choice(REPLACEMENT_NAMES),
    "How the OS chooses the page that leaves; two-list is Linux's active and inactive lists; opt, a bound, is for one process whose " +
      "accesses are known beforehand, and no files. Default: clock.",
    "clock",
  ),
  swappiness: defaulted(
    integer({ minimum: 0, maximum: 200 }, ""),
    "Of two-list: how readily anonymous pages are taken against pages of files; 0 spares them, 100 is even. " +
      "Default: 60 (published: Linux's vm.swappiness).",
    60,
  ),
  watermarks: defaulted(
    watermarkForm,
    "Free pages at which the OS reclaims: false, only when none is left; true, as Linux computes them from the memory; or " +
      "minPages, lowPages and highPages. Default: false.",
    false,
  ),
  referenceBitOnLoad: defaulted(
    choice(["set", "clear"]),
    "Of clock and two-list: whether the faulting access sets the reference bit, as a real MMU does, or not, as in textbooks. Default: set.",
    "set",
  ),
  disk: defaulted(deviceForm, 'The OS\'s own disk: "nvme", "ssd", "hdd", "compressed-memory", or its figures. Default: ssd.', "ssd"),
  swapPages: optional(
    byType<number | undefined>(
      { null: refined(nothing, () => undefined), number: anyPages, string: anyPages },
      'a number of pages, text such as "1 GiB", or null for as much as it needs',
    ),
    "Size of the OS's own swap on its disk, which takes anonymous pages: a page read back gives its place up. 0: it has none, " +
      "so that anonymous pages that were written stay in memory; null: as much as it needs. Default: null.",
  ),
  accessNs: optional(
    accessTime,
    "Simulated time each access of its processes takes besides faults, for those that do not give it. Default: the scenario's accessNs.",
  ),
  processes: required(list(processForm, { minimum: 0, maximum: MAX_PROCESSES }, "processes"), "What runs in it."),
  files: defaulted(
    list(fileForm, { minimum: 0, maximum: MAX_FILES }, "files"),
    "Files on its disk that processes read through its page cache, by a workload of kind readFile. Default: none.",
    [],
  ),
};

const fields = {
  name: optional(nameText, 'The VM\'s name, unique in the scenario. Default: "vm-1", by its place in the list.'),
  configuredPages: optional(somePages, "Real pages it is created with; or give `memory`."),
  memory: optional(memorySize, 'Instead of configuredPages: text such as "2 GiB", rounded up to whole pages.'),
  ...guestFields,
  shares: optional(
    integer({ minimum: 1, maximum: 1_000_000_000 }, "shares"),
    "Its weight against other VMs. Default: its configured pages (as in ESX: the same number of shares for each MB).",
  ),
  reservationPages: defaulted(anyPages, "Memory promised to it. Default: 0.", 0),
  limitPages: optional(
    somePages,
    "Most memory it may have: at its limit it loses a page of its own for each further one. Default: its configured pages.",
  ),
  startNs: defaulted(
    duration({ minimum: 0, maximum: MAX_NS }),
    'Simulated time at which it is switched on: ns, or text such as "2 s". Default: 0.',
    0,
  ),
  startJitterNs: optional(
    startJitter,
    "It is switched on up to so much later: each time from startNs to startNs + startJitterNs (included) is equally likely, and drawn " +
      "from the seed, so that every policy meets the same. Default: the scenario's startJitterNs.",
  ),
  largePages: defaulted(
    flag,
    "Whether the hypervisor backs 512 of its real pages at a time by one entry of 2 MiB where it can. Default: false.",
    false,
  ),
  balloon: defaulted(balloonForm, "Its balloon driver: true (simple), false, or a driver and its figures. Default: true.", true),
};

const countField = {
  count: defaulted(
    integer({ minimum: 1, maximum: MAX_VMS }, "VMs"),
    "Number of VMs like this one; their names get -1, -2, ... Default: 1.",
    1,
  ),
  startStepNs: defaulted(
    duration({ minimum: 0, maximum: MAX_NS }),
    'Of `count` VMs each further one is switched on so much later than the one before: ns, or text such as "40 ms". Default: 0.',
    0,
  ),
};

type Form = ValuesOf<typeof fields>;

/** A VM, but for times that the scenario may have. */
export type UntimedVm = Omit<VmSpec, "processes"> & { readonly processes: readonly UntimedProcess[] };
/** The same, but for a name that depends on its place. */
export type UnnamedVm = Omit<UntimedVm, "name"> & { readonly name: string | undefined };
export type RepeatedVm = { readonly vm: UnnamedVm; readonly count: number; readonly startStepNs: number };

const vmForm: Reader<UnnamedVm> = refined(object(fields, exactlyOne("configuredPages", "memory")), completeVm);

/** A VM that a command adds: without a name of its own it is "vm", and it starts at the time of the command. */
export const loneVmForm: Reader<VmSpec> = refined(vmForm, (vm, place) => {
  const { startNs, startJitterNs = 0 } = vm;
  if (startNs === 0 && startJitterNs === 0) return withTimes({ ...vm, name: vm.name ?? "vm" }, {});
  const [member, ns] = startNs > 0 ? ["startNs", startNs] : ["startJitterNs", startJitterNs];
  const told = `must be left out, not ${formatCount(ns)} ns: a VM that a command adds starts at the time of the command`;
  place.child(member).report(told);
  return undefined;
});

/** Times of a whole scenario, for the VMs and processes that do not give their own. */
export type CommonTimes = { readonly accessNs?: number | undefined; readonly startJitterNs?: number | undefined };

/** No jitter is absent, so that a scenario without any is printed as before there was one. */
export function withTimes(vm: UntimedVm, { accessNs = ACCESS_NS, startJitterNs = 0 }: CommonTimes): VmSpec {
  const jitterNs = vm.startJitterNs ?? startJitterNs;
  return { ...vm, startJitterNs: jitterNs === 0 ? undefined : jitterNs, processes: timeProcesses(vm.processes, accessNs) };
}

export function timeProcesses(processes: readonly UntimedProcess[], accessNs: number = ACCESS_NS): ProcessSpec[] {
  return processes.map((process) => ({ ...process, accessNs: process.accessNs ?? accessNs }));
}

export const repeatedVmForm: Reader<RepeatedVm> = refined(
  object({ ...fields, ...countField }, exactlyOne("configuredPages", "memory")),
  ({ count, startStepNs, ...read }, place) => {
    const vm = completeVm(read, place);
    if (vm === undefined) return undefined;
    const lastNs = vm.startNs + (count - 1) * startStepNs;
    if (lastNs <= MAX_NS) return { vm, count, startStepNs };
    const told = `has the last of the ${formatCount(count)} VMs start at ${formatCount(lastNs)} ns; at most ${formatCount(MAX_NS)} ns are allowed`;
    place.child("startStepNs").report(told);
    return undefined;
  },
);

function completeVm({ memory, kernelFraction, accessNs, ...read }: Form, place: Place): UnnamedVm | undefined {
  const configuredPages = readSize(read.configuredPages, memory, "configuredPages", place);
  if (configuredPages === undefined) return undefined;
  const before = place.problemCount;
  const kernelPages = readKernelPages(read.kernelPages, kernelFraction, configuredPages, place);
  const vm: UnnamedVm = {
    ...read,
    configuredPages,
    kernelPages,
    watermarks: completeWatermarks(read.watermarks, configuredPages, kernelPages, place),
    shares: read.shares ?? configuredPages,
    limitPages: read.limitPages ?? configuredPages,
    balloon: read.balloon === null ? null : sizeBalloon(read.balloon, configuredPages),
    processes: nameProcesses(read.processes, accessNs, place),
  };
  checkSizes(vm, place);
  checkFiles(vm.files, vm.processes, place);
  const unknown = findUnknownAccesses(vm, NO_TRACES);
  if (unknown !== undefined) place.child("replacement").report(unknown);
  return place.problemCount === before ? vm : undefined;
}

/** One of the two ways to say a size; reports both and neither. */
export function readSize(pages: number | undefined, memory: number | undefined, field: string, place: Place): number | undefined {
  if (pages !== undefined && memory !== undefined) place.report(`has both ${field} and memory; give one of them`);
  else if (pages === undefined && memory === undefined) place.child(field).report(`is missing: give it, or memory such as "2 GiB"`);
  else return pages ?? memory;
  return undefined;
}

/** Pages of the kernel, by one of the two ways to say them; reports both. */
export function readKernelPages(pages: number | undefined, fraction: number | undefined, memoryPages: number, place: Place): number {
  if (pages !== undefined && fraction !== undefined) place.report("has both kernelPages and kernelFraction; give one of them");
  return pages ?? Math.floor(memoryPages * (fraction ?? 1 / 64));
}

/** Names the unnamed, gives those without a time of their accesses that of the VM, and reports names that stand twice. */
export function nameProcesses(processes: readonly UnnamedProcess[], accessNs: number | undefined, place: Place): UntimedProcess[] {
  const named = processes.map((process, index) => ({
    ...process,
    name: process.name ?? `process-${index + 1}`,
    accessNs: process.accessNs ?? accessNs,
  }));
  named.forEach(({ name }, index) => {
    const first = named.findIndex((other) => other.name === name);
    if (first === index) return;
    place
      .child("processes")
      .child(index)
      .child("name")
      .report(`is "${name}", as is that of process ${first + 1}; names must differ`);
  });
  return named;
}

function checkSizes(vm: UnnamedVm, place: Place): void {
  const { configuredPages, kernelPages, limitPages, reservationPages } = vm;
  const memory = `the VM's ${formatCount(configuredPages)} configured pages`;
  if (kernelPages >= configuredPages) {
    place.child("kernelPages").report(`must be below ${memory}, not ${formatCount(kernelPages)}: processes need some`);
  }
  if (limitPages > configuredPages) {
    place.child("limitPages").report(`must be at most ${memory}, not ${formatCount(limitPages)}`);
  }
  if (reservationPages > limitPages) {
    place.child("reservationPages").report(`must be at most limitPages, ${formatCount(limitPages)}, not ${formatCount(reservationPages)}`);
  }
}
