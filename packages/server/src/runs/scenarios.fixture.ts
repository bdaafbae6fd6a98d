import { type Scenario, type VmSpec } from "@ballast/core/scenario";
import { smallHost, smallScenario, smallVm } from "@ballast/core/testing";

/** Two VMs that together need more memory than the host has: every access may fault, so that events come fast. */
export function thrashingScenario(accesses: number, changes: Partial<Scenario> = {}): Scenario {
  const vm = (name: string): VmSpec => smallVm(name, 1_024, { kind: "uniform", firstPage: 0, pages: 1_024, accesses, writeRatio: 0.5 });
  return smallScenario(smallHost(1_200), [vm("left"), vm("right")], {
    name: "thrashing",
    sampleNs: 1_000_000_000,
    policy: { name: "random-steal", parameters: {} },
    ...changes,
  });
}

/** A VM in which only commands touch pages. */
export function interactiveScenario(): Scenario {
  return smallScenario(smallHost(64), [smallVm("lab", 32, { kind: "interactive" })], {
    name: "interactive",
    policy: { name: "no-reclaim", parameters: {} },
  });
}
