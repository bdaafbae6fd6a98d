import { Prng } from "../prng/index.ts";
import type { Scenario } from "./scenario.ts";
import type { VmSpec } from "./vm-spec.ts";

/** What decides when VMs are switched on. */
export type Arrivals = { readonly seed: number; readonly vms: readonly Pick<VmSpec, "startNs" | "startJitterNs">[] };

/**
 * When each VM is switched on, in the order of the list: `startNs`, and up to `startJitterNs` (included) behind it, each ns equally
 * likely. Each VM draws from a random stream of its own, so that a change to one VM moves no other.
 */
export function arrivalTimes({ seed, vms }: Arrivals): number[] {
  return vms.map(({ startNs, startJitterNs = 0 }, index) => {
    if (startJitterNs === 0) return startNs;
    return startNs + Prng.named(seed, `arrival/${index + 1}`).nextBelowSafe(startJitterNs + 1);
  });
}

/** Indexes of VMs in the order in which they are switched on: of equal times in the order of the list. */
export function startOrder(times: readonly number[]): number[] {
  return times.map((_, index) => index).sort((left, right) => times[left] - times[right] || left - right);
}

/** All VMs that a scenario and its script switch on, in order: at equal times those of the scenario come first. */
export function plannedVms({ seed, vms, script }: Pick<Scenario, "seed" | "vms" | "script">): VmSpec[] {
  const times = arrivalTimes({ seed, vms });
  const started = startOrder(times).map((index) => ({ atNs: times[index], spec: vms[index] }));
  const added = script.flatMap(({ atNs, command }) => (command.kind === "addVm" ? [{ atNs, spec: command.spec }] : []));
  return [...started, ...added].sort((left, right) => left.atNs - right.atNs).map(({ spec }) => spec);
}
