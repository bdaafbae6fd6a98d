import type { Scenario } from "@ballast/core/scenario";
import type { Workload } from "@ballast/core/workload";

/**
 * How many accesses all workloads of a scenario make if nothing ends them early: what a progress bar fills up to.
 * Undefined where that is not known beforehand. `traceReferences` gives the length of a trace.
 */
export function expectedAccesses(
  scenario: Scenario,
  traceReferences: ReadonlyMap<string, number>,
): number | undefined {
  const accesses = scenario.vms.flatMap(({ processes, files }) => {
    const filePages = new Map(files.map(({ name, pages }) => [name, pages]));
    return processes.map(({ workload }) => accessesOf(workload, { traceReferences, filePages }));
  });
  const total = sum(accesses);
  return total > 0 ? total : undefined;
}

type Lengths = {
  readonly traceReferences: ReadonlyMap<string, number>;
  readonly filePages: ReadonlyMap<string, number>;
};

/** NaN where not known, so that it makes every sum it is part of unknown as well. */
function accessesOf(workload: Workload, lengths: Lengths): number {
  switch (workload.kind) {
    case "sequential":
      return workload.pages;
    case "references":
      return workload.references.length;
    case "trace":
      return (lengths.traceReferences.get(workload.trace) ?? NaN) * workload.times;
    case "readFile": {
      const pages = workload.pages ?? (lengths.filePages.get(workload.file) ?? NaN) - workload.firstPage;
      return pages * workload.times;
    }
    case "idle":
      return 0;
    case "interactive":
      return NaN;
    case "phases":
      return sum(workload.phases.map((phase) => accessesOf(phase, lengths))) * workload.times;
    default:
      return workload.accesses;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
