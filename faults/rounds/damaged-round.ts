import { beginRun } from "../actors/begin-run.ts";
import { type Sabotage, sabotage } from "../actors/saboteur.ts";
import type { ServerProcess } from "../actors/server-process.ts";
import { clusterPostgres, Database } from "../actors/site.ts";
import { judgeAnswer, type Verdict } from "../judge/judge-answer.ts";
import { quickCheck } from "../judge/judge-verified.ts";
import { answerTo, drawQuestions, type Question } from "../judge/questions.ts";
import { type ExpectedRun, FINAL, readState } from "../judge/reference.ts";
import { troubleIn } from "../judge/server-log.ts";
import { isChecked } from "../judge/stored-parts.ts";
import { Draws } from "../plan/draws.ts";
import type { Damage } from "../plan/damage.ts";
import type { DamagedRound } from "../plan/round.ts";
import { BASE, type Bench, COMPILED, newServer } from "./bench.ts";
import type { RoundResult } from "./disturbed-round.ts";
import { describeSabotage } from "./inject-faults.ts";

type Damaged = { readonly run: ExpectedRun; readonly logId: number; readonly damage: Sabotage | undefined };

/** Damages the stored runs, one thing of each, before a server has read them; then every answer about them is judged. */
export async function damagedRound(bench: Bench, round: DamagedRound): Promise<RoundResult> {
  const name = `damaged_${round.number}`;
  await bench.cluster.createDatabase(name, BASE);
  const postgres = clusterPostgres(bench.cluster, name);
  const database = new Database(() => postgres.url());
  const server = newServer(bench.scratch, { databaseUrl: postgres.url() });
  const failures: string[] = [];
  let damaged: Damaged[] = [];
  try {
    damaged = await damageRuns(bench, round, database);
    failures.push(...(await judgeChecked(bench, server, damaged)));
    await server.start();
    for (const one of damaged) failures.push(...(await judgeDamaged(bench, round, server, one)));
    failures.push(...(await replayDamagedTrace(bench, server, damaged)));
  } catch (error) {
    failures.push(`the round broke off: ${(error as Error).stack}`);
  } finally {
    await server.stop();
    await database.close();
    await bench.cluster.dropDatabase(name);
  }
  failures.push(...[...server.surprises, ...troubleIn(server.lines)].map((what) => `server: ${what}`));
  const told = [...new Set(damaged.flatMap(({ damage }) => (damage === undefined ? [] : [describeSabotage(damage)])))];
  bench.figures.count("damaged rows", told.length);
  return { told: `damaged: ${told.join("; ") || "nothing that could be"}`, failures };
}

/** Rows that all runs share (of traces, of catalogues) are damaged once: every run may show it. */
async function damageRuns(bench: Bench, round: DamagedRound, database: Database): Promise<Damaged[]> {
  const runs = [...bench.reference.runs.values()];
  const damaged: Damaged[] = [];
  let shared: Sabotage | undefined;
  for (const [index, run] of runs.entries()) {
    const [row] = await database.rows<{ run_id: number }>("select run_id from run_jobs where public_id = $1", [run.id]);
    const logId = row?.run_id ?? 0;
    const done = await damageOne(bench, round.damages[index], database, logId);
    if (done !== undefined && done.run === undefined) shared = done;
    damaged.push({ run, logId, damage: done?.run === undefined ? undefined : done });
  }
  return damaged.map(({ run, logId, damage }) => ({ run, logId, damage: damage ?? shared }));
}

/** Where the planned damage cannot be done (a short run has no keyframe), a commit is damaged. */
async function damageOne(bench: Bench, plan: Damage | undefined, database: Database, logId: number): Promise<Sabotage | undefined> {
  if (plan === undefined) return undefined;
  for (const table of [plan.table, "commits"]) {
    const done = await sabotage(database.pool(), bench.columns.get(table) ?? [], { ...plan, table }, logId);
    if (done !== undefined) return done;
  }
  return undefined;
}

const MOMENTS = 6;
const STRENGTH: readonly Verdict["kind"][] = ["equal", "unchecked", "named", "wrong"];

