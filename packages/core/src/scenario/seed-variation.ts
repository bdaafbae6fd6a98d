import { listLeaves, type SeededPart } from "../workload/index.ts";
import type { Scenario } from "./scenario.ts";
import { listPlacedVms } from "./scenario-traces.ts";

/** What another seed changes of a scenario: names of VMs, each once, in their order. Random choices of the policy are not in it. */
export type SeedVariation = Readonly<Record<SeededPart | "arrival", readonly string[]>> & {
  /** Those of which no seed changes anything. */
  readonly nothing: readonly string[];
};

export function seedVariation(scenario: Scenario): SeedVariation {
  const vms = listPlacedVms(scenario).map(({ vm }) => vm);
  const parts = vms.map((vm): ReadonlySet<SeededPart | "arrival"> => {
    const seeded = vm.processes.flatMap(({ workload }) => listLeaves(workload).flatMap((leaf) => leaf.seeded ?? []));
    return new Set([...seeded, ...((vm.startJitterNs ?? 0) > 0 ? (["arrival"] as const) : [])]);
  });
  const those = (isOne: (of: ReadonlySet<SeededPart | "arrival">) => boolean): string[] => [
    ...new Set(vms.flatMap(({ name }, place) => (isOne(parts[place]) ? [name] : []))),
  ];
  return {
    pages: those((of) => of.has("pages")),
    writes: those((of) => of.has("writes") && !of.has("pages")),
    start: those((of) => of.has("start")),
    arrival: those((of) => of.has("arrival")),
    nothing: those((of) => of.size === 0),
  };
}
