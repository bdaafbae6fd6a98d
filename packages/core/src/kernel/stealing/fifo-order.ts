import { VictimOrder } from "../../events/index.ts";
import { firstVictim } from "./first-victim.ts";
import type { VictimChoice } from "./victim-order.ts";

/** The page that got its frame first. */
export const fifoOrder: VictimChoice = {
  code: VictimOrder.Fifo,
  prepare: ({ victims, memory }) => victims.keep("fifo", memory.realMap),
  choose: (host, vm) => firstVictim(host, vm, vm.victims.keep("fifo", vm.memory.realMap)),
};
