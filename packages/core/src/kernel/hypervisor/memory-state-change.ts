import { MemoryStateChanged } from "../../events/index.ts";
import type { HostRuntime } from "../state/host-runtime.ts";

/** Records the host's memory state if it has changed; returns whether it has. */
export function updateMemoryState(host: HostRuntime): boolean {
  const { machine } = host;
  const free = machine.frames.freePages;
  const state = host.memoryStates.find(free, machine.memoryState);
  if (state === machine.memoryState) return false;
  host.recorder.record(MemoryStateChanged, machine.memoryState, state, free);
  return true;
}
