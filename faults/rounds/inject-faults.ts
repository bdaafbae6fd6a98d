import { setTimeout as sleep } from "node:timers/promises";
import { injectFault, type Injected, serverAt } from "../actors/inject-fault.ts";
import { type Sabotage, sabotage } from "../actors/saboteur.ts";
import type { Site } from "../actors/site.ts";
import { findVictim, untilGoesOn, type Victim } from "../actors/work-watch.ts";
import { type Fault, INTERRUPTING, type PlannedFault } from "../plan/fault.ts";
import type { DisturbedRound } from "../plan/round.ts";
import type { Bench } from "./bench.ts";

export type InjectionResult = { readonly told: readonly string[]; readonly damages: ReadonlyMap<number, Sabotage>; readonly faults: readonly string[] };

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
  const { told, hit } = fault.kind === "kill-server" ? await killServer(bench, site, fault, victim, notes.damages) : await injectFault(site, fault);
  notes.told.push(`${fault.kind} (${told})`);
  if (!hit) return;
  bench.say(`  ${fault.kind} (${told})${victim === undefined ? ", no run was at work" : ` while run ${victim.run} was at ${victim.head}`}`);
  bench.figures.addFault(fault.kind);
  if (victim === undefined) return;
  if (fault.kind === "kill-server" || fault.kind === "kill-postgres") bench.figures.count("kills that met a run at work");
  if (!waits || !INTERRUPTING.has(fault.kind)) return;
  const ms = await untilGoesOn(site.database, victim, fromMs);
  if (ms === undefined) notes.faults.push(`run ${victim.run} did not go on within 90 s after ${fault.kind} (${told})`);
  else {
    bench.figures.addRecovery(fault.kind, round.place, round.servers, ms);
    bench.say(`    it went on after ${(ms / 1_000).toFixed(2)} s`);
  }
}

async function killServer(bench: Bench, site: Site, fault: Fault & { kind: "kill-server" }, victim: Victim | undefined, damages: Map<number, Sabotage>): Promise<Injected> {
  const server = serverAt(site, fault.at);
  if (server.pid === undefined) return { told: "it does not run now", hit: false };
  const told = `process ${server.pid}`;
  await server.kill();
  const done = fault.damage === null || victim === undefined || damages.has(victim.run) ? undefined : await damageRun(bench, site, fault.damage, victim.run);
  if (done !== undefined && victim !== undefined) damages.set(victim.run, done);
  await sleep(fault.downMs);
  await server.start();
  return { told: done === undefined ? told : `${told}, damaged meanwhile: ${describeSabotage(done)}`, hit: true };
}

/** Only where the database is of this round alone. */
async function damageRun(bench: Bench, site: Site, damage: NonNullable<(Fault & { kind: "kill-server" })["damage"]>, run: number): Promise<Sabotage | undefined> {
  if (site.proxy === undefined || site.postgres.pid() === undefined) return undefined;
  return await sabotage(site.database.pool(), bench.columns.get(damage.table) ?? [], damage, run).catch(() => undefined);
}

export function describeSabotage({ table, column, how, positions, run }: Sabotage): string {
  const place = positions === undefined ? "" : ` at ${positions.join("-")}`;
  return `${how} ${table}${column === null ? "" : `.${column}`}${run === undefined ? "" : ` of run ${run}`}${place}`;
}
