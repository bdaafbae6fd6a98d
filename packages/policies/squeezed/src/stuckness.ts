import type { BalloonedDomain } from "./domains.ts";

/** What is known of a domain's balloon driver since a balancing began; a part of the policy's saved state. */
export type DriverProgress = {
  readonly vm: number;
  readonly lastActualKib: number;
  readonly lastProgressNs: number;
  readonly isStuck: boolean;
};

/** Whether a domain holds what it is asked to, as exactly as its driver can. */
export function isAt({ actualKib, inaccuracyKib }: BalloonedDomain, targetKib: number): boolean {
  return Math.abs(actualKib - targetKib) <= inaccuracyKib;
}

/**
 * Follows the drivers: one that is asked to move, and has not moved towards its target for longer than `stuckNs`, is
 * stuck until it moves. xapi-project/xen-api, ocaml/squeezed, Squeeze.Stuckness_monitor.
 */
export function followDrivers(
  known: readonly DriverProgress[],
  domains: readonly BalloonedDomain[],
  timeNs: number,
  stuckNs: number,
): DriverProgress[] {
  return domains.map((domain) => {
    const { vm, actualKib, targetKib } = domain;
    const before = known.find((progress) => progress.vm === vm);
    if (before === undefined) return { vm, lastActualKib: actualKib, lastProgressNs: timeNs, isStuck: false };
    const movedKib = actualKib - before.lastActualKib;
    const isAsked = !isAt(domain, targetKib);
    const isMoving = isAsked && movedKib !== 0 && movedKib > 0 === targetKib > actualKib;
    if (isMoving) return { vm, lastActualKib: actualKib, lastProgressNs: timeNs, isStuck: false };
    const isLate = isAsked && timeNs - before.lastProgressNs > stuckNs;
    return { ...before, lastActualKib: actualKib, isStuck: before.isStuck || isLate };
  });
}
