import { DecisionKind } from "../../../events/index.ts";
import { suspendVm } from "../../hypervisor/suspension.ts";
import type { DecisionMechanism } from "./decision-mechanism.ts";
import { recordDecision } from "./record-decision.ts";

const code = DecisionKind.BlockVm;

export const blockVmDecision: DecisionMechanism<"BlockVm"> = {
  code,
  needs: () => ["block"],
  findFault: () => undefined,
  carryOut(host, vm, decision, number) {
    if (vm.memory.isBlocked) return;
    recordDecision(host, decision, code, 0, number);
    suspendVm(host, vm);
  },
};
