import type { LengthSources } from "./workload-kind.ts";
import { isComposed, kindOf, type Workload } from "./workload-kinds.ts";

/** How many accesses a workload makes in all; null if it never ends. Traces that are not among the sources make none. */
export function countWorkloadAccesses(workload: Workload, sources: LengthSources): number | null {
  const kind = kindOf(workload);
  if (!isComposed(kind)) return kind.countAccesses(workload, sources);
  let accesses = 0;
  for (const part of kind.parts(workload)) {
    const made = countWorkloadAccesses(part, sources);
    if (made === null) return null;
    accesses += made;
  }
  return accesses * kind.times(workload);
}

/** For how long a workload makes no access by its own choice, in simulated ns. */
export function workloadIdleNs(workload: Workload): number {
  const kind = kindOf(workload);
  if (!isComposed(kind)) return kind.idleNs?.(workload) ?? 0;
  return kind.times(workload) * kind.parts(workload).reduce((sum, part) => sum + workloadIdleNs(part), 0);
}