async function judgeDamaged(bench: Bench, round: DamagedRound, server: ServerProcess, { run, damage }: Damaged): Promise<string[]> {
  const failures: string[] = [];
  let strongest: Verdict["kind"] = "equal";
  for (const question of questionsAbout(bench, round, run, damage)) {
    const verdict = judgeAnswer(
      question,
      await bench.reference.answer(run.spec, question),
      await answerTo(server.url, run.id, question),
      damage,
    );
    bench.figures.count("answers held against the undisturbed run's");
    if (STRENGTH.indexOf(verdict.kind) > STRENGTH.indexOf(strongest)) strongest = verdict.kind;
    if (verdict.kind === "wrong")
      failures.push(`"${run.spec.name}", ${damage === undefined ? "not damaged" : describeSabotage(damage)}: ${verdict.why}`);
  }
  if (damage !== undefined) bench.figures.addDamage(damage, strongest);
  return failures;
}

/** Moments anywhere, and some within the positions that the damaged row speaks for. */
function questionsAbout(bench: Bench, round: DamagedRound, run: ExpectedRun, damage: Sabotage | undefined): Question[] {
  const draws = new Draws(bench.seed, `questions of round ${round.number} about ${run.spec.name}`);
  const questions = drawQuestions(draws, { position: run.headPosition, timeNs: run.headTimeNs }, MOMENTS, true);
  // The last segment of a run ends at the largest position that there can be.
  const inRun = (position: number): number => Math.min(run.headPosition, Math.max(1, position));
  const [from, to] = (damage?.positions ?? [1, run.headPosition]).map(inRun) as [number, number];
  const within = draws.many(2, () => draws.between(Math.min(from, to), Math.max(from, to)));
  const after = inRun(to + 1 + draws.between(0, 500));
  return [...questions, ...[...within, after].map((position) => ({ kind: "moment", position }) as const)];
}

/** `ballast verify --quick` finds every change of what is checked, also of what no answer depends on, and ends with 3; undamaged runs are intact. Before a server reads: it makes some parts again. */
async function judgeChecked(bench: Bench, server: ServerProcess, damaged: readonly Damaged[]): Promise<string[]> {
  const environment = { DATABASE_URL: server.databaseUrl, TMPDIR: bench.scratch.temporary, NODE_COMPILE_CACHE: COMPILED };
  const check = await quickCheck(environment);
  const failures: string[] = [];
  for (const { run, damage } of damaged) {
    const mustShow = damage !== undefined && isChecked(damage.table, damage.column);
    const isIntact = check.intact.get(run.id);
    if (mustShow)
      bench.figures.count(isIntact === true ? "damaged runs that verify --quick found intact" : "damaged runs that verify --quick found");
    if (mustShow && isIntact === true)
      failures.push(`verify --quick of "${run.spec.name}" found nothing after ${describeSabotage(damage)}`);
    if (damage === undefined && isIntact !== true)
      failures.push(`verify --quick of "${run.spec.name}", which is not damaged: ${check.lines.get(run.id) ?? check.told}`);
  }
  const hasFound = [...check.intact.values()].includes(false);
  if (check.code !== (hasFound ? 3 : 0) || check.told.includes("INTERNAL")) failures.push(`verify --quick --all ended with ${check.told}`);
  return failures;
}

/** A run that replays a damaged trace is equal to the undisturbed one, or fails and says so. */
async function replayDamagedTrace(bench: Bench, server: ServerProcess, damaged: readonly Damaged[]): Promise<string[]> {
  const shared = damaged.find(({ damage }) => damage !== undefined && damage.table.startsWith("trace"));
  const replayed = [...bench.reference.runs.values()].find(({ spec }) => spec.name === "trace");
  if (shared?.damage === undefined || replayed === undefined) return [];
  const what = `a run that replays traces after ${describeSabotage(shared.damage)}`;
  let id: string;
  try {
    ({ id } = await beginRun({ servers: [server] }, replayed.spec, "replay"));
  } catch (error) {
    return /HISTORY_DAMAGED|TRACE_/.test((error as Error).message) ? [] : [`${what}: ${(error as Error).message}`];
  }
  let state = await readState(server.url, id);
  while (!FINAL.has(state.status)) state = await readState(server.url, id);
  const isNamed = state.status === "FAILED" && /^(HISTORY_DAMAGED|TRACE_)/.test(state.error?.code ?? "");
  const isEqual = state.status === "COMPLETED" && state.digest === replayed.digest;
  bench.figures.addDamage({ ...shared.damage, table: `${shared.damage.table}, replayed` }, isNamed ? "named" : isEqual ? "equal" : "wrong");
  return isNamed || isEqual ? [] : [`${what} is ${JSON.stringify(state)}`];
}
