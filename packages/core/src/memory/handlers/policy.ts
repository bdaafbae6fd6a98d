import type { Handlers } from "./handlers.ts";

/** What the policy decides, and what it lets a VM have and do. */
export const policyHandlers = {
  MemoryStateChanged: (machine, _from, to) => {
    machine.memoryState = to;
  },
  PolicyDecided: null,
  PolicyFigureSeen: null,
  DecisionClamped: null,
  MemoryLimitSet: (machine, vm, limitPages) => {
    machine.vm(vm).memoryLimitPages = limitPages;
  },
  VmSuspended: (machine, vm) => {
    machine.vm(vm).isSuspended = true;
  },
  VmResumed: (machine, number) => {
    const vm = machine.vm(number);
    vm.isSuspended = false;
  },
} satisfies Handlers<"policy">;
