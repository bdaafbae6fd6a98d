import { unreachable } from "../assert/index.ts";
import type { StreamSources } from "./create-stream.ts";
import type { Workload } from "./workload.ts";

/** How many accesses a workload makes in all; null if it never ends. Traces that are not among the sources make none. */
export function countWorkloadAccesses(workload: Workload, sources: StreamSources): number | null {
  switch (workload.kind) {
    case "sequential":
      return workload.pages;
    case "cyclic":
    case "uniform":
    case "zipf":
    case "ramp":
      return workload.accesses;
    case "references":
      return workload.references.length;
    case "trace":
      return (sources.traces.get(workload.trace)?.referenceCount ?? 0) * workload.times;
    case "readFile": {
      const file = sources.files.find(({ name }) => name === workload.file);
      return (workload.pages ?? (file?.pages ?? 0) - workload.firstPage) * workload.times;
    }
    case "phases": {
      let accesses = 0;
      for (const phase of workload.phases) {
        const made = countWorkloadAccesses(phase, sources);
        if (made === null) return null;
        accesses += made;
      }
      return accesses * workload.times;
    }
    case "idle":
      return 0;
    case "interactive":
      return null;
    default:
      return unreachable(workload, "kind of workload");
  }
}

/** For how long a workload makes no access by its own choice, in simulated ns. */
export function workloadIdleNs(workload: Workload): number {
  if (workload.kind === "idle") return workload.ns;
  if (workload.kind !== "phases") return 0;
  return workload.times * workload.phases.reduce((sum, phase) => sum + workloadIdleNs(phase), 0);
}
