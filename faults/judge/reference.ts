import { setTimeout as sleep } from "node:timers/promises";
import { ask, dataOf } from "../actors/api.ts";
import type { RunSpec } from "../plan/run-specs.ts";
import { type Answer, answerTo, type Question } from "./questions.ts";

/** An undisturbed run: what a disturbed one of the same spec has to be equal to. */
export type ExpectedRun = {
  readonly id: string;
  readonly spec: RunSpec;
  readonly digest: string;
  readonly headPosition: number;
  readonly headTimeNs: number;
};

const STATE = "query ($run: ID!) { run(id: $run) { status digest headPosition headTimeNs error { code message } } }";

export type RunState = {
  readonly status: string;
  readonly digest: string;
  readonly headPosition: number;
  readonly headTimeNs: number;
  readonly error: { readonly code: string; readonly message: string } | null;
};

/** Positions and times are BigInt in the API: texts. */
type Told = Omit<RunState, "headPosition" | "headTimeNs"> & { readonly headPosition: string; readonly headTimeNs: string };

export async function readState(url: string | undefined, run: string): Promise<RunState> {
  const { run: found } = dataOf(await ask(url, STATE, { run })) as { run: Told };
  return { ...found, headPosition: Number(found.headPosition), headTimeNs: Number(found.headTimeNs) };
}

export const FINAL: ReadonlySet<string> = new Set(["COMPLETED", "FAILED", "STOPPED"]);

const POLL_MS = 50;

/** Waits for a run that nothing disturbs. @throws Error if it does not complete. */
export async function expectedRun(url: string, id: string, spec: RunSpec): Promise<ExpectedRun> {
  for (;;) {
    const state = await readState(url, id);
    if (state.status === "COMPLETED") return { id, spec, ...state };
    if (FINAL.has(state.status)) throw new Error(`the undisturbed run "${spec.name}" is ${state.status}: ${state.error?.message}`);
    await sleep(POLL_MS);
  }
}

/** A server that nothing disturbs, on a database that nothing damages: it gives the right answer to any question. */
export class Reference {
  readonly #url: string;
  readonly #answers = new Map<string, Promise<string>>();
  readonly runs: ReadonlyMap<string, ExpectedRun>;

  constructor(url: string, runs: readonly ExpectedRun[]) {
    this.#url = url;
    this.runs = new Map(runs.map((run) => [run.spec.name, run]));
  }

  expected({ name }: RunSpec): ExpectedRun {
    const run = this.runs.get(name);
    if (run === undefined) throw new Error(`"${name}" was not run undisturbed`);
    return run;
  }

  async answer(spec: RunSpec, question: Question): Promise<string> {
    const key = `${spec.name} ${JSON.stringify(question)}`;
    const answer = this.#answers.get(key) ?? this.#ask(this.expected(spec).id, question);
    this.#answers.set(key, answer);
    return await answer;
  }

  async #ask(run: string, question: Question): Promise<string> {
    const answer: Answer = await answerTo(this.#url, run, question);
    if (answer.kind !== "answer") throw new Error(`the undisturbed server gave no answer to ${JSON.stringify(question)}: ${answer.text}`);
    return answer.text;
  }
}
