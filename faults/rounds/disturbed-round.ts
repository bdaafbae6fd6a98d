import { setTimeout as sleep } from "node:timers/promises";
import type { BegunRun } from "../actors/begin-run.ts";
import { EventReader } from "../actors/event-reader.ts";
import { Nuisances } from "../actors/nuisances.ts";
import { judgeRun } from "../judge/judge-run.ts";
import { troubleIn } from "../judge/server-log.ts";
import type { DisturbedRound } from "../plan/round.ts";
import type { Bench } from "./bench.ts";
import { injectFaults } from "./inject-faults.ts";
import { Load } from "./keep-busy.ts";
import { type OpenSite, openSite } from "./open-site.ts";

export type RoundResult = { readonly told: string; readonly failures: readonly string[] };

/** Slow readers are ended when the runs are over and they have had so long. */
const READER_PATIENCE_MS = 15_000;
const RUN_PATIENCE_MS = 240_000;

/** Runs, readers and nonsense while things break; then everything is held against what must be. */
export async function disturbedRound(bench: Bench, round: DisturbedRound): Promise<RoundResult> {
  const site = await openSite(bench, round);
  const failures: string[] = [];
  let told = "";
  try {
    told = await workOn(bench, round, site, failures);
  } catch (error) {
    failures.push(`the round broke off: ${(error as Error).stack}`);
  } finally {
    await site.close();
  }
  for (const [index, server] of site.servers.entries()) {
    failures.push(...[...server.surprises, ...troubleIn(server.lines)].map((what) => `server ${index}: ${what}`));
  }
  return { told: `${round.place}, ${round.servers} server${round.servers > 1 ? "s" : ""}: ${told}`, failures };
}

async function workOn(bench: Bench, round: DisturbedRound, site: OpenSite, failures: string[]): Promise<string> {
  const urlOf = (index: number) => () => site.servers[index % site.servers.length]?.url;
  const readers: EventReader[] = [];
  const follow = (run: BegunRun): void => {
    const plan = round.readers[readers.length];
    if (plan !== undefined && !run.isMisbehaving) readers.push(new EventReader(run.id, plan, urlOf(readers.length)));
  };
  const load = new Load(site, round, follow);
  const nuisances = new Nuisances(round.nuisances, urlOf(0));
  const sampling = sampleMemory(bench, site);
  await load.firstBegun();
  const injected = await injectFaults(bench, round, site);
  failures.push(...injected.faults);
  const runs = await load.end();
  if (injected.faults.length === 0) await untilEnded(site, runs);
  clearInterval(sampling);
  const sent = await nuisances.finish();
  failures.push(...sent.faults);
  for (const run of runs) failures.push(...(await judgeRun(bench, site, run, injected.damages.get(run.logId))));
  const events = await judgeReaders(bench, round, readers, runs, injected.damages, failures);
  bench.figures.count("runs judged", runs.length);
  bench.figures.count("requests, documents, scenarios and traces that must not hurt", sent.answered);
  bench.figures.count("events received by readers", events);
  return `${injected.told.join("; ")}; ${runs.length} runs, ${readers.length} readers (${events} events), ${sent.answered} of ${sent.sent} odd requests answered`;
}

async function judgeReaders(
  bench: Bench,
  round: DisturbedRound,
  readers: readonly EventReader[],
  runs: readonly BegunRun[],
  damages: ReadonlyMap<number, unknown>,
  failures: string[],
): Promise<number> {
  const results = await Promise.all(readers.map((reader) => reader.finish(READER_PATIENCE_MS)));
  let events = 0;
  for (const [index, result] of results.entries()) {
    const run = runs.find(({ id }) => id === readers[index]?.run);
    const plan = round.readers[index];
    events += result.events;
    if (run === undefined || plan === undefined || damages.has(run.logId)) continue;
    failures.push(...result.faults);
    const isEager = plan.pauseMs === 0 && plan.vanishMs === null;
    if (isEager && !result.isComplete)
      failures.push(`a reader of run ${run.id} came to position ${result.events} only, over ${result.connections} connections`);
    if (result.hash === undefined) continue;
    const expected = await bench.reference.answer(run.spec, { kind: "export" });
    if (expected !== result.hash) failures.push(`a reader of run ${run.id} got ${result.hash}; the undisturbed run has ${expected}`);
  }
  return events;
}

async function untilEnded(site: OpenSite, runs: readonly BegunRun[]): Promise<void> {
  const deadline = performance.now() + RUN_PATIENCE_MS;
  const text =
    "select id, status, head_position from runs where id = any($1::bigint[]) and status not in ('completed', 'failed', 'stopped')";
  for (;;) {
    const unfinished = await site.database.rows(text, [runs.map(({ logId }) => logId)]);
    if (unfinished.length === 0) return;
    if (performance.now() > deadline)
      throw new Error(`runs did not end within ${RUN_PATIENCE_MS / 1_000} s: ${JSON.stringify(unfinished)}`);
    await sleep(100);
  }
}

const SAMPLE_MS = 2_000;

function sampleMemory(bench: Bench, site: OpenSite): NodeJS.Timeout {
  const fromMs = performance.now();
  return setInterval(() => {
    const kib = site.servers[0]?.residentKib();
    if (kib !== undefined) bench.figures.addMemory(performance.now() - fromMs, kib);
  }, SAMPLE_MS);
}
