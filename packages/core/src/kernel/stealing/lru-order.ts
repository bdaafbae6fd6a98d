import { VictimOrder } from "../../events/index.ts";
import { firstVictim } from "./first-victim.ts";
import type { VictimChoice } from "./victim-order.ts";

/** Exactly the page whose last access is longest ago. The hit loop tells every access as soon as this order is in use. */
export const lruOrder: VictimChoice = {
  code: VictimOrder.Lru,
  prepare: ({ victims, memory }) => victims.keep("lru", memory.realMap),
  choose: (host, vm) => firstVictim(host, vm, vm.victims.keep("lru", vm.memory.realMap)),
};
