import { BallastError } from "../../../errors/index.ts";
import { ClampCause, DecisionClamped, type DecisionKind, PolicyDecided, PolicyFigureSeen } from "../../../events/index.ts";
import { NO_VM, type VmId } from "../../../ids/index.ts";
import type { Decision } from "../../../policy/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";

const MILLIONTHS = 1_000_000;

/** Records a decision with its reason and figures; `pages` is what it asks for. */
export function recordDecision(host: HostRuntime, decision: Decision, code: DecisionKind, pages: number, number: number): void {
  const { recorder } = host;
  const reason = recorder.stringId(decision.reason);
  const vm = vmOf(decision);
  recorder.record(PolicyDecided, vm, code, reason, number, pages);
  for (const [name, value] of Object.entries(decision.figures ?? {})) {
    const millionths = Math.round(value * MILLIONTHS);
    if (!Number.isSafeInteger(millionths)) refuse(decision, `its figure ${name} is ${value}, which cannot be recorded`);
    recorder.record(PolicyFigureSeen, vm, recorder.stringId(name), number, millionths);
  }
}

/** How many pages of a decision were done, and why no more. `number` is the decision's. */
type Clamp = { readonly code: DecisionKind; readonly cause: ClampCause; readonly done: number; readonly number: number };

/** Records that only `done` pages of a decision were done, and why. */
export function recordClamp(host: HostRuntime, decision: Decision, { code, cause, done, number }: Clamp): void {
  host.recorder.record(DecisionClamped, vmOf(decision), code, cause, number, done);
}

/** Why fewer pages of a VM were stolen than were asked for. */
export function shortfallOfSteal(host: HostRuntime, vm: VmRuntime): ClampCause {
  const isSwapFull = host.freeSwapSlots.free === 0 && vm.memory.residentPages > 0;
  return isSwapFull ? ClampCause.SwapFull : ClampCause.NothingToTake;
}

/** @throws BallastError POLICY_DECISION_INVALID */
export function refuse(decision: Decision, why: string): never {
  throw new BallastError("POLICY_DECISION_INVALID", `The policy decided ${describe(decision)}, but ${why}. Correct the policy.`);
}

/** Whatever the policy gave as a decision, in a few words. */
function describe(decision: unknown): string {
  if (typeof decision !== "object" || decision === null) return shown(decision);
  const { kind, vm } = decision as { readonly kind?: unknown; readonly vm?: unknown };
  return vm === undefined ? shown(kind) : `${shown(kind)} for VM ${shown(vm)}`;
}

const MAX_SHOWN_LENGTH = 60;

function shown(value: unknown): string {
  const text = typeof value === "object" && value !== null ? "an object" : String(value);
  return text.length > MAX_SHOWN_LENGTH ? `${text.slice(0, MAX_SHOWN_LENGTH)}...` : text;
}

export function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function vmOf(decision: Decision): VmId | typeof NO_VM {
  return "vm" in decision ? decision.vm : NO_VM;
}
