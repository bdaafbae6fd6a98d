import {
  definePolicy,
  missingPages,
  nsFromMs,
  type Observation,
  periodMs,
  type Prng,
  reserveFraction,
  shortageFraction,
  shortagePages,
  stateless,
  stealAboveLimits,
  stealAtRandom,
  type StealPages,
  type ValuesOf,
  type VmObservation,
} from "@ballast/core/policy";

const parameters = { reserveFraction, shortageFraction, periodMs };

/** The lecture's stealing: inactive pages of idle VMs go to those that need them. */
export const policy = definePolicy({
  apiVersion: 1,
  name: "idle-steal",
  version: "0.1.0",
  description: "Keeps a reserve of free frames by stealing inactive pages, from the most idle VM first.",
  requires: ["steal", "idleScan"],
  periodNs: (values) => nsFromMs(values.periodMs),
  parameters,
  create: (values, prng) => stateless((observation) => decide(observation, values, prng)),
});

function decide(observation: Observation, values: ValuesOf<typeof parameters>, prng: Prng): StealPages[] {
  const { vms, cause, neededPages } = observation;
  const pages = missingPages(observation, values.reserveFraction);
  if (pages === 0) return stealAboveLimits(vms);
  const decisions = stealIdle(vms, pages);
  const steals = decisions.map(({ decision }) => decision);
  const stolen = decisions.reduce((sum, { pages: taken }) => sum + taken, 0);
  if (cause !== "shortage" || stolen >= neededPages) return steals;
  const batch = shortagePages(observation, values.shortageFraction) - stolen;
  const left = leaveOut(vms, steals);
  return [...steals, ...stealAtRandom(left, batch, prng, "no free frame and no idle page", { neededPages })];
}

/** The VMs as they are after those steals. */
function leaveOut(vms: readonly VmObservation[], steals: readonly StealPages[]): VmObservation[] {
  return vms.map((vm) => {
    const gone = steals.find((steal) => steal.vm === vm.vm);
    const pages = gone !== undefined && "count" in gone.take ? gone.take.count : 0;
    return { ...vm, residentPages: vm.residentPages - pages };
  });
}

type IdleSteal = { readonly pages: number; readonly decision: StealPages };

/**
 * The VM with the largest part of its pages idle gives first; of equal ones the one with more idle pages, then the lower
 * number. Not the one with most idle pages: a large VM that waits for its swap-ins touches few pages in a period and
 * would be stolen from again and again.
 */
function stealIdle(vms: readonly VmObservation[], pages: number): IdleSteal[] {
  const givers = vms.map((vm) => ({ vm, idle: idleAboveReservation(vm) })).filter(({ idle }) => idle > 0);
  givers.sort((left, right) => {
    const byFraction = idleFraction(right.vm) - idleFraction(left.vm);
    return byFraction || right.idle - left.idle || left.vm.vm - right.vm.vm;
  });
  const steals: IdleSteal[] = [];
  let missing = pages;
  for (const { vm, idle } of givers) {
    if (missing === 0) break;
    const count = Math.min(missing, idle);
    const figures = { idleFraction: idleFraction(vm), residentPages: vm.residentPages, missingPages: missing };
    const take = { count, order: "idle" } as const;
    const decision: StealPages = { kind: "StealPages", vm: vm.vm, take, reason: "is most idle", figures };
    steals.push({ pages: count, decision });
    missing -= count;
  }
  return steals;
}

function idleFraction({ idlePages = 0, residentPages }: VmObservation): number {
  return residentPages === 0 ? 0 : idlePages / residentPages;
}

function idleAboveReservation({ idlePages = 0, residentPages, reservationPages }: VmObservation): number {
  return Math.max(0, Math.min(idlePages, residentPages - reservationPages));
}
