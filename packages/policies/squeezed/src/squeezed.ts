import type { Json, Observation, SetBalloonTarget } from "@ballast/core/policy";
import { type BalloonedDomain, balloonPages, seeDomains, unpromisedKib } from "./domains.ts";
import type { Settings } from "./parameters.ts";
import { stepTowardsBalance } from "./squeeze.ts";
import { type DriverProgress, followDrivers } from "./stuckness.ts";

type State = {
  readonly nextCheckNs: number;
  /** The drivers since the balancing at hand began; null while none is. */
  readonly balancing: readonly DriverProgress[] | null;
};

/** The daemon: checks now and then whether memory is in proportion, and if not balances until targets are reached. */
export class Squeezed {
  private readonly settings: Settings;
  private state: State = { nextCheckNs: 0, balancing: null };

  constructor(settings: Settings) {
    this.settings = settings;
  }

  /**
   * The toolstack asks squeezed for memory before it starts a domain. A policy is not asked here: instead, at a change of
   * the memory state or a shortage, it does not wait for its next check.
   */
  decide(observation: Observation): SetBalloonTarget[] {
    const { checkPeriodNs, inaccuracyKib, hostTargetKib } = this.settings;
    const { timeNs, cause } = observation;
    const domains = seeDomains(observation.vms, inaccuracyKib);
    if (this.state.balancing !== null) return this.balance(domains, observation);
    if (cause === "period" && timeNs < this.state.nextCheckNs) return [];
    const { isBalanced } = stepTowardsBalance(domains, unpromisedKib(observation), hostTargetKib);
    this.state = { nextCheckNs: timeNs + checkPeriodNs, balancing: isBalanced ? null : [] };
    return isBalanced ? [] : this.balance(domains, observation);
  }

  private balance(domains: readonly BalloonedDomain[], observation: Observation): SetBalloonTarget[] {
    const { stuckNs, hostTargetKib } = this.settings;
    const before = this.state.balancing ?? [];
    const drivers = followDrivers(before, domains, observation.timeNs, stuckNs);
    const stuck = new Set(stuckVms(drivers));
    const active = domains.filter(({ vm }) => !stuck.has(vm));
    const { isBalanced, targets } = stepTowardsBalance(active, unpromisedKib(observation), hostTargetKib);
    this.state = { ...this.state, balancing: isBalanced ? null : drivers };
    const newlyStuck = domains.filter(({ vm }) => stuck.has(vm) && !stuckVms(before).includes(vm));
    return [
      ...targets.flatMap(({ domain, targetKib, gamma, phase }) =>
        setTarget(domain, targetKib, phase === "frees" ? "is to free memory" : "has a part of the surplus", { gamma }),
      ),
      ...newlyStuck.flatMap((domain) => setTarget(domain, minPromiseKib(domain), "its driver is stuck", {})),
    ];
  }

  save(): Json {
    return this.state;
  }

  load(saved: Json): void {
    this.state = saved as State;
  }
}

function stuckVms(drivers: readonly DriverProgress[]): number[] {
  return drivers.filter(({ isStuck }) => isStuck).map(({ vm }) => vm);
}

/** Who does not listen is to get no more than it has, or it could take later what is given to others meanwhile. */
function minPromiseKib({ targetKib, actualKib, dynamicMinKib, dynamicMaxKib }: BalloonedDomain): number {
  return Math.min(dynamicMaxKib, Math.max(dynamicMinKib, Math.min(targetKib, actualKib)));
}

function setTarget(
  domain: BalloonedDomain,
  targetKib: number,
  reason: string,
  figures: SetBalloonTarget["figures"] = {},
): SetBalloonTarget[] {
  const { vm, actualKib } = domain;
  if (targetKib === domain.targetKib) return [];
  const seen = { ...figures, actualKib, targetKib };
  return [{ kind: "SetBalloonTarget", vm, pages: balloonPages(domain, targetKib), reason, figures: seen }];
}
