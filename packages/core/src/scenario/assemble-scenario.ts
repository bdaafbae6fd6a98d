import { findUnknownAccesses } from "./check-opt.ts";
import { checkScript } from "./check-script.ts";
import { checkCosts, findEndlessWork } from "./check-times.ts";
import { checkFiles } from "./forms/file-form.ts";
import { nameProcesses, readKernelPages, type RepeatedVm, timeProcesses, withTimes } from "./forms/vm-form.ts";
import type { ScenarioValues } from "./forms/scenario-form.ts";
import { completeWatermarks } from "./forms/watermark-form.ts";
import type { Place } from "../reading/place.ts";
import { formatCount } from "../reading/scalars.ts";
import type { HostSpec, Scenario } from "./scenario.ts";
import { plainDevice } from "./device-profiles.ts";
import type { VmSpec } from "./vm-spec.ts";
import { MAX_PAGES, MAX_VMS } from "../reading/limits.ts";

/** Fills in what depends on several parts of a scenario, and checks them against each other. */
export function assembleScenario(values: ScenarioValues, place: Place): Scenario | undefined {
  const mapping = values.os === undefined ? "twoLevel" : "oneLevel";
  if (!checkMapping(values, place)) return undefined;
  const before = place.problemCount;
  const vms = values.os === undefined ? repeatVms(values, place) : [nativeVm(values, place)];
  const host = completeHost(values, vms);
  if (mapping === "oneLevel") checkNativeHost(values, place);
  else checkOverhead(host, vms.length, place);
  const added = addedVms(values);
  checkTotals([...vms, ...added], place);
  checkNames(vms, values, place);
  checkCosts(host, [...vms, ...added], place.child("host").child("costs"));
  checkWork(values, vms, place);
  checkJitter(values, vms, place);
  checkScript(values.script, { host, vms, mapping, durationNs: values.durationNs }, place);
  if (place.problemCount !== before) return undefined;
  const { name, description, seed, mmu, durationNs, recordHits, sampleNs, lookaheadNs, policy, script } = values;
  return { name, description, seed, mapping, mmu, durationNs, recordHits, sampleNs, lookaheadNs, host, vms, policy, script };
}

function checkMapping({ os, vms, mapping }: ScenarioValues, place: Place): boolean {
  if (os !== undefined && vms !== undefined) place.report("has both os (one level) and vms (two levels); give one of them");
  else if (os === undefined && vms === undefined) place.report("has neither vms (two levels) nor os (one level)");
  else if (mapping === "oneLevel" && os === undefined) place.child("vms").report("do not exist under one-level mapping; give os");
  else if (mapping === "twoLevel" && vms === undefined) place.child("os").report("belongs to one-level mapping; give vms");
  else return true;
  return false;
}

function repeatVms(values: ScenarioValues, place: Place): VmSpec[] {
  const repeated: readonly RepeatedVm[] = values.vms ?? [];
  const vms: VmSpec[] = [];
  const places = new Map<string, number>();
  repeated.forEach(({ vm, count, startStepNs }, index) => {
    for (let copy = 1; copy <= count && vms.length < MAX_VMS; copy++) {
      const base = vm.name === undefined ? `vm-${vms.length + 1}` : vm.name;
      const name = vm.name !== undefined && count > 1 ? `${base}-${copy}` : base;
      const earlier = places.get(name);
      if (earlier !== undefined) {
        place.child("vms").child(index).child("name").report(`gives "${name}", as does /vms/${earlier}; names must differ`);
      }
      places.set(name, index);
      vms.push(withTimes({ ...vm, name, startNs: vm.startNs + (copy - 1) * startStepNs }, values));
    }
  });
  const total = repeated.reduce((sum, { count }) => sum + count, 0);
  if (total > MAX_VMS) place.child("vms").report(`are ${formatCount(total)} in all; ${formatCount(MAX_VMS)} are allowed`);
  return vms;
}

/** Under one-level mapping the OS is the one VM, as large as the host. */
function nativeVm({ os, host, accessNs, startJitterNs }: ScenarioValues, place: Place): VmSpec {
  const framePages = host.framePages;
  const kernelPages = readKernelPages(os?.kernelPages, os?.kernelFraction, framePages, place.child("os"));
  if (kernelPages >= framePages) {
    const told = `must be below the host's ${formatCount(framePages)} frames, not ${formatCount(kernelPages)}`;
    place.child("os").child("kernelPages").report(told);
  }
  if (startJitterNs !== undefined) place.child("startJitterNs").report("is of VMs (two levels); leave it out beside os (one level)");
  const named = nameProcesses(os?.processes ?? [], os?.accessNs, place.child("os"));
  const [files, processes] = [os?.files ?? [], timeProcesses(named, accessNs)];
  checkFiles(files, processes, place.child("os"));
  const replacement = os?.replacement ?? "clock";
  const unknown = findUnknownAccesses({ replacement, processes, files }, new Map());
  if (unknown !== undefined) place.child("os").child("replacement").report(unknown);
  return {
    name: os?.name ?? "os",
    configuredPages: framePages,
    kernelPages,
    replacement,
    swappiness: os?.swappiness ?? 60,
    watermarks: completeWatermarks(os?.watermarks ?? null, framePages, kernelPages, place.child("os")),
    referenceBitOnLoad: os?.referenceBitOnLoad ?? "set",
    shares: framePages,
    reservationPages: 0,
    limitPages: framePages,
    startNs: 0,
    largePages: false,
    disk: os?.disk ?? plainDevice(0, 0),
    swapPages: os?.swapPages,
    balloon: null,
    processes,
    files,
  };
}

