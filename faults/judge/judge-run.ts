import { setTimeout as sleep } from "node:timers/promises";
import { verifyStoredDigest } from "../../packages/server/src/event-store/index.ts";
import type { BegunRun } from "../actors/begin-run.ts";
import type { Sabotage } from "../actors/saboteur.ts";
import type { Site } from "../actors/site.ts";
import { Draws } from "../plan/draws.ts";
import type { Bench } from "../rounds/bench.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { type Answer, answerTo, drawQuestions, type Question } from "./questions.ts";
import { readState, type RunState } from "./reference.ts";

const MOMENTS = 4;
const ASK_AGAIN = 40;
const ASK_AGAIN_MS = 250;

/** Every way in which a run that is over differs from the undisturbed one of its spec; of a damaged one, without having said so. */
export async function judgeRun(bench: Bench, site: Site, run: BegunRun, damage: Sabotage | undefined): Promise<string[]> {
  const state = await readState(site.servers[0]?.url, run.id);
  const about = (what: string): string => `run ${run.id} (${run.spec.name}, ${run.logId} in the log): ${what}`;
  if (run.isMisbehaving) return (await judgeMisbehaving(site, run, state)).map(about);
  const expected = bench.reference.expected(run.spec);
  const isEqual = state.status === "COMPLETED" && state.digest === expected.digest && state.headPosition === expected.headPosition;
  const isNamed = damage?.table === "commits" && state.status === "FAILED" && state.error?.code === "HISTORY_DAMAGED";
  if (!isEqual && isNamed) {
    bench.figures.addDamage(damage, "named");
    return [];
  }
  if (!isEqual)
    return [
      about(
        `is ${JSON.stringify(state)}; the undisturbed run has ${JSON.stringify(expected)}${damage === undefined ? "" : `; damaged: ${damage.table}`}`,
      ),
    ];
  const failures = [...(damage === undefined ? await judgeLog(site, run) : []), ...(await judgeAnswers(bench, site, run, damage))];
  return failures.map(about);
}

/** Which attack comes to what stands in policies.test.ts; some give decisions that are in order. */
async function judgeMisbehaving(site: Site, run: BegunRun, state: RunState): Promise<string[]> {
  const hasFailed = state.status === "FAILED" && state.error?.code.startsWith("POLICY_") === true;
  const isAttack = Object.keys(run.spec.parameters ?? {}).length > 0;
  if (!hasFailed && !(isAttack && state.status === "COMPLETED"))
    return [`is ${JSON.stringify(state)}, and should have failed with a POLICY_ code`];
  return await judgeLog(site, run);
}

/** The rows themselves: no gap, nothing twice, and the digest computed again from the events. */
async function judgeLog({ database }: Site, { logId }: BegunRun): Promise<string[]> {
  const text = `select first_position as first, last_position as last from commits where run_id = $1 order by first_position`;
  const commits = await database.rows<{ first: number; last: number }>(text, [logId]);
  const gap = commits.find(({ first }, index) => first !== (commits[index - 1]?.last ?? 0) + 1);
  if (gap !== undefined) return [`its commit of positions ${gap.first}-${gap.last} does not follow the one before`];
  try {
    await verifyStoredDigest(database.pool(), logId);
    return [];
  } catch (error) {
    return [`its stored digest: ${(error as Error).message}`];
  }
}

async function judgeAnswers(bench: Bench, site: Site, run: BegunRun, damage: Sabotage | undefined): Promise<string[]> {
  const draws = new Draws(bench.seed, `questions about ${run.logId}`);
  const expected = bench.reference.expected(run.spec);
  const questions = drawQuestions(draws, { position: expected.headPosition, timeNs: expected.headTimeNs }, MOMENTS, false);
  const asked = draws.rng(0.3) ? questions : questions.filter(({ kind }) => kind !== "export");
  const failures: string[] = [];
  for (const question of asked) {
    const answer = await patientAnswer(site, run.id, question);
    const verdict = judgeAnswer(question, await bench.reference.answer(run.spec, question), answer, damage);
    bench.figures.count("answers held against the undisturbed run's");
    if (damage !== undefined) bench.figures.addDamage(damage, verdict.kind);
    if (verdict.kind === "wrong") failures.push(verdict.why);
  }
  return failures;
}

/** The faults are over, but what they have broken (a pool's connections, say) may show once more: 503 is asked again. */
async function patientAnswer({ servers }: Site, run: string, question: Question): Promise<Answer> {
  for (let left = ASK_AGAIN; ; left--) {
    const answer = await answerTo(servers[0]?.url, run, question);
    const isPassing =
      answer.kind === "unreachable" || (answer.kind === "refused" && answer.codes.every((code) => code.startsWith("DATABASE_")));
    if (!isPassing || left === 0) return answer;
    await sleep(ASK_AGAIN_MS);
  }
}
