import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "../../packages/processes/src/process-identity.ts";
import type { Fault } from "../plan/fault.ts";
import type { ServerProcess } from "./server-process.ts";
import { fillDisk, type Site } from "./site.ts";

/** What a fault met, for the report. */
export type Injected = { readonly told: string; readonly hit: boolean };

const MISSED = (told: string): Injected => ({ told, hit: false });
const DONE = (told: string): Injected => ({ told, hit: true });

/** Carries out a fault; comes back when what it lasts for is over. Kills of the server are the caller's: damage may come in between. */
export async function injectFault(site: Site, fault: Exclude<Fault, { kind: "kill-server" }>): Promise<Injected> {
  switch (fault.kind) {
    case "freeze-server":
      return await freezeServer(serverAt(site, fault.at), fault.forMs);
    case "restart-server":
      return await restartServer(serverAt(site, fault.at));
    case "kill-postgres":
      return await killPostgres(site, fault.downMs);
    case "kill-backend":
      return await withBackend(site, "backend_type = 'client backend'", fault.at, (pid) => signal(pid, "SIGKILL"));
    case "freeze-backend":
      return await freezeBackend(site, fault.at, fault.forMs);
    case "end-sessions":
      return await endSessions(site, fault.part);
    case "cut-connections":
      return DONE(`${site.proxy?.cut(fault.how, fault.refuseMs)} connections, ${fault.how}`);
    case "slow-connections":
      return await slowConnections(site, fault.delayMs, fault.forMs);
    case "refuse-writes":
      return await refuseWrites(site, fault.table, fault.forMs);
    case "fill-disk":
      return await fillForAWhile(site, fault.forMs);
    case "jump-clock": {
      writeFileSync(itemAt(site.clockFiles, fault.at), String(fault.byMs));
      return DONE(`by ${fault.byMs} ms`);
    }
  }
}

export function serverAt({ servers }: Site, at: number): ServerProcess {
  return itemAt(servers, at);
}

function itemAt<Item>(items: readonly Item[], at: number): Item {
  const item = items[Math.floor(at * items.length)];
  if (item === undefined) throw new Error(`nothing at ${at} of ${items.length}`);
  return item;
}

async function freezeServer(server: ServerProcess, forMs: number): Promise<Injected> {
  server.signal("SIGSTOP");
  await sleep(forMs);
  server.signal("SIGCONT");
  return DONE(`${forMs} ms`);
}

async function restartServer(server: ServerProcess): Promise<Injected> {
  await server.stop();
  await server.start();
  return DONE("SIGTERM");
}

async function killPostgres({ postgres }: Site, downMs: number): Promise<Injected> {
  const pid = postgres.pid();
  if (pid === undefined) return MISSED("there is no postmaster now");
  signal(pid, "SIGKILL");
  while (isAlive(pid)) await sleep(2);
  await sleep(downMs);
  await postgres.revive();
  return DONE(`process ${pid}`);
}

async function withBackend(site: Site, which: string, at: number, act: (pid: number) => void): Promise<Injected> {
  const text = `select pid from pg_stat_activity where ${which} and pid <> pg_backend_pid() order by pid`;
  const backends = await site.database.tryRows<{ pid: number }>(text);
  if (backends === undefined || backends.length === 0) return MISSED("there is no such process now");
  const { pid } = itemAt(backends, at);
  act(pid);
  return DONE(`process ${pid}`);
}

async function freezeBackend(site: Site, at: number, forMs: number): Promise<Injected> {
  let frozen: number | undefined;
  const injected = await withBackend(site, "backend_type in ('client backend', 'walwriter', 'checkpointer')", at, (pid) => {
    signal(pid, "SIGSTOP");
    frozen = pid;
  });
  await sleep(forMs);
  if (frozen !== undefined) signal(frozen, "SIGCONT");
  return injected;
}

async function endSessions(site: Site, part: number): Promise<Injected> {
  const text = `select count(pg_terminate_backend(pid))::integer as ended from pg_stat_activity
    where backend_type = 'client backend' and pid <> pg_backend_pid() and random() < $1`;
  const ended = (await site.database.tryRows<{ ended: number }>(text, [part]))?.[0]?.ended ?? 0;
  return { told: `${ended} sessions`, hit: ended > 0 };
}

async function slowConnections(site: Site, delayMs: number, forMs: number): Promise<Injected> {
  site.proxy?.delay(delayMs);
  await sleep(forMs);
  site.proxy?.delay(0);
  return DONE(`by ${delayMs} ms for ${forMs} ms`);
}

/** 53100 is disk_full in Postgres' table of error codes. */
async function refuseWrites(site: Site, table: string, forMs: number): Promise<Injected> {
  const refuse = `
    create or replace function fault_refuse() returns trigger language plpgsql as $$
    begin raise 'could not extend file: No space left on device' using errcode = '53100'; end $$;
    create trigger fault_full_disk before insert or update on ${table} for each statement execute function fault_refuse();`;
  if ((await site.database.tryRows(refuse)) === undefined) return MISSED("Postgres does not answer now");
  await sleep(forMs);
  await site.database.rows("drop function if exists fault_refuse cascade");
  return DONE(`of ${table} for ${forMs} ms`);
}

async function fillForAWhile({ smallDisk, postgres }: Site, forMs: number): Promise<Injected> {
  if (smallDisk === undefined) return MISSED("its disk cannot be filled");
  const empty = fillDisk(smallDisk);
  await sleep(forMs);
  empty();
  await postgres.revive();
  return DONE(`for ${forMs} ms`);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
