import type { Scenario } from "./scenario.ts";
import type { VmSpec } from "./vm-spec.ts";

/** Indexes of VMs in the order in which they are switched on: of equal times in the order of the list. */
export function startOrder(vms: readonly Pick<VmSpec, "startNs">[]): number[] {
  return vms.map((_, index) => index).sort((left, right) => vms[left].startNs - vms[right].startNs || left - right);
}

/** All VMs that a scenario and its script switch on, in order: at equal times those of the scenario come first. */
export function plannedVms({ vms, script }: Pick<Scenario, "vms" | "script">): VmSpec[] {
  const started = startOrder(vms).map((index) => ({ atNs: vms[index].startNs, spec: vms[index] }));
  const added = script.flatMap(({ atNs, command }) => (command.kind === "addVm" ? [{ atNs, spec: command.spec }] : []));
  return [...started, ...added].sort((left, right) => left.atNs - right.atNs).map(({ spec }) => spec);
}
