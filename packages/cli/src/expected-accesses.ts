import { listTraces, type Scenario } from "@ballast/core/scenario";
import { countWorkloadAccesses } from "@ballast/core/workload";

/**
 * How many accesses all workloads of a scenario make if nothing ends them early: what a progress bar fills up to.
 * Undefined where that is not known beforehand. `traceReferences` gives the length of a trace.
 */
export function expectedAccesses(scenario: Scenario, traceReferences: ReadonlyMap<string, number>): number | undefined {
  if (listTraces(scenario).some((name) => !traceReferences.has(name))) return undefined;
  const traces = new Map([...traceReferences].map(([name, referenceCount]) => [name, { referenceCount }]));
  let total = 0;
  for (const { processes, files } of scenario.vms) {
    for (const { workload } of processes) {
      const accesses = countWorkloadAccesses(workload, { traces, files });
      if (accesses === null) return undefined;
      total += accesses;
    }
  }
  return total > 0 ? total : undefined;
}
