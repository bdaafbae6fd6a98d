import type { Handlers } from "./handlers.ts";

export const mappingHandlers = {
  PageHit: null,
  PageMissed: null,
  PageMapped: (machine, number, process, virtual, real) => {
    const vm = machine.vm(number);
    vm.mapPage(vm.process(process), virtual, real);
  },
  PageUnmapped: (machine, number, process, virtual, real) => {
    const vm = machine.vm(number);
    vm.unmapPage(vm.process(process), virtual, real);
  },
} satisfies Handlers<"mapping">;
