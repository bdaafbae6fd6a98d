import { ClampCause, DecisionKind, LimitCause } from "../../../events/index.ts";
import { setMemoryLimit, stealBeyond } from "../../hypervisor/memory-limit.ts";
import type { DecisionMechanism } from "./decision-mechanism.ts";
import { findOrderFault } from "./order-fault.ts";
import { isCount, recordClamp, recordDecision, shortfallOfSteal } from "./record-decision.ts";
import { needsOfOrder, needsOfPlace } from "./steal-pages.ts";

const code = DecisionKind.SetMemoryLimit;

export const setMemoryLimitDecision: DecisionMechanism<"SetMemoryLimit"> = {
  code,
  changesTimes: false,
  needs: (decision) => ["memoryLimit", ...needsOfOrder(decision.order), ...needsOfPlace(decision)],
  findFault(host, _vm, { pages, order }) {
    if (!isCount(pages)) return `the limit must be a whole number from 0, not ${pages}`;
    return findOrderFault(host, order);
  },
  carryOut(host, vm, decision, number) {
    const { memory, spec } = vm;
    const pages = Math.min(decision.pages, spec.limitPages);
    const { order, into = "swap" } = decision;
    const isSame = pages === memory.memoryLimitPages && order === vm.limitOrder && into === vm.limitPlace;
    if (isSame && memory.ownPages <= pages) return;
    vm.limitOrder = order;
    vm.limitPlace = into;
    vm.decisions.memoryLimit = number;
    recordDecision(host, decision, code, decision.pages, number);
    if (pages < decision.pages) recordClamp(host, decision, { code, cause: ClampCause.AboveCap, done: pages, number });
    if (pages !== memory.memoryLimitPages) setMemoryLimit(host, vm, pages, LimitCause.Policy);
    stealBeyond(host, vm, pages);
    if (memory.ownPages <= pages) return;
    recordClamp(host, decision, { code, cause: shortfallOfSteal(host, vm), done: memory.ownPages, number });
  },
};
