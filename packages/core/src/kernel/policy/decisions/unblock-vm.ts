import { DecisionKind } from "../../../events/index.ts";
import { resumeVm } from "../../hypervisor/suspension.ts";
import type { DecisionMechanism } from "./decision-mechanism.ts";
import { recordDecision } from "./record-decision.ts";

const code = DecisionKind.UnblockVm;

export const unblockVmDecision: DecisionMechanism<"UnblockVm"> = {
  code,
  needs: () => ["block"],
  findFault: () => undefined,
  carryOut(host, vm, decision, number) {
    if (!vm.memory.isBlocked) return;
    recordDecision(host, decision, code, 0, number);
    resumeVm(host, vm);
  },
};
