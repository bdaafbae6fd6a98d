import { balloonCapPages } from "./balloon-cap.ts";
import type { ScriptedCommand, SimulationCommand } from "./command.ts";
import { findImpossibleAdmission } from "./admission-room.ts";
import type { Place } from "../reading/place.ts";
import { formatCount } from "../reading/scalars.ts";
import type { HostSpec, Scenario } from "./scenario.ts";
import { startOrder } from "./start-order.ts";
import type { VmSpec } from "./vm-spec.ts";

/** What a script runs against: the scenario but for itself. */
export type ScriptSetting = Pick<Scenario, "host" | "vms" | "mapping" | "durationNs">;

type CommandTo<Kind> = Extract<SimulationCommand, { readonly kind: Kind }>;
type KnownVm = { readonly spec: VmSpec; stoppedBy: number | undefined };

/**
 * Reports every command of a script of which it is known beforehand that it cannot be carried out: by its time, by the VMs
 * that are there by then, and by what they are. What only the run can tell (whether a VM was ended or is suspended, whether a
 * process has exited) the run records.
 */
export function checkScript(script: readonly ScriptedCommand[], setting: ScriptSetting, place: Place): void {
  const vms = new ScriptedVms(setting.vms);
  let lastNs = 0;
  script.forEach(({ atNs, command }, index) => {
    const here = place.child("script").child(index);
    checkTime(atNs, lastNs, setting.durationNs, here.child("atNs"));
    lastNs = Math.max(lastNs, atNs);
    vms.startUntil(lastNs);
    if (setting.mapping === "oneLevel" && command.kind !== "touchPage") {
      const told = `is ${command.kind}, which needs a hypervisor; under one-level mapping there is touchPage`;
      here.child("command").report(told);
    } else checkCommand(command, index, vms, setting.host, here.child("command"));
  });
}

function checkTime(atNs: number, lastNs: number, durationNs: number | null, place: Place): void {
  if (atNs < lastNs) place.report(`is ${formatCount(atNs)} ns, before the command above it at ${formatCount(lastNs)} ns`);
  if (durationNs === null || atNs <= durationNs) return;
  place.report(`is ${formatCount(atNs)} ns, after the run's end at ${formatCount(durationNs)} ns; give it earlier, or raise durationNs`);
}

/** VMs by their numbers, in the order in which they are switched on: those of the scenario, and those that commands add. */
class ScriptedVms {
  readonly known: KnownVm[] = [];
  /** Those of the scenario that are still to come; of equal times in the order of the list. */
  private readonly waiting: VmSpec[];

  constructor(vms: readonly VmSpec[]) {
    this.waiting = startOrder(vms.map(({ startNs }) => startNs)).map((index) => vms[index]);
  }

  startUntil(ns: number): void {
    while (this.waiting.length > 0 && this.waiting[0].startNs <= ns) this.add(this.waiting.shift() as VmSpec);
  }

  add(spec: VmSpec): void {
    this.known.push({ spec, stoppedBy: undefined });
  }
}

function checkCommand(command: SimulationCommand, index: number, vms: ScriptedVms, host: HostSpec, place: Place): void {
  if (command.kind === "addVm") return vms.add(command.spec);
  const vm = vms.known[command.vm - 1];
  if (vm === undefined) return place.child("vm").report(`is ${command.vm}; there are ${vms.known.length} VMs by then`);
  if (vm.stoppedBy !== undefined) {
    return place.child("vm").report(`is ${command.vm}, which /script/${vm.stoppedBy} has stopped; leave the command out`);
  }
  const refusal = findImpossibleAdmission(host, vm.spec);
  if (refusal !== undefined) {
    return place.child("vm").report(`is ${command.vm}, "${vm.spec.name}", which can never be admitted: ${refusal}`);
  }
  switch (command.kind) {
    case "touchPage":
      return checkTouch(command, vm.spec, place);
    case "touchRealPage":
      return checkPage(command.realPage, vm.spec.configuredPages, `VM ${command.vm} has`, "real", place.child("realPage"));
    case "setBalloonTarget":
      return checkTarget(command, vm.spec, place);
    case "stopVm":
      vm.stoppedBy = index;
  }
}

/** Files of a VM have the numbers behind those of its processes. */
function checkTouch(command: CommandTo<"touchPage">, { processes, files }: VmSpec, place: Place): void {
  const own = processes[command.process - 1];
  const file = files[command.process - processes.length - 1];
  if (own !== undefined) {
    checkPage(command.virtualPage, own.virtualPages, `process "${own.name}" has`, "virtual", place.child("virtualPage"));
  } else if (file !== undefined) {
    checkPage(command.virtualPage, file.pages, `file "${file.name}" has`, "", place.child("virtualPage"));
  } else {
    const told = `is ${command.process}; VM ${command.vm} has ${processes.length} processes and ${files.length} files, numbered from 1`;
    place.child("process").report(told);
  }
}

function checkPage(page: number, pages: number, whoHas: string, kind: string, place: Place): void {
  if (page < pages) return;
  const told = `${whoHas} ${formatCount(pages)} ${kind === "" ? "" : `${kind} `}pages, numbered from 0`;
  place.report(`is ${formatCount(page)}; ${told}`);
}

function checkTarget(command: CommandTo<"setBalloonTarget">, { balloon, configuredPages }: VmSpec, place: Place): void {
  if (balloon === null) {
    return place.child("vm").report(`is ${command.vm}, which has no balloon driver; give it one by its \`balloon\``);
  }
  const cap = balloonCapPages(balloon, configuredPages);
  if (command.pages <= cap) return;
  place
    .child("pages")
    .report(
      `must be at most ${formatCount(cap)} pages, capFraction ${balloon.capFraction} of the ${formatCount(configuredPages)} ` +
        `configured pages of VM ${command.vm}, not ${formatCount(command.pages)}`,
    );
}
