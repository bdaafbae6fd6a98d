import { BalloonTargetSet, ClampCause, DecisionKind, TargetCause } from "../../../events/index.ts";
import { notifyBalloon } from "../../guest/balloon/balloon-drivers.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";
import type { DecisionMechanism } from "./decision-mechanism.ts";
import { isCount, recordClamp, recordDecision } from "./record-decision.ts";

const code = DecisionKind.SetBalloonTarget;

export const setBalloonTargetDecision: DecisionMechanism<"SetBalloonTarget"> = {
  code,
  changesTimes: true,
  needs: () => ["balloon"],
  findFault(_host, vm, { pages }) {
    if (!isCount(pages)) return `the target must be a whole number from 0, not ${pages}`;
    return vm.spec.balloon === null ? `VM ${vm.memory.vm} has no balloon driver` : undefined;
  },
  carryOut(host, vm, decision, number) {
    const pages = Math.min(decision.pages, vm.balloonCapPages);
    if (pages === vm.memory.balloonTargetPages) return;
    recordDecision(host, decision, code, decision.pages, number);
    if (pages < decision.pages) recordClamp(host, decision, { code, cause: ClampCause.AboveCap, done: pages, number });
    setBalloonTarget(host, vm, pages, TargetCause.Policy);
  },
};

/** The hypervisor's side of a new target; the driver learns it at its next poll, or is told. */
export function setBalloonTarget(host: HostRuntime, vm: VmRuntime, pages: number, cause: TargetCause): void {
  const { memory } = vm;
  vm.decisions.balloonTarget = host.recorder.decision;
  host.recorder.record(BalloonTargetSet, memory.vm, pages, memory.balloonTargetPages, cause);
  notifyBalloon(host, vm);
}
