import { BallastError } from "../../errors/index.ts";
import { AccessKind, PageHit, TargetCause, VmEnd } from "../../events/index.ts";
import { NO_PAGE, type RealPage, type VirtualPage, type VmId } from "../../ids/index.ts";
import { RealUse } from "../../memory/index.ts";
import type { TraceReader } from "../../trace/index.ts";
import { startVm } from "../guest/admission.ts";
import { popBalloonPage } from "../guest/balloon/give-back.ts";
import { setBalloonTarget } from "../policy/decisions/set-balloon-target.ts";
import type { Command } from "./command-codes.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import { endVm } from "../hypervisor/end-vm.ts";
import { noteAccess } from "./hit-loop.ts";
import { reachRealPage } from "../hypervisor/protected-page.ts";
import { directTouch } from "../hypervisor/touch.ts";
import { hasExited } from "../state/process-runtime.ts";
import { makeAccess } from "./run-vm.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";

/** @throws BallastError COMMAND_INVALID if the command cannot be carried out now. Changes nothing. */
export function checkCommand(host: HostRuntime, command: Command): void {
  const fault = findCommandFault(host, command);
  if (fault !== undefined) throw new BallastError("COMMAND_INVALID", `The command cannot be carried out: ${fault}.`);
}

/** Why a command cannot be carried out now, as the end of a sentence; undefined if it can. */
export function findCommandFault(host: HostRuntime, command: Command): string | undefined {
  switch (command.kind) {
    case "step":
      return findOutside("the number of events to step", command.events, 1, Number.MAX_SAFE_INTEGER);
    case "touchPage":
      return findVmFault(host, command.vm) ?? findSuspension(host.vm(command.vm)) ?? findTouchFault(host.vm(command.vm), command);
    case "touchRealPage":
      if (host.isOneLevel) return "under one-level mapping there is no real page to touch";
      return (
        findVmFault(host, command.vm) ??
        findSuspension(host.vm(command.vm)) ??
        findOutside("the real page", command.realPage, 0, host.vm(command.vm).memory.configuredPages)
      );
    case "setBalloonTarget":
      return findVmFault(host, command.vm) ?? findTargetFault(host.vm(command.vm), command.pages);
    case "addVm":
      return host.isOneLevel ? "under one-level mapping there are no VMs" : undefined;
    case "stopVm":
      if (host.isOneLevel) return "the native operating system cannot be stopped; stop the run";
      return findVmFault(host, command.vm);
    default:
      return undefined;
  }
}

function findVmFault(host: HostRuntime, number: VmId): string | undefined {
  if (host.vms[number - 1]?.isOn) return undefined;
  return `no VM ${number} is switched on (${host.machine.vms.length} VMs are known)`;
}

function findSuspension({ memory }: VmRuntime): string | undefined {
  if (!memory.isSuspended) return undefined;
  return `VM ${memory.vm} is suspended by the policy, and touches nothing until it is resumed`;
}

function findTouchFault({ processes }: VmRuntime, command: Extract<Command, { kind: "touchPage" }>): string | undefined {
  const process = processes[command.process - 1];
  if (process === undefined) return `VM ${command.vm} has processes 1 to ${processes.length}, not ${command.process}`;
  if (hasExited(process)) return `process ${command.process} of VM ${command.vm} has exited, and touches nothing any more`;
  return findOutside("the virtual page", command.virtualPage, 0, process.memory.virtualPages);
}

function findTargetFault(vm: VmRuntime, pages: number): string | undefined {
  if (vm.spec.balloon === null) return `VM ${vm.memory.vm} has no balloon driver`;
  return findOutside("the balloon target in pages", pages, 0, vm.balloonCapPages + 1);
}

function findOutside(what: string, value: number, first: number, end: number): string | undefined {
  if (Number.isSafeInteger(value) && value >= first && value < end) return undefined;
  return `${what} must be a whole number from ${first} to ${end - 1}, not ${value}`;
}

/** Carries out what changes the machine; the command was checked. Pause, resume, step and stop are the executor's. */
export function carryOutCommand(host: HostRuntime, command: Command, traces: ReadonlyMap<string, TraceReader>): void {
  switch (command.kind) {
    case "touchPage":
      return touchPage(host, host.vm(command.vm), command.process, command.virtualPage, command.write);
    case "touchRealPage":
      return touchRealPage(host, host.vm(command.vm), command.realPage);
    case "setBalloonTarget":
      return setBalloonTarget(host, host.vm(command.vm), command.pages, TargetCause.Command);
    case "addVm":
      host.addedSpecs.push(command.spec);
      startVm(host, command.spec, traces);
      return;
    case "stopVm":
      return endVm(host, host.vm(command.vm), VmEnd.StoppedByUser);
    default:
      return;
  }
}

function touchPage(host: HostRuntime, vm: VmRuntime, processNumber: number, page: VirtualPage, isStore: boolean): void {
  const process = vm.processes[processNumber - 1];
  const kind = isStore ? AccessKind.Store : AccessKind.Load;
  vm.advanceTo(host.recorder.nowNs);
  host.recorder.advanceTo(vm.clockNs);
  const { memory } = process;
  const real = memory.realPage(page);
  const isHit = real !== NO_PAGE && vm.memory.isResident(real) && !vm.accessBits.traps(real, isStore);
  if (host.scenario.recordHits && isHit) {
    const frame = vm.memory.physicalPage(real);
    host.recorder.record(PageHit, memory.vm, memory.process, page, real, frame, kind);
  }
  makeAccess(host, vm, process, { pages: Int32Array.of(page), at: 0, kind });
}

function touchRealPage(host: HostRuntime, vm: VmRuntime, real: RealPage): void {
  vm.advanceTo(host.recorder.nowNs);
  if (vm.memory.use[real] === RealUse.Balloon) return popBalloonPage(host, vm, real);
  reachRealPage(host, vm, directTouch(real));
  if (vm.isOn) noteAccess(vm, real);
}
