import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { nameBuiltInTraces } from "../packages/cli/src/testing/prepare-data-folder.ts";
import { listTraces, parseScenario } from "../packages/core/src/scenario/index.ts";
import { migrateToLatest } from "../packages/server/src/database/migrate.ts";
import { beginRun } from "./actors/begin-run.ts";
import { Cluster } from "./actors/cluster.ts";
import { copyMisbehavingPolicies, listMisbehaviours } from "./actors/misbehaving-policies.ts";
import { Scratch } from "./actors/scratch.ts";
import { killAllServers, type ServerProcess } from "./actors/server-process.ts";
import { requireKnownTypes } from "./actors/saboteur.ts";
import { Database } from "./actors/site.ts";
import { Figures } from "./figures/figures.ts";
import { lastingProcesses } from "./judge/left-over.ts";
import { expectedRun, Reference } from "./judge/reference.ts";
import { type Column, COLUMNS_OF_DATABASE, columnsByTable, STORED_TABLES } from "./judge/stored-parts.ts";
import { type PlanLimits, planRound } from "./plan/plan-round.ts";
import type { FaultKind } from "./plan/fault.ts";
import type { Place } from "./plan/round.ts";
import type { RunSpec } from "./plan/run-specs.ts";
import { BASE, type Bench, newServer } from "./rounds/bench.ts";
import { damagedRound } from "./rounds/damaged-round.ts";
import { disturbedRound } from "./rounds/disturbed-round.ts";

export type SimulationOptions = {
  readonly seed: number;
  /** Numbers of the rounds, in order. */
  readonly rounds: Iterable<number>;
  /** After this many seconds no round begins, and no further fault of one. */
  readonly seconds: number;
  readonly specs: readonly RunSpec[];
  readonly places: readonly Place[];
  readonly faults: readonly [fewest: number, max: number];
  readonly nuisances: number;
  /** Only faults of these kinds; of all kinds if not given. */
  readonly kinds?: readonly FaultKind[] | undefined;
  /** Continues after a round that failed. */
  readonly goesOn?: boolean;
  /** Breaks the simulation off; what it started is ended. */
  readonly signal?: AbortSignal;
  readonly say: (line: string) => void;
};

export type SimulationResult = {
  readonly rounds: number;
  readonly failures: readonly string[];
  readonly skipped: readonly string[];
  readonly figures: Figures;
};

const BREAK_OFF_MS = 20_000;
/** Nearly all of what is stored, and so nearly all of what can be hit: drawn more often. */
const LARGEST = ["commits", "commits", "keyframes", "keyframe_parts"];

/** Plans rounds from the seed and carries them out, until one fails or the time is over. Everything it started is gone afterwards. */
export async function simulate(options: SimulationOptions): Promise<SimulationResult> {
  const scratch = new Scratch();
  const clusters: Cluster[] = [];
  const servers: ServerProcess[] = [];
  const figures = new Figures();
  const outcome = { rounds: 0, failures: [] as string[], skipped: [] as string[] };
  const started = { scratch, clusters, servers, figures, skipped: outcome.skipped };
  const played = prepare(options, started).then((bench) => playRounds(options, bench, outcome));
  try {
    await Promise.race([played, whenAborted(options.signal)]);
  } catch (error) {
    if (options.signal?.aborted !== true) throw error;
    outcome.skipped.push("what was left to do: the simulation was broken off");
  } finally {
    if (options.signal?.aborted === true) await breakOff(played);
    for (const server of servers) await server.stop();
    for (const cluster of clusters) await cluster.stop();
    outcome.failures.push(
      ...(await lastingProcesses(scratch.folder)),
      ...scratch.leftFiles().map((file) => `left behind in the temporary folder: ${file}`),
    );
    scratch.remove();
  }
  return { ...outcome, figures };
}

/** Without its servers whatever is under way fails soon; what it would start afterwards must not be left. */
async function breakOff(played: Promise<void>): Promise<void> {
  const hasSettled = played.then(
    () => undefined,
    () => undefined,
  );
  const isOver = Promise.race([hasSettled, sleep(BREAK_OFF_MS)]);
  const killing = setInterval(() => void killAllServers(), 100);
  await isOver;
  clearInterval(killing);
  await killAllServers();
}

function whenAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) =>
    signal?.addEventListener("abort", () => reject(new Error("the simulation was broken off")), { once: true }),
  );
}

type Started = {
  readonly scratch: Scratch;
  readonly clusters: Cluster[];
  readonly servers: ServerProcess[];
  readonly figures: Figures;
  readonly skipped: string[];
};

