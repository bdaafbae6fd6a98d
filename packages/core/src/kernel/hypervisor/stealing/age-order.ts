import { VictimOrder } from "../../../events/index.ts";
import { NO_PAGE, type RealPage } from "../../../ids/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import { wasAccessedSinceAgeScan } from "../large-pages.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";
import { isVictim } from "./is-victim.ts";
import type { VictimChoice } from "./victim-order.ts";

export const ageOrder: VictimChoice = { code: VictimOrder.Age, choose };

/** The page not accessed for the most scans, if for at least `minimumScans` and still; the lowest number among equals. */
function choose(host: HostRuntime, vm: VmRuntime, minimumScans: number): RealPage {
  const { ages } = vm.measures;
  if (ages === null) return NO_PAGE as RealPage;
  return ages.findOldest(
    minimumScans,
    vm.memory.realMap,
    (page) => wasAccessedSinceAgeScan(vm, page),
    (page) => isVictim(host, vm, page),
  );
}
