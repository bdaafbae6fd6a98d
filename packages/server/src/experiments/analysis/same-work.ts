import type { RunMetrics } from "../../runs/index.ts";

/**
 * Whether two runs under one seed can be compared: they completed the work of the same VMs, and killed and refused as many. A run
 * that killed a VM did less work, and is faster for that alone.
 */
export function didSameWork(one: RunMetrics, other: RunMetrics): boolean {
  if (one.vmsKilled !== other.vmsKilled || one.vmsRefused !== other.vmsRefused) return false;
  const [completed, others] = [completedVms(one), completedVms(other)];
  return completed.length === others.length && completed.every((vm, place) => vm === others[place]);
}

/** The numbers of the VMs whose work was completed. */
export function completedVms({ vms }: RunMetrics): number[] {
  return vms.flatMap(({ vm, workNs }) => (workNs === null ? [] : [vm]));
}
