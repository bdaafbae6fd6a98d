import { Counter } from "../counters.ts";
import type { Handlers } from "./handlers.ts";

/** What the policy decides, and what it lets a VM have and do. */
export const policyHandlers = {
  MemoryStateChanged: (machine, _from, to) => {
    machine.memoryState = to;
  },
  PolicyDecided: (machine, vm) => {
    if (vm !== 0) machine.vm(vm).counters[Counter.decisions]++;
  },
  PolicyFigureSeen: null,
  DecisionClamped: null,
  MemoryLimitSet: (machine, vm, limitPages) => {
    machine.vm(vm).memoryLimitPages = limitPages;
  },
  VmBlocked: (machine, vm) => {
    machine.vm(vm).isBlocked = true;
  },
  VmUnblocked: (machine, number, blockedNs) => {
    const vm = machine.vm(number);
    vm.isBlocked = false;
    vm.counters[Counter.blockedNs] = blockedNs;
  },
} satisfies Handlers<"policy">;
