import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "./site.ts";

/** A run at work: where it stood, and under whose lease. */
export type Victim = { readonly run: number; readonly head: number; readonly owner: string };

const UNFINISHED = `select id as run, head_position as head, coalesce(lease_owner, '') as owner from runs
  where status in ('queued', 'running') order by lease_owner is null, id`;
const POLL_MS = 15;
const PATIENCE_MS = 90_000;

/** The run that a fault hits: one that this process (of a server) executes if there is one; undefined if no run is unfinished. */
export async function findVictim(database: Database, pid?: number): Promise<Victim | undefined> {
  const victims = (await database.tryRows<Victim>(UNFINISHED)) ?? [];
  return victims.find((victim) => isExecutedBy(victim, pid)) ?? victims[0];
}

export function isExecutedBy({ owner }: Victim, pid: number | undefined): boolean {
  return pid !== undefined && owner.split(":").includes(String(pid));
}

/** Where the run stands now: what it stored between being found and the fault is no progress after it. */
export async function lookAgain(database: Database, victim: Victim): Promise<Victim> {
  const [row] = await database.rows<{ head: number }>("select head_position as head from runs where id = $1", [victim.run]);
  return { ...victim, head: row?.head ?? victim.head };
}

export async function countUnfinished(database: Database): Promise<number | undefined> {
  return (await database.tryRows(UNFINISHED))?.length;
}

/** Waits until the run has more events, or has ended; ms since `fromMs`. Undefined: not within 90 s. */
export async function untilGoesOn(database: Database, { run, head }: Victim, fromMs: number): Promise<number | undefined> {
  while (performance.now() - fromMs < PATIENCE_MS) {
    const rows = await database.tryRows<{ status: string; head: number }>("select status, head_position as head from runs where id = $1", [
      run,
    ]);
    const now = rows?.[0];
    if (now !== undefined && (now.head > head || !["queued", "running"].includes(now.status))) return performance.now() - fromMs;
    await sleep(POLL_MS);
  }
  return undefined;
}
