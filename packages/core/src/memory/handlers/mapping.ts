import { valueOf } from "../../events/index.ts";
import { GUEST_FAULT_PLACES } from "../choice-counters.ts";
import { Counter } from "../counters.ts";
import type { Handlers } from "./handlers.ts";

export const mappingHandlers = {
  PageHit: null,
  PageMissed: (machine, vm, _process, _virtual, fault) => {
    const { counters } = machine.vm(vm);
    counters[valueOf(GUEST_FAULT_PLACES, fault, "the kind of a guest fault")]++;
    counters[Counter.faults]++;
  },
  PageMapped: (machine, number, process, virtual, real) => {
    const vm = machine.vm(number);
    vm.mapPage(vm.process(process), virtual, real);
  },
  PageUnmapped: (machine, number, process, virtual, real) => {
    const vm = machine.vm(number);
    vm.unmapPage(vm.process(process), virtual, real);
  },
} satisfies Handlers<"mapping">;
