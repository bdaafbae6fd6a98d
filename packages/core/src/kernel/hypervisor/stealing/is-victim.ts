import type { RealPage } from "../../../ids/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";

/** Whether a page may be chosen: one with a frame of its own, as long as the VM has any, for a shared one frees nothing. */
export function isVictim(host: HostRuntime, { memory }: VmRuntime, page: RealPage): boolean {
  if (!memory.isResident(page)) return false;
  return memory.ownPages === 0 || !host.machine.frames.isShared(memory.physicalPage(page));
}
