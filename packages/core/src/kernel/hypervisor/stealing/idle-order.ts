import { VictimOrder } from "../../../events/index.ts";
import { NO_PAGE, type RealPage } from "../../../ids/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import { wasAccessed } from "../large-pages.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";
import { isVictim } from "./is-victim.ts";
import { nextPage } from "./next-page.ts";
import type { VictimChoice } from "./victim-order.ts";

export const idleOrder: VictimChoice = { code: VictimOrder.Idle, choose };

/** The next page, from where the last search ended, that was idle at the last scan and has not been touched since. */
function choose(host: HostRuntime, vm: VmRuntime): RealPage {
  const { memory, accessBits } = vm;
  if (vm.idlePages <= 0) return NO_PAGE as RealPage;
  const page = nextPage(vm.scanHand, memory.configuredPages, (candidate) => {
    const isIdle = accessBits.isIdle(candidate) && !wasAccessed(vm, candidate);
    return isIdle && isVictim(host, vm, candidate);
  });
  vm.idlePages = page === NO_PAGE ? 0 : vm.idlePages - 1;
  if (page !== NO_PAGE) vm.scanHand = page + 1 === memory.configuredPages ? 0 : page + 1;
  return page;
}
