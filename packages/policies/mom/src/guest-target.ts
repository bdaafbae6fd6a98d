/** A guest as the rules see it; memory in one unit, kB in the original. */
export type Guest = {
  /** What the balloon leaves to it now, and on average over the samples. */
  readonly current: number;
  readonly meanCurrent: number;
  /** What it said on average that it does not use. */
  readonly meanUnused: number;
  readonly minimum: number;
  readonly maximum: number;
};

export type Rules = {
  readonly pressureFraction: number;
  readonly criticalFraction: number;
  readonly guestFreeFraction: number;
  readonly maxChangeFraction: number;
  readonly minChangeFraction: number;
};

/**
 * What a guest is to have, or undefined if that is not to change. `hostFreeFraction` is the host's free memory, averaged
 * over the samples. The rules of oVirt/vdsm, static/etc/vdsm/mom.d/02-balloon.policy.
 */
export function targetOf(guest: Guest, hostFreeFraction: number, rules: Rules): number | undefined {
  const { current, minimum } = guest;
  if (current < minimum) return minimum;
  const needed = neededBy(guest, hostFreeFraction, rules);
  const isShort = hostFreeFraction < rules.pressureFraction;
  const target = isShort ? shrink(guest, needed, rules) : grow(guest, needed, rules);
  return Math.abs(target - current) > rules.minChangeFraction * current ? target : undefined;
}

/** What it uses and a part that is to be free: the less, the less the host has; below zero when that is critical. */
function neededBy(guest: Guest, hostFreeFraction: number, rules: Rules): number {
  const { current, meanCurrent, meanUnused, minimum } = guest;
  const isCritical = hostFreeFraction <= rules.criticalFraction;
  const freeFraction = isCritical
    ? hostFreeFraction - rules.criticalFraction
    : rules.guestFreeFraction * (hostFreeFraction / rules.pressureFraction);
  return Math.max(minimum, meanCurrent - meanUnused + freeFraction * current);
}

function shrink({ current }: Guest, needed: number, { maxChangeFraction }: Rules): number {
  const target = Math.max(current * (1 - maxChangeFraction), needed);
  return Math.min(current, target);
}

/** What is needed wins over the most change: only shrinking is slow. */
function grow({ current, maximum }: Guest, needed: number, { maxChangeFraction }: Rules): number {
  if (current >= maximum) return current;
  return Math.min(maximum, Math.max(current * (1 + maxChangeFraction), needed));
}
