import { VictimOrder } from "../../events/index.ts";
import { NO_PAGE, type RealPage } from "../../ids/index.ts";
import type { Host } from "../host.ts";
import { wasAccessedSinceAgeScan } from "../large-pages.ts";
import type { RunningVm } from "../running-vm.ts";
import { isVictim } from "./is-victim.ts";
import type { VictimChoice } from "./victim-order.ts";

export const ageOrder: VictimChoice = { code: VictimOrder.Age, choose };

/**
 * The page left alone for the most scans of accessed bits, the lowest number among equals. One accessed since the last scan
 * is of age 0; under a large mapping, the page at which that shows is passed over until the next scan.
 */
function choose(host: Host, vm: RunningVm, minimumScans: number): RealPage {
  const { memory, accessBits, measures } = vm;
  if (measures.ages === null) return NO_PAGE as RealPage;
  for (;;) {
    const page = measures.ages.findOldest(minimumScans, memory.realMap, accessBits);
    if (page === NO_PAGE) return page;
    const isTouched = memory.isLarge(page) && wasAccessedSinceAgeScan(vm, page);
    if (!isTouched && isVictim(host, vm, page)) return page;
  }
}