/** VMs that the script adds, in order. */
function addedVms({ script }: Pick<ScenarioValues, "script">): VmSpec[] {
  return script.flatMap(({ command }) => (command.kind === "addVm" ? [command.spec] : []));
}

function completeHost(values: ScenarioValues, vms: readonly VmSpec[]): HostSpec {
  const { host, os } = values;
  const swappable = [...vms, ...addedVms(values)].reduce((sum, vm) => sum + vm.configuredPages - vm.reservationPages, 0);
  const byDefault = os === undefined ? Math.min(swappable, MAX_PAGES) : 0;
  return { ...host, swapPages: host.swapPages ?? byDefault };
}

function checkNativeHost({ host }: ScenarioValues, place: Place): void {
  for (const field of ["overheadPages", "vmOverheadPages", "swapPages"] as const) {
    const pages = host[field] ?? 0;
    if (pages === 0) continue;
    place
      .child("host")
      .child(field)
      .report(`must be 0 under one-level mapping, not ${formatCount(pages)}: there is no hypervisor`);
  }
}

function checkOverhead({ framePages, overheadPages, vmOverheadPages }: HostSpec, vmCount: number, place: Place): void {
  const overhead = overheadPages + vmCount * vmOverheadPages;
  if (overhead < framePages) return;
  place
    .child("host")
    .report(
      `is too small for its overhead, so that more VMs are asked for than fit: the hypervisor's ${formatCount(overheadPages)} pages and ` +
        `${formatCount(vmOverheadPages)} for each of ${formatCount(vmCount)} VMs make ${formatCount(overhead)}, and it has ` +
        `${formatCount(framePages)} frames; take fewer VMs, less overhead or more frames`,
    );
}

function checkTotals(vms: readonly VmSpec[], place: Place): void {
  const configured = vms.reduce((sum, vm) => sum + vm.configuredPages, 0);
  const virtual = vms.reduce((sum, vm) => sum + addressedPages(vm), 0);
  const max = formatCount(MAX_PAGES);
  if (configured > MAX_PAGES) place.child("vms").report(`have ${formatCount(configured)} configured pages in all; ${max} are allowed`);
  if (virtual > MAX_PAGES) place.report(`has ${formatCount(virtual)} virtual pages in all its processes and files; ${max} are allowed`);
}

function addressedPages({ processes, files }: VmSpec): number {
  const own = processes.reduce((sum, { virtualPages }) => sum + virtualPages, 0);
  return files.reduce((sum, { pages }) => sum + pages, own);
}

/** VMs that commands add have names of their own, too. */
function checkNames(vms: readonly VmSpec[], { script }: ScenarioValues, place: Place): void {
  const taken = new Set(vms.map(({ name }) => name));
  script.forEach(({ command }, index) => {
    if (command.kind !== "addVm") return;
    const { name } = command.spec;
    if (taken.has(name)) {
      const here = place.child("script").child(index).child("command").child("spec").child("name");
      here.report(`is "${name}", as is that of an earlier VM; names must differ`);
    }
    taken.add(name);
  });
}

/** Reports VMs that come after the run's end, and work that takes longer than any run. Traces are known later. */
function checkWork(values: ScenarioValues, vms: readonly VmSpec[], place: Place): void {
  const { durationNs, os } = values;
  placesOfVms(values, place).forEach((here, index) => {
    const vm = vms[index];
    if (vm === undefined) return;
    if (durationNs === null) {
      const problem = findEndlessWork(vm, new Map());
      if (problem !== undefined) here.report(problem);
    } else if (os === undefined) checkStart(vm, durationNs, here);
  });
}

function checkStart({ startNs, startJitterNs = 0 }: VmSpec, durationNs: number, place: Place): void {
  if (startNs + startJitterNs <= durationNs) return;
  const told = `after the run's end at ${formatCount(durationNs)} ns; start it earlier, or raise durationNs`;
  if (startNs > durationNs) place.child("startNs").report(`is ${formatCount(startNs)} ns, ${told}`);
  else place.child("startJitterNs").report(`lets it start at up to ${formatCount(startNs + startJitterNs)} ns, ${told}`);
}

/** A script names VMs by the order in which they are switched on, which jitter leaves to the seed. */
function checkJitter({ script }: ScenarioValues, vms: readonly VmSpec[], place: Place): void {
  const jittered = vms.find(({ startJitterNs }) => startJitterNs !== undefined);
  const naming = script.findIndex(({ command }) => "vm" in command);
  if (jittered === undefined || naming < 0) return;
  const told =
    `names a VM by its number in the order in which VMs are switched on, but VM "${jittered.name}" has startJitterNs, so that the ` +
    "order depends on the seed; leave out the jitter or the command";
  place.child("script").child(naming).child("command").child("vm").report(told);
}

/** Where the scenario describes each VM; the last of several, which starts last, stands for all of them. */
function placesOfVms({ vms, os }: ScenarioValues, place: Place): Map<number, Place> {
  const places = new Map<number, Place>();
  if (os !== undefined) return places.set(0, place.child("os"));
  let end = 0;
  (vms ?? []).forEach(({ count }, index) => {
    end += count;
    places.set(end - 1, place.child("vms").child(index));
  });
  return places;
}
