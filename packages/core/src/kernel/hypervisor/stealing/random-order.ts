import { VictimOrder } from "../../../events/index.ts";
import type { RealPage } from "../../../ids/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";
import { isVictim } from "./is-victim.ts";
import { nextPage } from "./next-page.ts";
import type { VictimChoice } from "./victim-order.ts";

/** Draws before a search for a resident page goes from page to page. */
const RANDOM_DRAWS = 64;

export const randomOrder: VictimChoice = { code: VictimOrder.Random, choose };

/** Uniform among the resident pages (up to the bias of the last resort: the next resident page from a random one). */
function choose(host: HostRuntime, vm: VmRuntime): RealPage {
  const pages = vm.memory.configuredPages;
  let page = 0;
  for (let draw = 0; draw < RANDOM_DRAWS; draw++) {
    page = host.stealRng.nextBelow(pages);
    if (isVictim(host, vm, page as RealPage)) return page as RealPage;
  }
  return nextPage(page, pages, (candidate) => isVictim(host, vm, candidate));
}
