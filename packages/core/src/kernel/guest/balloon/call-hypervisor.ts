import { NO_ONE, NO_PAGE, type RealPage } from "../../../ids/index.ts";
import { TrapCause } from "../../../events/index.ts";
import type { Host } from "../../state/host.ts";
import { trap } from "../../hypervisor/host-paging.ts";
import type { RunningVm } from "../../state/running-vm.ts";

/** The driver's private channel: one trap, and the work that the pages of the call take; about one page, or several. */
export function callHypervisor(host: Host, vm: RunningVm, workNs: number, real = NO_PAGE as RealPage): void {
  const costNs = host.scenario.host.costs.trapNs + Math.ceil(workNs);
  trap(host, vm, NO_ONE, TrapCause.BalloonCall, NO_PAGE, real, costNs);
}
