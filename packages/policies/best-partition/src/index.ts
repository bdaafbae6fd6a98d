import {
  bestPartition,
  type Decision,
  definePolicy,
  type MissRatioCurve,
  type Observation,
  type PartClaim,
  stateful,
  type VmObservation,
} from "@ballast/core/policy";

/** The best of all static partitions: a bound for those, and a yardstick for policies that move memory. */
export const policy = definePolicy({
  apiVersion: 1,
  name: "best-partition",
  version: "0.1.0",
  description: "Gives each VM a fixed part of memory, by exact miss ratio curves of the whole run and exact LRU: an offline bound.",
  requires: ["memoryLimit", "foresight"],
  needsAllAccesses: true,
  orders: () => ["lru"],
  periodNs: () => 1_000_000,
  parameters: {},
  create: () =>
    stateful<string>("", (partitioned, observation) => {
      const vms = observation.vms.map(({ vm }) => vm).join();
      return { state: vms, decisions: vms === partitioned ? [] : decide(observation) };
    }),
});

/** Each VM's limit; what is left over goes to the later VMs, since no VM gains by it. Empty if not even the reservations fit. */
function decide({ host, vms }: Observation): Decision[] {
  const seen = vms.flatMap((vm) => (vm.missRatioCurve === undefined ? [] : [{ vm, curve: vm.missRatioCurve }]));
  const unitPages = seen.reduce((max, { curve }) => Math.max(max, curve.stepPages), 1);
  const pages = host.framePages - host.overheadPages;
  const parts = bestPartition(
    seen.map(({ vm, curve }) => claimOf(vm, curve)),
    pages,
    unitPages,
  );
  if (parts === null) return [];
  return seen.map(({ vm, curve }, index): Decision => {
    const partPages = Math.max(1, Math.min(parts[index] ?? 1, vm.limitPages));
    const figures = { partPages, accesses: curve.accesses };
    const reason = "its part of the best partition";
    return { kind: "SetMemoryLimit", vm: vm.vm, pages: partPages, order: "lru", reason, figures };
  });
}

function claimOf({ reservationPages, limitPages }: VmObservation, curve: MissRatioCurve): PartClaim {
  return { curve, lowestPages: Math.max(1, reservationPages), maxPages: limitPages };
}
