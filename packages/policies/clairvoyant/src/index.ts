import type { Decision, Observation, Policy, VmObservation } from "@ballast/core/policy";

/** Belady's rule over all VMs: a bound to hold other policies against. */
export const policy: Policy = {
  name: "clairvoyant",
  version: "0.1.0",
  says: "Steals, when a frame is needed, the page of all VMs whose next access is furthest ahead: a bound, for no hypervisor can.",
  requires: ["steal", "foresight"],
  periodNs: () => 0,
  parameters: {},
  create: () => ({ decide, save: () => null, load: () => {} }),
};

/** One page for each frame needed, and none before it is needed. */
function decide({ cause, neededPages, vms }: Observation): Decision[] {
  if (cause !== "shortage") return [];
  const candidates = vms.map((vm) => ({ vm, furthestNs: vm.furthestAccessNs ?? -1 })).filter(hasPage);
  const decisions: Decision[] = [];
  let missing = neededPages;
  // Sorted anew for each page would need what the next page of a VM is; more than one is needed only where a VM starts.
  candidates.sort((x, y) => y.furthestNs - x.furthestNs || x.vm.vm - y.vm.vm);
  for (const { vm, furthestNs } of candidates) {
    if (missing <= 0) break;
    const count = missing === 1 ? 1 : Math.min(missing, vm.residentPages);
    missing -= count;
    const figures = { untilNextAccessS: furthestNs / 1e9 };
    decisions.push({
      kind: "StealPages",
      vm: vm.vm,
      take: { count, order: "furthest" },
      reason: "holds the page that is needed last",
      figures: furthestNs === Number.MAX_SAFE_INTEGER ? {} : figures,
    });
  }
  return decisions;
}

function hasPage({ vm, furthestNs }: { readonly vm: VmObservation; readonly furthestNs: number }): boolean {
  return furthestNs >= 0 && vm.residentPages > 0;
}
