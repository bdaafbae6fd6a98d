import { HostFaultNeed } from "../../events/index.ts";
import { NO_PAGE, NO_PROCESS, type ProcessId, type RealPage, type VirtualPage } from "../../ids/index.ts";

/** A real page that is touched, who touches it and how: what a trap tells the hypervisor. Made once, when something is in the way. */
export type Touch = {
  readonly process: ProcessId | typeof NO_PROCESS;
  readonly virtual: VirtualPage | typeof NO_PAGE;
  readonly real: RealPage;
  readonly isStore: boolean;
  readonly neededBy: HostFaultNeed;
};

/** By the guest's kernel, its balloon driver or a user's command: no page table leads to the page. */
export function directTouch(real: RealPage): Touch {
  return { process: NO_PROCESS, virtual: NO_PAGE, real, isStore: false, neededBy: HostFaultNeed.Other };
}
