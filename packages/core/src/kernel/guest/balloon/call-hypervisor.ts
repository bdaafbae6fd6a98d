import { NO_PROCESS, NO_PAGE, type RealPage } from "../../../ids/index.ts";
import { TrapCause } from "../../../events/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import { trap } from "../../hypervisor/host-fault.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";

/** The driver's private channel: one trap, and the work that the pages of the call take; about one page, or several. */
export function callHypervisor(host: HostRuntime, vm: VmRuntime, workNs: number, real = NO_PAGE as RealPage): void {
  const costNs = host.scenario.host.costs.trapNs + Math.ceil(workNs);
  trap(host, vm, TrapCause.BalloonCall, { process: NO_PROCESS, virtual: NO_PAGE, real }, costNs);
}
