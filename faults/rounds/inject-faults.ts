import { setTimeout as sleep } from "node:timers/promises";
import { injectFault, type Injected, serverAt } from "../actors/inject-fault.ts";
import { type Sabotage, sabotage } from "../actors/saboteur.ts";
import type { Site } from "../actors/site.ts";
import { findVictim, isExecutedBy, lookAgain, untilGoesOn, type Victim } from "../actors/work-watch.ts";
import { type Fault, INTERRUPTING, type PlannedFault } from "../plan/fault.ts";
import type { DisturbedRound } from "../plan/round.ts";
import type { Bench } from "./bench.ts";

export type InjectionResult = {
  readonly told: readonly string[];
  readonly damages: ReadonlyMap<number, Sabotage>;
  readonly faults: readonly string[];
};

/** Does the faults of a round one after the other, and measures how long runs stand still after each. */
export async function injectFaults(bench: Bench, round: DisturbedRound, site: Site): Promise<InjectionResult> {
  const told: string[] = [];
  const faults: string[] = [];
  const damages = new Map<number, Sabotage>();
  for (const planned of round.faults) {
    if (performance.now() > bench.untilMs || faults.length > 0) break;
    await sleep(planned.afterMs);
    await injectOne(bench, round, site, planned, { told, faults, damages });
  }
  return { told, damages, faults };
}

type Notes = { readonly told: string[]; readonly faults: string[]; readonly damages: Map<number, Sabotage> };

async function injectOne(bench: Bench, round: DisturbedRound, site: Site, { waits, fault }: PlannedFault, notes: Notes): Promise<void> {
  const pid = fault.kind === "kill-server" ? serverAt(site, fault.at).pid : undefined;
  const victim = await findVictim(site.database, pid);
  const fromMs = performance.now();
  const { told, hit, goesOn } =
    fault.kind === "kill-server"
      ? await killServer(bench, site, fault, { victim, damages: notes.damages })
      : { ...(await injectFault(site, fault)), goesOn: undefined };
  notes.told.push(`${fault.kind} (${told})`);
  if (!hit) return;
  bench.say(`  ${fault.kind} (${told})${victim === undefined ? ", no run was at work" : ` while run ${victim.run} was at ${victim.head}`}`);
  bench.figures.addFault(fault.kind);
  if (victim === undefined) return;
  if (fault.kind.startsWith("kill-")) bench.figures.count("kills that met a run at work");
  if (!waits || !INTERRUPTING.has(fault.kind)) return;
  const watched = fault.kind === "kill-server" ? goesOn : untilGoesOn(site.database, victim, fromMs);
  // Another server's run was not interrupted.
  if (watched === undefined) return;
  const ms = await watched;
  if (ms === undefined) return void notes.faults.push(`run ${victim.run} did not continue within 90 s after ${fault.kind} (${told})`);
  bench.figures.addRecovery(fault.kind, round.place, round.servers, ms);
  bench.say(`    it continued after ${(ms / 1_000).toFixed(2)} s`);
}

type KillTarget = { readonly victim: Victim | undefined; readonly damages: Map<number, Sabotage> };
type Killed = Injected & {
  /** Ms until the run that it executed continued: watched while it is started again, because another server may take the run over. */ readonly goesOn:
    | Promise<number | undefined>
    | undefined;
};

async function killServer(
  bench: Bench,
  site: Site,
  fault: Fault & { kind: "kill-server" },
  { victim, damages }: KillTarget,
): Promise<Killed> {
  const server = serverAt(site, fault.at);
  if (server.pid === undefined) return { told: "it does not run now", hit: false, goesOn: undefined };
  const told = `process ${server.pid}`;
  const isHit = victim !== undefined && isExecutedBy(victim, server.pid);
  const fromMs = performance.now();
  await server.kill();
  const goesOn = isHit ? lookAgain(site.database, victim).then((found) => untilGoesOn(site.database, found, fromMs)) : undefined;
  // It is waited for later, and fails then.
  goesOn?.catch(() => undefined);
  const done =
    fault.damage === null || victim === undefined || damages.has(victim.run)
      ? undefined
      : await damageRun(bench, site, fault.damage, victim.run);
  if (done !== undefined && victim !== undefined) damages.set(victim.run, done);
  await sleep(fault.downMs);
  await server.start();
  return { told: done === undefined ? told : `${told}, damaged meanwhile: ${describeSabotage(done)}`, hit: true, goesOn };
}

/** Only where the database is of this round alone. */
async function damageRun(
  bench: Bench,
  site: Site,
  damage: NonNullable<(Fault & { kind: "kill-server" })["damage"]>,
  run: number,
): Promise<Sabotage | undefined> {
  if (site.proxy === undefined || site.postgres.pid() === undefined) return undefined;
  return await sabotage(site.database.pool(), bench.columns.get(damage.table) ?? [], damage, run).catch(() => undefined);
}

export function describeSabotage({ table, column, how, positions, run }: Sabotage): string {
  const place = positions === undefined ? "" : ` at ${positions.join("-")}`;
  return `${how} ${table}${column === null ? "" : `.${column}`}${run === undefined ? "" : ` of run ${run}`}${place}`;
}
