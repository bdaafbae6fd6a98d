/** A domain that can balloon, as squeezed sees it; memory in KiB. */
export type Domain = {
  readonly dynamicMinKib: number;
  readonly dynamicMaxKib: number;
  /** What it holds now. */
  readonly actualKib: number;
  /** By how much what it holds may differ from its target. */
  readonly inaccuracyKib: number;
};

export type Division = {
  /** Part of its range that each domain gets, 0 to 1. */
  readonly gamma: number;
  readonly surplusKib: number;
  readonly targetsKib: readonly number[];
};

/**
 * Divides what would be free beyond the host's target, if all ballooned down to dynamic-min, so that
 * (target - min) / (max - min) is the same for all. xapi-project/xen-api, ocaml/squeezed, Squeeze.Proportional.
 */
export function divideInProportion(domains: readonly Domain[], freeKib: number, hostTargetKib: number): Division {
  const freeableKib = domains.reduce((sum, domain) => sum + minFreeableKib(domain), 0);
  const surplusKib = Math.max(0, freeKib + freeableKib - hostTargetKib);
  const rangeKib = domains.reduce((sum, domain) => sum + rangeOf(domain), 0);
  const gamma = rangeKib === 0 ? 0 : Math.min(1, surplusKib / rangeKib);
  const targetsKib = domains.map((domain) => domain.dynamicMinKib + Math.trunc(gamma * rangeOf(domain)));
  return { gamma, surplusKib, targetsKib };
}

/** What a target of dynamic-min frees at least: the driver may stop short of it, and may be short of its target now. */
function minFreeableKib({ actualKib, dynamicMinKib, inaccuracyKib }: Domain): number {
  return Math.max(0, actualKib - dynamicMinKib - 2 * inaccuracyKib);
}

function rangeOf({ dynamicMinKib, dynamicMaxKib }: Domain): number {
  return Math.max(0, dynamicMaxKib - dynamicMinKib);
}
