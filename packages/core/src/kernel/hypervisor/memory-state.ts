import { EventCode } from "../../events/index.ts";
import { NO_ONE } from "../../ids/index.ts";
import type { Host } from "../state/host.ts";

/** Records the host's memory state if it has changed; returns whether it has. */
export function updateMemoryState(host: Host): boolean {
  const { machine } = host;
  const free = machine.frames.freePages;
  const state = host.memoryStates.find(free, machine.memoryState);
  if (state === machine.memoryState) return false;
  host.recorder.record(EventCode.MemoryStateChanged, NO_ONE, NO_ONE, machine.memoryState, state, free);
  return true;
}
