import { VictimOrder } from "../../../events/index.ts";
import { NO_PAGE, type RealPage } from "../../../ids/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import { wasReferenced } from "../large-pages.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";
import { isVictim } from "./is-victim.ts";
import type { VictimChoice } from "./victim-order.ts";

export const clockOrder: VictimChoice = { code: VictimOrder.Clock, choose };

/**
 * The list's head is where the hand points: a page accessed since the hand passed it last gets a second chance. The access
 * that brings a page sets its bit, as a memory management unit does: `referenceBitOnLoad` "set" of a guest's clock.
 */
function choose(host: HostRuntime, vm: VmRuntime): RealPage {
  const { accessBits } = vm;
  const list = vm.victims.list("clock");
  let page = list.first as RealPage;
  while (page !== NO_PAGE && (wasReferenced(vm, page) || !isVictim(host, vm, page))) {
    accessBits.clearReferenced(page);
    list.moveToEnd(page);
    page = list.first as RealPage;
  }
  return page;
}
