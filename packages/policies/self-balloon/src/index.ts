import {
  allowedPages,
  allowPages,
  type BalloonedVm,
  definePolicyWithFallback,
  hasBalloon,
  nsFromMs,
  type Observation,
  type SetBalloonTarget,
  stateless,
  type VmObservation,
} from "@ballast/core/policy";
import { parameters, type Settings } from "./parameters.ts";
import { goalPages, nextPages } from "./self-balloon.ts";

/** Xen self-ballooning: each guest sizes its own balloon, knowing nothing of the host or of other guests. */
export const policy = definePolicyWithFallback({
  apiVersion: 1,
  name: "self-balloon",
  version: "0.1.0",
  description:
    "Guests balloon themselves towards the memory they have committed: down by an eighth of the excess at a time, up in one step.",
  requires: ["balloon", "guestCommitment"],
  periodNs: (values) => nsFromMs(values.periodMs),
  parameters,
  asked: "at periods",
  create: (settings) => stateless((observation) => decide(observation, settings)),
});

function decide(observation: Observation, settings: Settings): SetBalloonTarget[] {
  let growthLeft = unclaimedPages(observation);
  return observation.vms.filter(hasBalloon).flatMap((vm) => {
    const committedPages = vm.committedPages ?? null;
    if (committedPages === null) return [];
    const { configuredPages, balloon } = vm;
    const guest = { configuredPages, currentPages: configuredPages - balloon.sizePages, committedPages };
    const wanted = nextPages(guest, settings);
    const pages = Math.min(wanted, givenPages(vm) + growthLeft);
    growthLeft -= Math.max(0, pages - givenPages(vm));
    return retarget(vm, pages, { committedPages, goalPages: goalPages(guest, settings) });
  });
}

function retarget(vm: BalloonedVm, pages: number, figures: { committedPages: number; goalPages: number }): SetBalloonTarget[] {
  const reason = pages < allowedPages(vm) ? "has more than it has committed" : "has committed more than it has";
  return allowPages(vm, pages, reason, figures);
}

/**
 * Frames that no VM has a right to: Xen gives a guest its frames when its balloon shrinks, and gives none that it has not.
 * Here frames come at the first touch, so what VMs may still touch counts as given.
 */
function unclaimedPages({ host, vms }: Observation): number {
  const claimed = vms.reduce((sum, vm) => sum + Math.max(0, givenPages(vm) - vm.residentPages), 0);
  return Math.max(0, host.freePages - claimed);
}

/** What its balloon leaves a VM; of a balloon on its way, the more of what it leaves now and what it is to leave. */
function givenPages(vm: VmObservation): number {
  if (!hasBalloon(vm)) return vm.configuredPages;
  return vm.configuredPages - Math.min(vm.balloon.targetPages, vm.balloon.sizePages);
}
