import { EventCode, MemoryState } from "../events/index.ts";
import { NO_ONE } from "../ids/index.ts";
import type { HostObservation, MemoryStateName } from "../policy/index.ts";
import type { Host } from "./host.ts";

/** A state ends upwards only when free memory exceeds its threshold by this part of it. Assumed: ESX's is unpublished. */
const HYSTERESIS = 1 / 8;

const NAMES: readonly MemoryStateName[] = ["high", "soft", "hard", "low"];

export function memoryStateName(state: number): MemoryStateName {
  return NAMES[state] ?? "high";
}

/** Free frames below which each state begins; not whole pages. */
export function memoryStateMarks(host: Host): HostObservation["marks"] {
  const { soft, hard, low } = host.scenario.host.memoryStates;
  const frames = host.machine.frames.count;
  return { softPages: soft * frames, hardPages: hard * frames, lowPages: low * frames };
}

/** Records the host's memory state if it has changed; returns whether it has. */
export function updateMemoryState(host: Host): boolean {
  const { machine } = host;
  const free = machine.frames.freePages;
  const state = findState(host, free, machine.memoryState);
  if (state === machine.memoryState) return false;
  host.recorder.record(EventCode.MemoryStateChanged, NO_ONE, NO_ONE, machine.memoryState, state, free);
  return true;
}

function findState(host: Host, free: number, current: number): number {
  const { softPages, hardPages, lowPages } = memoryStateMarks(host);
  const thresholds = [Number.POSITIVE_INFINITY, softPages, hardPages, lowPages];
  let state: number = MemoryState.High;
  for (let deeper: number = MemoryState.Soft; deeper <= MemoryState.Low; deeper++) {
    const margin = deeper <= current ? 1 + HYSTERESIS : 1;
    if (free < thresholds[deeper] * margin) state = deeper;
  }
  return state;
}
