import { listPlacedVms, type Scenario, type VmSpec } from "../../scenario/index.ts";
import type { TraceReader } from "../../trace/index.ts";
import { countWorkloadAccesses } from "../../workload/index.ts";

type Traces = ReadonlyMap<string, TraceReader>;

/** Accesses that each process of a VM makes in all; null for one that never ends. */
export function accessesOfProcesses({ processes, files }: VmSpec, traces: Traces): (number | null)[] {
  return processes.map(({ workload }) => countWorkloadAccesses(workload, { traces, files }));
}

/** Accesses that a scenario makes, those of VMs that its script adds among them; infinitely many if a process never ends. */
export function countAccesses({ scenario, traces }: { readonly scenario: Scenario; readonly traces: Traces }): number {
  const accesses = listPlacedVms(scenario).flatMap(({ vm }) => accessesOfProcesses(vm, traces));
  return accesses.reduce<number>((sum, count) => sum + (count ?? Infinity), 0);
}
