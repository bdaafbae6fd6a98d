import { BallastError } from "../errors/index.ts";
import { ClampCause, DecisionKind, EventCode, TargetCause, VictimOrder } from "../events/index.ts";
import { NO_ONE } from "../ids/index.ts";
import type { Capability, Decision, SetBalloonTarget, StealPages } from "../policy/index.ts";
import type { Host } from "./host.ts";
import type { RunningVm } from "./running-vm.ts";
import { stealPage, stealPages } from "./stealing.ts";

const MILLIONTHS = 1_000_000;

/**
 * Carries a decision out, records it with its reason, clamps what cannot be.
 * @throws BallastError POLICY_DECISION_INVALID if it names what is not there or was not declared; nothing is changed.
 */
export function carryOut(host: Host, decision: Decision, capabilities: readonly Capability[], number: number): void {
  const vm = checkDecision(host, decision, capabilities);
  if (decision.kind === "SetBalloonTarget") carryOutTarget(host, vm, decision, number);
  else carryOutSteal(host, vm, decision, number);
}

function checkDecision(host: Host, decision: Decision, capabilities: readonly Capability[]): RunningVm {
  const vm = host.vms[decision.vm - 1];
  if (vm === undefined || !vm.isOn) refuse(decision, `there is no VM ${decision.vm} that is switched on`);
  if (typeof decision.reason !== "string" || decision.reason === "") refuse(decision, "it gives no reason");
  if (decision.kind === "SetBalloonTarget") {
    requireCapability(decision, capabilities, "balloon");
    if (!isCount(decision.pages)) refuse(decision, `the target must be a whole number from 0, not ${decision.pages}`);
    if (vm.spec.balloon === null) refuse(decision, `VM ${decision.vm} has no balloon driver`);
    return vm;
  }
  if (decision.kind !== "StealPages") refuse(decision, "it is of no known kind");
  requireCapability(decision, capabilities, "steal");
  const { take } = decision;
  if ("count" in take) {
    if (!isCount(take.count)) refuse(decision, `the count must be a whole number from 0, not ${take.count}`);
    if (take.order !== "random" && take.order !== "idle") refuse(decision, `there is no order ${String(take.order)}`);
    if (take.order === "idle") requireCapability(decision, capabilities, "idleScan");
    return vm;
  }
  for (const page of take.realPages) {
    if (isCount(page) && page < vm.memory.configuredPages) continue;
    refuse(decision, `VM ${decision.vm} has real pages 0 to ${vm.memory.configuredPages - 1}, and no page ${page}`);
  }
  return vm;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function requireCapability(decision: Decision, capabilities: readonly Capability[], needed: Capability): void {
  if (capabilities.includes(needed)) return;
  refuse(decision, `the policy does not declare \`${needed}\` in \`requires\``);
}

function refuse(decision: Decision, why: string): never {
  throw new BallastError(
    "POLICY_DECISION_INVALID",
    `The policy decided ${decision.kind} for VM ${decision.vm}, but ${why}. Mend the policy.`,
  );
}

function carryOutTarget(host: Host, vm: RunningVm, decision: SetBalloonTarget, number: number): void {
  const pages = Math.min(decision.pages, vm.balloonCapPages);
  if (pages === vm.memory.balloonTargetPages) return;
  recordDecision(host, decision, DecisionKind.SetBalloonTarget, decision.pages, number);
  if (pages < decision.pages) {
    recordClamp(host, vm, DecisionKind.SetBalloonTarget, ClampCause.AboveCap, pages, number);
  }
  setBalloonTarget(host, vm, pages, TargetCause.Policy);
}

export function setBalloonTarget(host: Host, vm: RunningVm, pages: number, cause: number): void {
  const { memory } = vm;
  host.recorder.record(EventCode.BalloonTargetSet, memory.vm, NO_ONE, pages, memory.balloonTargetPages, cause);
  vm.pollMadeProgress = true;
}

function carryOutSteal(host: Host, vm: RunningVm, decision: StealPages, number: number): void {
  const { take } = decision;
  const wanted = "count" in take ? take.count : take.realPages.length;
  if (wanted === 0) return;
  recordDecision(host, decision, DecisionKind.StealPages, wanted, number);
  const done = "count" in take ? stealPages(host, vm, take.count, take.order) : stealChosen(host, vm, decision);
  if (done === wanted) return;
  const isSwapFull = host.freeSwapSlots.free === 0 && vm.memory.residentPages > 0;
  const cause = isSwapFull ? ClampCause.SwapFull : ClampCause.NothingToTake;
  recordClamp(host, vm, DecisionKind.StealPages, cause, done, number);
}

function stealChosen(host: Host, vm: RunningVm, decision: StealPages): number {
  let stolen = 0;
  if (!("realPages" in decision.take)) return stolen;
  for (const page of decision.take.realPages) {
    if (vm.memory.isResident(page) && stealPage(host, vm, page, VictimOrder.Chosen)) stolen++;
  }
  return stolen;
}

function recordDecision(host: Host, decision: Decision, kind: number, pages: number, number: number): void {
  const { recorder } = host;
  const reason = recorder.textId(decision.reason);
  recorder.record(EventCode.PolicyDecided, decision.vm, NO_ONE, kind, reason, number, pages);
  for (const [name, value] of Object.entries(decision.figures ?? {})) {
    const millionths = Math.round(value * MILLIONTHS);
    if (!Number.isSafeInteger(millionths)) refuse(decision, `its figure ${name} is ${value}, which cannot be recorded`);
    recorder.record(EventCode.PolicyFigureSeen, decision.vm, NO_ONE, recorder.textId(name), 0, number, millionths);
  }
}

function recordClamp(host: Host, vm: RunningVm, kind: number, cause: number, done: number, number: number): void {
  host.recorder.record(EventCode.DecisionClamped, vm.memory.vm, NO_ONE, kind, cause, number, done);
}
