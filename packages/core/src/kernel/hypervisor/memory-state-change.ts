import { EventCode } from "../../events/index.ts";
import { NO_PROCESS, NO_VM } from "../../ids/index.ts";
import type { HostRuntime } from "../state/host-runtime.ts";

/** Records the host's memory state if it has changed; returns whether it has. */
export function updateMemoryState(host: HostRuntime): boolean {
  const { machine } = host;
  const free = machine.frames.freePages;
  const state = host.memoryStates.find(free, machine.memoryState);
  if (state === machine.memoryState) return false;
  host.recorder.record(EventCode.MemoryStateChanged, NO_VM, NO_PROCESS, machine.memoryState, state, free);
  return true;
}
