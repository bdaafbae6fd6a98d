import type { TraceEvent } from "./trace-event.ts";

/** Simulated time, both included. */
export type TraceWindow = { readonly fromTimeNs?: number | undefined; readonly toTimeNs?: number | undefined };

export function isWithin({ timeNs, durationNs = 0 }: TraceEvent, { fromTimeNs = 0, toTimeNs = Infinity }: TraceWindow): boolean {
  return timeNs <= toTimeNs && timeNs + durationNs >= fromTimeNs;
}
