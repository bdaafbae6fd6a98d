import type { StealPages, VmObservation } from "@ballast/core/policy";
import type { Settings } from "./parameters.ts";
import type { Form } from "./vm-by-vm.ts";

/** What is kept of a VM between two reclaims. */
export type Account = {
  readonly vm: number;
  readonly timeNs: number;
  readonly stallNs: number;
  /** Part of a page that was left over: small VMs give one too, now and then. */
  readonly carriedPages: number;
};

/** Pages to take, not whole: in proportion to what the VM holds, and to how far its pressure is below the threshold. */
export function reclaimPages(residentPages: number, pressure: number, settings: Settings): number {
  const { reclaimRatio, pressureRatio } = settings;
  return reclaimRatio * residentPages * Math.max(0, 1 - pressure / pressureRatio);
}

/** One reclaim from one VM; nothing is taken the first time, when its pressure is not known yet. */
export const reclaimTmo: Form<Account> = (before, vm, timeNs, settings) => {
  const { residentPages, reservationPages, stallNs = 0 } = vm;
  const account = { vm: vm.vm, timeNs, stallNs, carriedPages: 0 };
  if (before === undefined || timeNs <= before.timeNs) return { known: before ?? account, decisions: [] };
  const pressure = (stallNs - before.stallNs) / (timeNs - before.timeNs);
  const wanted = before.carriedPages + reclaimPages(residentPages, pressure, settings);
  const count = Math.min(Math.floor(wanted), Math.max(0, residentPages - reservationPages));
  const known = { ...account, carriedPages: wanted - Math.floor(wanted) };
  return { known, decisions: count === 0 ? [] : [steal(vm, count, pressure, settings)] };
};

function steal({ vm, residentPages }: VmObservation, count: number, pressure: number, settings: Settings): StealPages {
  const { order, into } = settings;
  const figures = { pressure, residentPages };
  return { kind: "StealPages", vm, take: { count, order }, into, reason: "pressure is below the threshold", figures };
}
