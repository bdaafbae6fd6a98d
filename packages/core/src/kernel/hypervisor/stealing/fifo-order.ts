import { VictimOrder } from "../../../events/index.ts";
import { firstVictim } from "./first-victim.ts";
import type { VictimChoice } from "./victim-order.ts";

/** The page that got its frame first. */
export const fifoOrder: VictimChoice = {
  code: VictimOrder.Fifo,
  choose: (host, vm) => firstVictim(host, vm, vm.victims.list("fifo")),
};
