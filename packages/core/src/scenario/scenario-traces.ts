import { BallastError } from "../errors/index.ts";
import type { TraceReader } from "../trace/index.ts";
import { countWorkloadPages, listWorkloadTraces } from "../workload/index.ts";
import type { Scenario } from "./scenario.ts";
import type { VmSpec } from "./vm-spec.ts";

type Traces = ReadonlyMap<string, TraceReader>;

/** Names of the traces that a scenario reads, those of VMs that its script adds included, each once. */
export function listTraces(scenario: Scenario): string[] {
  const processes = listVms(scenario).flatMap((vm) => vm.processes);
  return [...new Set(processes.flatMap((process) => listWorkloadTraces(process.workload)))];
}

/**
 * Holds a scenario against the traces it reads, which its parser cannot know.
 * @throws BallastError TRACE_NOT_FOUND for one that is not there, SCENARIO_INVALID for one with more pages than its process.
 */
export function checkTraces(scenario: Scenario, traces: Traces): void {
  for (const name of listTraces(scenario)) {
    if (traces.has(name)) continue;
    const known = [...traces.keys()].join(", ") || "none";
    throw new BallastError(
      "TRACE_NOT_FOUND",
      `The scenario "${scenario.name}" reads the trace "${name}"; there are: ${known}.`,
    );
  }
  for (const vm of listVms(scenario)) checkVm(vm, traces);
}

function checkVm(vm: VmSpec, traces: Traces): void {
  for (const { name, virtualPages, workload } of vm.processes) {
    const pages = countWorkloadPages(workload, traces);
    if (pages <= virtualPages) continue;
    throw new BallastError(
      "SCENARIO_INVALID",
      `The traces of process "${name}" of VM "${vm.name}" touch ${pages} pages, but it has ${virtualPages} virtual pages; ` +
        `raise its virtualPages to ${pages}.`,
    );
  }
}

function listVms({ vms, script }: Scenario): VmSpec[] {
  return [...vms, ...script.flatMap(({ command }) => (command.kind === "addVm" ? [command.spec] : []))];
}
