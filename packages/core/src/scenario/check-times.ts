import type { StreamSources } from "../workload/index.ts";
import { countWorkloadAccesses, workloadIdleNs } from "../workload/index.ts";
import { COST_DEFAULTS } from "./costs.ts";
import { MAX_NS, MAX_RUN_NS } from "../reading/limits.ts";
import type { Place } from "../reading/place.ts";
import { formatCount } from "../reading/scalars.ts";
import type { Costs, HostSpec } from "./scenario.ts";
import type { VmSpec } from "./vm-spec.ts";

type Traces = StreamSources["traces"];

/** Reports costs per page that, times the most pages one operation can handle, exceed the longest time a scenario may name. */
export function checkCosts({ framePages, costs }: HostSpec, vms: readonly VmSpec[], place: Place): void {
  const pages = vms.reduce((max, vm) => Math.max(max, vm.configuredPages), framePages);
  for (const name of Object.keys(COST_DEFAULTS) as (keyof Costs)[]) {
    if (costs[name] * pages <= MAX_NS) continue;
    place
      .child(name)
      .report(
        `is ${formatCount(costs[name])} ns, which makes more than ${formatCount(MAX_NS)} ns for the ${formatCount(pages)} pages of ` +
          `the host or its largest VM; at most ${formatCount(Math.floor(MAX_NS / pages))} ns are allowed`,
      );
  }
}

/** Why a VM's work cannot be done before simulated time is over, as a sentence's end; undefined if it may be. */
export function findEndlessWork(vm: VmSpec, traces: Traces): string | undefined {
  const minNs = minWorkNs(vm, traces);
  if (minNs <= MAX_RUN_NS) return undefined;
  return (
    `takes at least ${formatCount(minNs)} ns of simulated time, and a run has ${formatCount(MAX_RUN_NS)}; ` +
    "make fewer accesses, or end the run by durationNs"
  );
}

/** The accesses of a VM's processes follow each other; they may all be idle at the same time. */
function minWorkNs({ startNs, processes, files }: VmSpec, traces: Traces): number {
  let busyNs = 0;
  let longestNs = 0;
  for (const { workload, accessNs } of processes) {
    const accesses = countWorkloadAccesses(workload, { traces, files });
    if (accesses === null) continue;
    busyNs += accesses * accessNs;
    longestNs = Math.max(longestNs, accesses * accessNs + workloadIdleNs(workload));
  }
  return startNs + Math.max(busyNs, longestNs);
}