async function prepare(options: SimulationOptions, { scratch, clusters, servers, figures, skipped }: Started): Promise<Bench> {
  const cluster = await Cluster.start(scratch.make("pg"));
  clusters.push(cluster);
  const reference = await makeReference(options, cluster, scratch, servers);
  options.signal?.throwIfAborted();
  const smallDisk = options.places.includes("small-disk") ? await makeSmallDisk(scratch, clusters, skipped) : undefined;
  const database = new Database(() => cluster.url("reference"));
  const columns = columnsByTable(await database.rows<Column>(COLUMNS_OF_DATABASE));
  requireKnownTypes([...columns.values()].flat());
  await database.close();
  const untilMs = performance.now() + options.seconds * 1_000;
  return {
    seed: options.seed,
    scratch,
    cluster,
    smallDisk,
    reference,
    columns,
    figures,
    policyFiles: copyMisbehavingPolicies(scratch),
    untilMs,
    say: options.say,
  };
}

/** Executes every spec undisturbed, once, and keeps a server that answers about these runs. */
async function makeReference(
  { specs, say }: SimulationOptions,
  cluster: Cluster,
  scratch: Scratch,
  servers: ServerProcess[],
): Promise<Reference> {
  await cluster.createDatabase(BASE);
  if (!specs.some(replaysTrace)) await giveNoRecordings(cluster.url(BASE));
  const first = newServer(scratch, { databaseUrl: cluster.url(BASE) });
  servers.push(first);
  const url = await first.start();
  const begun = [];
  for (const spec of specs) begun.push(await beginRun({ servers: [first] }, spec, `undisturbed ${spec.name}`));
  const runs = [];
  for (const { id, spec } of begun) runs.push(await expectedRun(url, id, spec));
  for (const { spec, headPosition, digest } of runs)
    say(`undisturbed: ${spec.name}, ${headPosition} events, digest ${digest.slice(0, 16)}`);
  await first.stop();
  await cluster.createDatabase("reference", BASE);
  const second = newServer(scratch, { databaseUrl: cluster.url("reference") });
  servers.push(second);
  return new Reference(await second.start(), runs);
}

function replaysTrace({ scenario }: RunSpec): boolean {
  return listTraces(parseScenario(scenario)).length > 0;
}

/** To import recordings at its first start takes a server longer than the runs that do not need them. */
async function giveNoRecordings(url: string): Promise<void> {
  await migrateToLatest(url);
  await nameBuiltInTraces(url);
}

async function makeSmallDisk(scratch: Scratch, clusters: Cluster[], skipped: string[]): Promise<Bench["smallDisk"]> {
  const mounted = scratch.mountSmallDisk("small");
  if ("reason" in mounted) {
    skipped.push(`rounds on a disk that is filled: ${mounted.reason}`);
    return undefined;
  }
  const cluster = await Cluster.start(join(mounted.folder, "pg"));
  clusters.push(cluster);
  await cluster.createDatabase(BASE);
  const server = newServer(scratch, { databaseUrl: cluster.url(BASE) });
  await server.start();
  await server.stop();
  return { cluster, folder: mounted.folder };
}

function limitsOf({ specs, faults, nuisances, places, kinds }: SimulationOptions, { smallDisk }: Bench): PlanLimits {
  const tables = (...guards: string[]): string[] =>
    Object.keys(STORED_TABLES).filter((table) => guards.includes(STORED_TABLES[table] ?? ""));
  const checked = tables("checked", "repaired");
  return {
    places: places.filter((place) => place !== "small-disk" || smallDisk !== undefined),
    specs,
    misbehaving: listMisbehaviours(),
    tables: {
      checked: [...LARGEST, ...LARGEST, ...checked],
      live: ["checkpoints", "checkpoints", ...LARGEST],
      all: Object.keys(STORED_TABLES),
    },
    faults,
    nuisances,
    kinds,
  };
}

async function playRounds(options: SimulationOptions, bench: Bench, outcome: { rounds: number; failures: string[] }): Promise<void> {
  const { seed, rounds, say } = options;
  const limits = limitsOf(options, bench);
  for (const number of rounds) {
    if (options.signal?.aborted === true || performance.now() > bench.untilMs || (outcome.failures.length > 0 && options.goesOn !== true))
      return;
    const round = planRound(seed, number, limits);
    const fromMs = performance.now();
    const { told, failures } = round.kind === "damaged" ? await damagedRound(bench, round) : await disturbedRound(bench, round);
    outcome.rounds++;
    say(`round ${number}, ${((performance.now() - fromMs) / 1_000).toFixed(1)} s: ${told}`);
    for (const failure of failures) say(`  FAILED: ${failure}`);
    outcome.failures.push(...failures.map((failure) => `round ${number}: ${failure}`));
  }
}
