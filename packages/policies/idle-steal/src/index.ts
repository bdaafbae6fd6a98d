import {
  missingPages,
  NS_PER_MS,
  type Observation,
  periodMs,
  type Policy,
  type Prng,
  reserveFraction,
  stealAboveLimits,
  stealAtRandom,
  type StealPages,
  type VmObservation,
} from "@ballast/core/policy";

/** The lecture's stealing: inactive pages of idle VMs go to those that need them. */
export const policy: Policy = {
  name: "idle-steal",
  version: "0.1.0",
  says: "Keeps a reserve of free frames by stealing inactive pages, from the VM with most of them first.",
  requires: ["steal", "idleScan"],
  periodNs: (parameters) => Math.round(Number(parameters["periodMs"]) * NS_PER_MS),
  parameters: { reserveFraction, periodMs },
  create: (parameters, prng) => ({
    decide: (observation) => decide(observation, Number(parameters["reserveFraction"]), prng),
    save: () => null,
    load: () => {},
  }),
};

function decide(observation: Observation, fraction: number, prng: Prng): StealPages[] {
  const { vms, cause, neededPages } = observation;
  const pages = missingPages(observation, fraction);
  if (pages === 0) return stealAboveLimits(vms);
  const decisions = stealIdle(vms, pages);
  const stolen = decisions.reduce((sum, { pages: taken }) => sum + taken, 0);
  const stillNeeded = cause === "shortage" ? Math.max(0, neededPages - stolen) : 0;
  const steals = decisions.map(({ decision }) => decision);
  if (stillNeeded === 0) return steals;
  const figures = { neededPages, idlePages: stolen };
  return [...steals, ...stealAtRandom(vms, stillNeeded, prng, "no free frame and no idle page", figures)];
}

type IdleSteal = { readonly pages: number; readonly decision: StealPages };

/** The VM with most idle pages above its reservation gives first; of equal ones the one with the lower number. */
function stealIdle(vms: readonly VmObservation[], pages: number): IdleSteal[] {
  const givers = vms.map((vm) => ({ vm, idle: idleAboveReservation(vm) })).filter(({ idle }) => idle > 0);
  givers.sort((left, right) => right.idle - left.idle || left.vm.vm - right.vm.vm);
  const steals: IdleSteal[] = [];
  let missing = pages;
  for (const { vm, idle } of givers) {
    if (missing === 0) break;
    const count = Math.min(missing, idle);
    const figures = { idlePages: vm.idlePages ?? 0, residentPages: vm.residentPages, missingPages: missing };
    const take = { count, order: "idle" } as const;
    const decision: StealPages = { kind: "StealPages", vm: vm.vm, take, reason: "has most idle pages", figures };
    steals.push({ pages: count, decision });
    missing -= count;
  }
  return steals;
}

function idleAboveReservation({ idlePages = 0, residentPages, reservationPages }: VmObservation): number {
  return Math.max(0, Math.min(idlePages, residentPages - reservationPages));
}
