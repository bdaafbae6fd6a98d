import { parseScenario, type Scenario } from "../../packages/core/src/scenario/index.ts";

/** Two VMs on too few frames, each of whose accesses is likely to be a fault: events come as fast as they can be made. */
export function busyScenario(): Scenario {
  const vm = (name: string): object => ({
    name,
    configuredPages: 2200,
    processes: [{ name: "work", workload: { kind: "uniform", pages: 2000, accesses: 100_000_000 } }],
  });
  return parseScenario({
    name: "busy",
    description: "Two VMs that fault all the time.",
    host: { framePages: 3000, swapDevice: "nvme" },
    vms: [vm("one"), vm("other")],
    policy: "random-steal",
  });
}
