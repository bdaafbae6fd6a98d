import { valueOf } from "../../events/index.ts";
import { TRAP_PLACES } from "../choice-counters.ts";
import { Counter } from "../counters.ts";
import type { Handlers } from "./handlers.ts";

export const trapHandlers = {
  Trapped: (machine, vm, _process, cause, _virtual, _real, costNs) => {
    const { counters } = machine.vm(vm);
    counters[valueOf(TRAP_PLACES, cause, "the cause of a trap")]++;
    counters[Counter.trapCostNs] += costNs;
  },
} satisfies Handlers<"trap">;
