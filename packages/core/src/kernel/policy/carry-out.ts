import { NO_VM } from "../../ids/index.ts";
import type { Capability, Decision } from "../../policy/index.ts";
import { suspendVmDecision } from "./decisions/suspend-vm.ts";
import { findShapeFault } from "./decisions/decision-shape.ts";
import type { DecisionMechanism } from "./decisions/decision-mechanism.ts";
import { refuse } from "./decisions/record-decision.ts";
import { setBalloonTargetDecision } from "./decisions/set-balloon-target.ts";
import { setFreePageReportingDecision } from "./decisions/set-free-page-reporting.ts";
import { setMemoryLimitDecision } from "./decisions/set-memory-limit.ts";
import { sharePagesDecision } from "./decisions/share-pages.ts";
import { stealPagesDecision } from "./decisions/steal-pages.ts";
import { resumeVmDecision } from "./decisions/resume-vm.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";

/** Every kind of decision that the kernel carries out. */
const MECHANISMS: { readonly [Kind in Decision["kind"]]?: DecisionMechanism<Kind> } = {
  SetBalloonTarget: setBalloonTargetDecision,
  StealPages: stealPagesDecision,
  SharePages: sharePagesDecision,
  SetMemoryLimit: setMemoryLimitDecision,
  SuspendVm: suspendVmDecision,
  ResumeVm: resumeVmDecision,
  SetFreePageReporting: setFreePageReportingDecision,
};

/**
 * Carries a decision out, records it with its reason, clamps what cannot be. All events of that name the decision. Returns
 * the VM that may do something at another time now, if the decision can change that.
 * @throws BallastError POLICY_DECISION_INVALID if it names what is not there or was not declared; nothing is changed.
 */
export function carryOut(host: HostRuntime, decision: Decision, number: number): VmRuntime | undefined {
  const shapeFault = findShapeFault(decision);
  if (shapeFault !== undefined) refuse(decision, shapeFault);
  const vm = "vm" in decision ? runningVm(host, decision) : undefined;
  // The kind picks the mechanism that takes just this decision, which the compiler cannot follow.
  const mechanism = Object.hasOwn(MECHANISMS, decision.kind)
    ? (MECHANISMS[decision.kind] as unknown as AnyMechanism)
    : refuse(decision, "it is of no known kind");
  const fault = mechanism.findFault(host, vm, decision);
  if (fault !== undefined) refuse(decision, fault);
  for (const needed of mechanism.needs(decision)) {
    if (!host.rights.capabilities.includes(needed))
      refuse(decision, `the policy does not declare \`${needed}\` in \`requires\`, or not for these parameters in \`uses\``);
  }
  const { recorder } = host;
  const before = recorder.decision;
  recorder.decision = number;
  mechanism.carryOut(host, vm, decision, number);
  recorder.decision = before;
  return mechanism.changesTimes ? vm : undefined;
}

type AnyMechanism = {
  readonly changesTimes: boolean;
  needs(decision: Decision): readonly Capability[];
  findFault(host: HostRuntime, vm: VmRuntime | undefined, decision: Decision): string | undefined;
  carryOut(host: HostRuntime, vm: VmRuntime | undefined, decision: Decision, number: number): void;
};

function runningVm(host: HostRuntime, decision: Extract<Decision, { readonly vm: number }>): VmRuntime {
  const vm = host.vms[decision.vm - 1];
  if (vm === undefined || !vm.isOn || decision.vm === NO_VM) {
    refuse(decision, `there is no VM ${decision.vm} that is switched on`);
  }
  return vm;
}
