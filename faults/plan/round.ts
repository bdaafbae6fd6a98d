import type { Damage } from "./damage.ts";
import type { PlannedFault } from "./fault.ts";
import type { Misbehaviour, RunSpec } from "./run-specs.ts";

/** Whose Postgres: the server's own; the harness's, behind its proxy; the harness's on a file system that can be filled. */
export const PLACES = ["own", "proxied", "small-disk"] as const;
export type Place = (typeof PLACES)[number];

export type ReaderPlan = {
  readonly transport: "event-stream" | "web-socket";
  /** Pause after each message, in ms; 0: as fast as it comes. */
  readonly pauseMs: number;
  /** After this time the connection is dropped without notice, and another continues after the last event; null: never. */
  readonly vanishMs: number | null;
};

/** What comes in besides runs and readers; each kind of it is drawn from `seed`. */
export type NuisancePlan = {
  readonly seed: number;
  readonly rawRequests: number;
  readonly documents: number;
  readonly badScenarios: number;
  readonly badTraces: number;
};

/** Runs under faults. Runs are begun in this order, and as many as are needed to keep the server busy until the last fault. */
export type DisturbedRound = {
  readonly kind: "disturbed";
  readonly number: number;
  readonly place: Place;
  readonly servers: number;
  readonly runs: readonly RunSpec[];
  /** Policies that break their rules, one run each. */
  readonly misbehaving: readonly Misbehaviour[];
  readonly faults: readonly PlannedFault[];
  readonly readers: readonly ReaderPlan[];
  readonly nuisances: NuisancePlan;
};

/** Completed runs with damaged rows, one damage for each run, and a server that has not read them yet. */
export type DamagedRound = { readonly kind: "damaged"; readonly number: number; readonly damages: readonly Damage[] };

export type Round = DisturbedRound | DamagedRound;
