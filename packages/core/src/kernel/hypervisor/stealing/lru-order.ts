import { VictimOrder } from "../../../events/index.ts";
import { firstVictim } from "./first-victim.ts";
import type { VictimChoice } from "./victim-order.ts";

/** Exactly the page whose last access is longest ago: the hit loop tells every access from the VM's start. */
export const lruOrder: VictimChoice = {
  code: VictimOrder.Lru,
  choose: (host, vm) => firstVictim(host, vm, vm.victims.list("lru")),
};
