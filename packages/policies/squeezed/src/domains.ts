import { type Observation, PAGE_BYTES, type VmId, type VmObservation } from "@ballast/core/policy";
import type { Domain } from "./proportional-targets.ts";

const PAGE_KIB = PAGE_BYTES / 1024;

/** A VM with a balloon driver, as squeezed sees it. */
export type BalloonedDomain = Domain & {
  readonly vm: VmId;
  readonly configuredKib: number;
  /** What it was last asked to hold. */
  readonly targetKib: number;
};

/** VMs whose balloon driver listens; the others keep what they were built with. */
export function seeDomains(vms: readonly VmObservation[], inaccuracyKib: number): BalloonedDomain[] {
  return vms.flatMap((seen): BalloonedDomain[] => {
    const { vm, configuredPages, reservationPages, limitPages, balloon } = seen;
    if (balloon === undefined || balloon === null) return [];
    // XenServer admits no dynamic-min that a balloon could not reach; here the driver's cap says which.
    const minPages = Math.min(limitPages, Math.max(reservationPages, configuredPages - balloon.capPages));
    return [
      {
        vm,
        inaccuracyKib,
        configuredKib: configuredPages * PAGE_KIB,
        dynamicMinKib: minPages * PAGE_KIB,
        dynamicMaxKib: limitPages * PAGE_KIB,
        targetKib: (configuredPages - balloon.targetPages) * PAGE_KIB,
        actualKib: (configuredPages - balloon.sizePages) * PAGE_KIB,
      },
    ];
  });
}

/**
 * Free memory as Xen counts it: a domain is given all its memory when it is built, whether it has touched it or not, and
 * gives back what its balloon takes. Negative while more is promised than there is.
 */
export function unpromisedKib({ host, vms }: Observation): number {
  const promisedPages = vms.reduce((sum, vm) => sum + vm.configuredPages - (vm.balloon?.sizePages ?? 0), 0);
  return (host.framePages - host.overheadPages - promisedPages) * PAGE_KIB;
}

/** Memory in whole pages, for the driver moves pages. */
export function wholePagesKib(kib: number): number {
  return Math.floor(kib / PAGE_KIB) * PAGE_KIB;
}

/** The balloon that leaves a domain this much. */
export function balloonPages({ configuredKib }: BalloonedDomain, targetKib: number): number {
  return Math.max(0, Math.floor((configuredKib - targetKib) / PAGE_KIB));
}
