import { METRICS, type VmCounterName } from "../metrics/index.ts";

/** What is counted for each VM in the machine's tables, by place: the counters of `core/metrics`. */
export const COUNTERS: readonly VmCounterName[] = METRICS.vmCounters;

export type CounterName = VmCounterName;

/** The place of each counter in a VM's array. */
export const Counter: Readonly<Record<VmCounterName, number>> = METRICS.vmPlaces;

/** Pages brought in ahead of their access: each saves a fault or is wasted. */
export function readAheadOf(counters: Float64Array): number {
  return counters[Counter.pagesReadAhead];
}

/**
 * Accesses that found no page, and pages read ahead: pages brought in for accesses, which is what Belady's MIN bounds.
 * `NOT_RECORDED` where the history does not tell.
 */
export function faultsOf(counters: Float64Array): number {
  return counters[Counter.faults];
}
