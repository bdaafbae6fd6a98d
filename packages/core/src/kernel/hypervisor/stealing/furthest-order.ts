import { VictimOrder } from "../../../events/index.ts";
import { NO_PAGE, type RealPage } from "../../../ids/index.ts";
import type { VictimChoice } from "./victim-order.ts";

/** The page whose next access by its VM is furthest in the future. Only a policy with foresight may ask for it. */
export const furthestOrder: VictimChoice = {
  code: VictimOrder.Furthest,
  choose: (host, vm) => host.foresight?.furthestPage(vm).page ?? (NO_PAGE as RealPage),
};
