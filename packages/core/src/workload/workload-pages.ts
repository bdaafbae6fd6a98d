import { unreachable } from "../assert/index.ts";
import type { TraceReader } from "../trace/index.ts";
import { parseReference } from "./parse-reference.ts";
import type { Workload } from "./workload.ts";

/** One past the highest page of the process's own that a workload can touch; traces that are not in `traces` count as touching none. */
export function countWorkloadPages(workload: Workload, traces: ReadonlyMap<string, TraceReader>): number {
  switch (workload.kind) {
    case "sequential":
    case "cyclic":
    case "uniform":
    case "zipf":
      return workload.firstPage + workload.pages;
    case "ramp":
      return workload.firstPage + Math.max(workload.fromPages, workload.toPages);
    case "references":
      return max(workload.references.map((reference) => (parseReference(reference)?.page ?? -1) + 1));
    case "trace":
      return traces.get(workload.trace)?.pageCount ?? 0;
    case "phases":
      return max(workload.phases.map((phase) => countWorkloadPages(phase, traces)));
    case "idle":
    case "readFile":
    case "interactive":
      return 0;
    default:
      return unreachable(workload, "kind of workload");
  }
}

/** Names of the traces that a workload reads, each once, in order of their first use. */
export function listWorkloadTraces(workload: Workload): string[] {
  if (workload.kind === "trace") return [workload.trace];
  if (workload.kind !== "phases") return [];
  return [...new Set(workload.phases.flatMap(listWorkloadTraces))];
}

function max(values: readonly number[]): number {
  return values.reduce((found, value) => Math.max(found, value), 0);
}
