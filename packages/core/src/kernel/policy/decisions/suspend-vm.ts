import { DecisionKind } from "../../../events/index.ts";
import { suspendVm } from "../../hypervisor/suspension.ts";
import type { DecisionMechanism } from "./decision-mechanism.ts";
import { recordDecision } from "./record-decision.ts";

const code = DecisionKind.SuspendVm;

export const suspendVmDecision: DecisionMechanism<"SuspendVm"> = {
  code,
  changesTimes: true,
  needs: () => ["suspend"],
  findFault: () => undefined,
  carryOut(host, vm, decision, number) {
    if (vm.memory.isSuspended) return;
    recordDecision(host, decision, code, 0, number);
    suspendVm(host, vm);
  },
};
