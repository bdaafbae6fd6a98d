import { BallastError, type Problem, problemsError } from "../errors/index.ts";
import type { TraceReader } from "../trace/index.ts";
import { countWorkloadPages, listWorkloadTraces } from "../workload/index.ts";
import { findUnknownAccesses } from "./check-opt.ts";
import { findEndlessWork } from "./check-times.ts";
import { formatCount } from "../reading/scalars.ts";
import type { Scenario } from "./scenario.ts";
import type { VmSpec } from "./vm-spec.ts";

type Traces = ReadonlyMap<string, TraceReader>;

/** Names of the traces that a scenario reads, those of VMs that its script adds included, each once. */
export function listTraces(scenario: Scenario): string[] {
  const processes = listPlacedVms(scenario).flatMap(({ vm }) => vm.processes);
  return [...new Set(processes.flatMap((process) => listWorkloadTraces(process.workload)))];
}

/**
 * Holds a scenario against the traces it reads, which its parser cannot know.
 * @throws BallastError TRACE_NOT_FOUND for one that is not there, SCENARIO_INVALID for every process that has fewer pages than
 * its traces, every VM whose work would take longer than a run may, and every guest under opt with more accesses than it can know.
 */
export function checkTraces(scenario: Scenario, traces: Traces): void {
  for (const name of listTraces(scenario)) {
    if (traces.has(name)) continue;
    const known = [...traces.keys()].join(", ") || "none";
    throw new BallastError("TRACE_NOT_FOUND", `The scenario "${scenario.name}" reads the trace "${name}"; there are: ${known}.`);
  }
  const problems = listPlacedVms(scenario).flatMap(({ vm, path }) => findTraceProblems(vm, path, scenario.durationNs, traces));
  if (problems.length > 0) throw problemsError("SCENARIO_INVALID", "The scenario cannot be used with its traces", problems);
}

function findTraceProblems(vm: VmSpec, path: string, durationNs: number | null, traces: Traces): Problem[] {
  const problems = vm.processes.flatMap(({ name, virtualPages, workload }, index): Problem[] => {
    const pages = countWorkloadPages(workload, traces);
    if (pages <= virtualPages) return [];
    const message =
      `is ${formatCount(virtualPages)}, but the traces of process "${name}" of VM "${vm.name}" touch ${formatCount(pages)} pages; ` +
      `raise it to ${formatCount(pages)}`;
    return [{ path: `${path}/processes/${index}/virtualPages`, message }];
  });
  const endless = durationNs === null ? findEndlessWork(vm, traces) : undefined;
  if (endless !== undefined) problems.push({ path, message: `(VM "${vm.name}") ${endless}` });
  const unknown = findUnknownAccesses(vm, traces);
  if (unknown !== undefined) problems.push({ path: `${path}/replacement`, message: `(VM "${vm.name}") ${unknown}` });
  return problems;
}

/** VMs with their JSON pointers in the scenario's canonical form, in which repeated ones stand one by one. */
export function listPlacedVms({ vms, script, mapping }: Scenario): { vm: VmSpec; path: string }[] {
  const placed = vms.map((vm, index) => ({ vm, path: mapping === "oneLevel" ? "/os" : `/vms/${index}` }));
  script.forEach(({ command }, index) => {
    if (command.kind === "addVm") placed.push({ vm: command.spec, path: `/script/${index}/command/spec` });
  });
  return placed;
}
