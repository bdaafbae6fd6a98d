import {
  type Decision,
  definePolicy,
  divideByGain,
  minChangeFraction,
  nsFromMs,
  type Observation,
  type PartClaim,
  periodMs,
  type Prng,
  reserveFraction,
  shortageFraction,
  shortagePages,
  stateless,
  stealAtRandom,
  type ValuesOf,
  type VmObservation,
} from "@ballast/core/policy";

const parameters = {
  periodMs: {
    ...periodMs,
    default: 1000,
    minimum: 1,
    description: "Simulated time between two divisions of memory.",
    source: "the balloon drivers' own period",
  },
  reserveFraction,
  shortageFraction,
  minChangeFraction: {
    ...minChangeFraction,
    default: 0.01,
    source: "the error of SHARDS at a sampling rate of 1 % is below one hundredth",
  },
};
type Values = ValuesOf<typeof parameters>;

/** Memory goes where its next page saves most misses. */
export const policy = definePolicy({
  apiVersion: 1,
  name: "mrc-balance",
  version: "0.1.0",
  description: "Divides memory by marginal gain on miss ratio curves from sampled accesses (SHARDS), and balloons the rest.",
  requires: ["balloon", "steal", "missRatioCurve"],
  periodNs: (values) => nsFromMs(values.periodMs),
  parameters,
  create: (values, prng) => stateless((observation) => decide(observation, values, prng)),
});

type SeenVm = { readonly vm: VmObservation; readonly claim: PartClaim; readonly balloon: NonNullable<VmObservation["balloon"]> };

function decide(observation: Observation, values: Values, prng: Prng): Decision[] {
  const { vms, cause, neededPages } = observation;
  const targets = decideTargets(observation, values);
  if (cause !== "shortage") return targets;
  const pages = shortagePages(observation, values.shortageFraction);
  const reason = "no free frame, and a balloon would be late";
  return [...targets, ...stealAtRandom(vms, pages, prng, reason, { neededPages })];
}

function decideTargets({ host, vms }: Observation, values: Values): Decision[] {
  const seen = vms.flatMap(see);
  const reserve = Math.ceil(values.reserveFraction * host.framePages);
  const held = seen.reduce((sum, { vm }) => sum + vm.residentPages, 0);
  const available = Math.max(0, held + host.freePages - reserve);
  const parts = divide(
    seen.map(({ claim }) => claim),
    available,
  );
  const isShort = host.freePages < reserve;
  return seen.flatMap(({ vm, claim, balloon }, index): Decision[] => {
    const partPages = parts[index] ?? claim.maxPages;
    const pages = Math.min(balloon.capPages, vm.configuredPages - partPages);
    const change = Math.abs(pages - balloon.targetPages);
    const isSmall = change < values.minChangeFraction * vm.configuredPages;
    if (change === 0 || (isSmall && !(isShort && pages > balloon.targetPages))) return [];
    const figures = { partPages, residentPages: vm.residentPages };
    return [{ kind: "SetBalloonTarget", vm: vm.vm, pages, reason: "its part by marginal gain", figures }];
  });
}

function see(vm: VmObservation): SeenVm[] {
  const { balloon, missRatioCurve: curve, configuredPages, limitPages, reservationPages } = vm;
  if (balloon === undefined || balloon === null || curve === undefined) return [];
  const lowestPages = Math.min(limitPages, Math.max(reservationPages, configuredPages - balloon.capPages));
  return [{ vm, balloon, claim: { curve, lowestPages, maxPages: limitPages } }];
}

/** Parts by gain; pages from which no VM gains are divided in proportion to what each could still take. Whole pages. */
function divide(claims: readonly PartClaim[], pages: number): number[] {
  const parts = divideByGain(claims, pages);
  const left = Math.max(0, pages - parts.reduce((sum, part) => sum + part, 0));
  const room = claims.map(({ maxPages }, index) => maxPages - (parts[index] ?? 0));
  const allRoom = room.reduce((sum, pagesLeft) => sum + pagesLeft, 0);
  if (allRoom === 0) return parts;
  const fraction = Math.min(1, left / allRoom);
  return parts.map((part, index) => part + Math.floor(fraction * (room[index] ?? 0)));
}
