import { type Damage, HOWS } from "./damage.ts";
import { Draws } from "./draws.ts";
import { CUTS, type Fault, type FaultKind, type PlannedFault } from "./fault.ts";
import { type DamagedRound, type DisturbedRound, type NuisancePlan, type Place, type ReaderPlan, type Round } from "./round.ts";
import type { Misbehaviour, RunSpec } from "./run-specs.ts";

/** What a simulation may use where it runs, and how much of it. */
export type PlanLimits = {
  readonly places: readonly Place[];
  readonly specs: readonly RunSpec[];
  readonly misbehaving: readonly Misbehaviour[];
  /** Tables whose rows are damaged: of completed runs those that must be noticed and any, and those of runs at work. */
  readonly tables: { readonly checked: readonly string[]; readonly live: readonly string[]; readonly all: readonly string[] };
  /** In one round. */
  readonly faults: readonly [fewest: number, max: number];
  readonly nuisances: number;
  /** Only faults of these kinds; of all kinds if not given. */
  readonly kinds?: readonly FaultKind[] | undefined;
};

/** Every fourth round damages completed runs; the others disturb running ones. A round depends on the seed, its number and the limits alone. */
export function planRound(seed: number, number: number, limits: PlanLimits): Round {
  const draws = new Draws(seed, `round ${number}`);
  return number % 4 === 2 ? damagedRound(draws, number, limits) : disturbedRound(draws, number, limits);
}

function damagedRound(draws: Draws, number: number, { tables, specs }: PlanLimits): DamagedRound {
  const damages = specs.map(() => drawDamage(draws, draws.rng(0.75) ? tables.checked : tables.all));
  return { kind: "damaged", number, damages };
}

function disturbedRound(draws: Draws, number: number, limits: PlanLimits): DisturbedRound {
  const place = draws.pick(limits.places);
  const servers = draws.rng(0.3) ? 2 : 1;
  const [fewest, max] = limits.faults;
  return {
    kind: "disturbed",
    number,
    place,
    servers,
    runs: draws.many(64, () => draws.pick(limits.specs)),
    misbehaving: limits.misbehaving.length === 0 ? [] : draws.many(draws.between(0, 2), () => draws.pick(limits.misbehaving)),
    faults: draws.many(draws.between(fewest, max), () => drawFault(draws, place, limits)),
    readers: draws.many(draws.between(1, 4), () => drawReader(draws)),
    nuisances: drawNuisances(draws, limits.nuisances),
  };
}

const EVERYWHERE = {
  "kill-server": 8,
  "freeze-server": 1,
  "restart-server": 1,
  "kill-postgres": 6,
  "kill-backend": 2,
  "freeze-backend": 1,
  "end-sessions": 1,
  "refuse-writes": 1,
  "jump-clock": 1,
} as const;
type Weights = Readonly<Partial<Record<FaultKind, number>>>;
const WEIGHTS: Readonly<Record<Place, Weights>> = {
  own: EVERYWHERE,
  proxied: { ...EVERYWHERE, "cut-connections": 4, "slow-connections": 2 },
  "small-disk": { ...EVERYWHERE, "fill-disk": 8 },
};

function drawFault(draws: Draws, place: Place, limits: PlanLimits): PlannedFault {
  const kind = draws.weighted(weightsOf(WEIGHTS[place], limits.kinds));
  return { afterMs: draws.between(20, 900), waits: draws.rng(0.75), fault: faultOf(draws, kind, limits) };
}

/** Kinds that are asked for are equally likely; a place that has none of them keeps its own. */
function weightsOf(weights: Weights, kinds: readonly FaultKind[] | undefined): Weights {
  const kept = kinds?.filter((kind) => weights[kind] !== undefined) ?? [];
  return kept.length === 0 ? weights : Object.fromEntries(kept.map((kind) => [kind, 1]));
}

function faultOf(draws: Draws, kind: FaultKind, { tables }: PlanLimits): Fault {
  const at = draws.fraction();
  switch (kind) {
    case "kill-server":
      return { kind, at, downMs: draws.between(0, 300), damage: draws.rng(0.25) ? drawDamage(draws, tables.live) : null };
    case "restart-server":
    case "kill-backend":
      return { kind, at };
    case "freeze-server":
    case "freeze-backend":
      return { kind, at, forMs: draws.between(100, 1_500) };
    case "kill-postgres":
      return { kind, downMs: draws.between(0, 500) };
    case "end-sessions":
      return { kind, part: draws.pick([0.3, 1]) };
    case "cut-connections":
      return { kind, how: draws.pick(CUTS), refuseMs: draws.pick([0, 0, 200, 1_000]) };
    case "slow-connections":
      return { kind, delayMs: draws.between(5, 100), forMs: draws.between(300, 2_000) };
    case "refuse-writes":
      return { kind, table: draws.pick(tables.checked), forMs: draws.between(200, 1_500) };
    case "fill-disk":
      return { kind, forMs: draws.between(200, 2_000) };
    case "jump-clock":
      return { kind, at, byMs: draws.pick([-86_400_000, -3_600_000, -5_000, 5_000, 3_600_000, 31_536_000_000]) };
  }
}

function drawDamage(draws: Draws, tables: readonly string[]): Damage {
  return { table: draws.pick(tables), column: draws.fraction(), row: draws.fraction(), how: draws.pick(HOWS), byte: draws.fraction() };
}

function drawReader(draws: Draws): ReaderPlan {
  const transport = draws.pick(["event-stream", "event-stream", "web-socket"] as const);
  return { transport, pauseMs: draws.pick([0, 0, 5, 50]), vanishMs: draws.rng(0.4) ? draws.between(50, 2_000) : null };
}

function drawNuisances(draws: Draws, scale: number): NuisancePlan {
  const upTo = (max: number): number => draws.between(0, Math.round(max * scale));
  return { seed: draws.between(0, 2 ** 31), rawRequests: upTo(60), documents: upTo(12), badScenarios: upTo(12), badTraces: upTo(6) };
}
