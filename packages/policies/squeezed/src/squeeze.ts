import { type BalloonedDomain, wholePagesKib } from "./domains.ts";
import { divideInProportion } from "./proportional-targets.ts";
import { isAt } from "./stuckness.ts";

export type NewTarget = {
  readonly domain: BalloonedDomain;
  readonly targetKib: number;
  readonly gamma: number;
  readonly phase: "frees" | "grows";
};

export type Step = {
  /** Whether the domains have what they are to have, and nothing more is to be done. */
  readonly isBalanced: boolean;
  readonly targets: readonly NewTarget[];
};

/**
 * One look at the active domains. Those that are to give come first: while one of them is above its new target no domain
 * is told to grow, so that memory is free before it is given away. Squeeze.Squeezer.one_iteration.
 */
export function stepTowardsBalance(domains: readonly BalloonedDomain[], freeKib: number, hostTargetKib: number): Step {
  const { gamma, targetsKib } = divideInProportion(domains, freeKib, hostTargetKib);
  const wanted = domains.map((domain, index): NewTarget => {
    const targetKib = wholePagesKib(targetsKib[index] ?? domain.targetKib);
    const isGiving = !isAt(domain, targetKib) && targetKib < domain.actualKib;
    return { domain, targetKib, gamma, phase: isGiving ? "frees" : "grows" };
  });
  const giving = wanted.filter(({ phase }) => phase === "frees");
  const targets = giving.length > 0 ? giving : wanted;
  const areReached = domains.every((domain) => isAt(domain, domain.targetKib));
  const isBalanced = areReached && targets.every(({ domain, targetKib }) => domain.targetKib === targetKib);
  return { isBalanced, targets };
}
