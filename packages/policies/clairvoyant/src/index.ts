import { type Decision, definePolicy, NS_PER_MS, type Observation, stateless, type VmObservation } from "@ballast/core/policy";

/** Belady's rule over all VMs: a bound to hold other policies against. */
export const policy = definePolicy({
  apiVersion: 1,
  name: "clairvoyant",
  version: "0.1.0",
  description: "When a frame is needed, steals the page of all VMs whose next access is furthest ahead: an offline bound.",
  requires: ["steal", "foresight"],
  needsAllAccesses: true,
  periodNs: () => 0,
  parameters: {},
  create: () => stateless(decide),
});

/** Only what is needed, and not before it is needed; the lower number among VMs that need their page equally late. */
function decide({ cause, neededPages, vms }: Observation): Decision[] {
  if (cause !== "shortage") return [];
  const givers = vms.filter((vm) => furthestNs(vm) >= 0 && vm.residentPages > 0);
  givers.sort((x, y) => furthestNs(y) - furthestNs(x) || x.vm - y.vm);
  const decisions: Decision[] = [];
  let missing = neededPages;
  for (const vm of givers) {
    if (missing === 0) break;
    const count = Math.min(missing, vm.residentPages);
    missing -= count;
    const ns = furthestNs(vm);
    const take = { count, order: "furthest" } as const;
    const figures = ns === Number.MAX_SAFE_INTEGER ? {} : { untilNextAccessMs: ns / NS_PER_MS };
    decisions.push({ kind: "StealPages", vm: vm.vm, take, reason: "holds the page that is needed last", figures });
  }
  return decisions;
}

function furthestNs({ furthestAccessNs }: VmObservation): number {
  return furthestAccessNs ?? -1;
}
