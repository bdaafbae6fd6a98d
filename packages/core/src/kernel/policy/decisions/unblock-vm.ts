import { DecisionKind } from "../../../events/index.ts";
import { unblockVm } from "../../hypervisor/blocking.ts";
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
    unblockVm(host, vm);
  },
};
