import { BallastError } from "@ballast/core/errors";
import { type Command, estimateVmMemory } from "@ballast/core/kernel";
import { listWorkloadTraces } from "@ballast/core/workload";
import type { Pool } from "pg";
import { inTransaction } from "../../database/index.ts";
import { keepTracesForRun } from "../../traces/index.ts";
import type { RunQueue } from "../queue/run-queue.ts";
import type { Run } from "../run.ts";
import type { RunSignals } from "../signals/run-signals.ts";
import { WakeUp } from "../signals/wake-up.ts";
import { type CommandAnswer, postCommand, readAnswer, takesNoCommands, withdrawCommand } from "../store/inbox.ts";
import { growMemory } from "../store/grow-memory.ts";
import { readRun } from "../store/run-rows.ts";

const POLL_MS = 500;

export type SenderLimits = {
  /** How long an executor may take until it has seen a command. */
  readonly patienceMs: number;
  /** Memory of one run; not limited if not given. */
  readonly runMemoryBytes?: number | undefined;
};

/** Posts commands to runs, wherever they are executed, and waits for the answer. */
export class CommandSender {
  readonly #pool: Pool;
  readonly #queue: RunQueue;
  readonly #signals: RunSignals;
  readonly #patienceMs: number;
  readonly #runMemoryBytes: number;

  constructor(pool: Pool, queue: RunQueue, signals: RunSignals, { patienceMs, runMemoryBytes = Number.POSITIVE_INFINITY }: SenderLimits) {
    this.#runMemoryBytes = runMemoryBytes;
    this.#pool = pool;
    this.#queue = queue;
    this.#signals = signals;
    this.#patienceMs = patienceMs;
  }

  /** @returns the position of the command's event. @throws BallastError COMMAND_INVALID, RUN_STATE, RUN_NOT_FOUND. */
  async send(run: Run, command: Command, signal: AbortSignal | undefined): Promise<number> {
    const wakeUp = new WakeUp();
    const stopListening = this.#signals.listen(({ what, run: concerned }) => {
      if (what === "all" || (what === "changed" && concerned === run.logId)) wakeUp.ring();
    });
    try {
      const id = await this.#post(run, command);
      const answer = await this.#awaitAnswer(run, id, wakeUp, signal);
      if ("position" in answer) return answer.position;
      throw new BallastError(answer.error.code, answer.error.message);
    } finally {
      stopListening();
    }
  }

  async #post(run: Run, command: Command): Promise<number> {
    if (run.keeps === "figures" && command.kind !== "stop") throw takesNoCommands();
    const id = await inTransaction(this.#pool, async (client) => {
      if (command.kind === "addVm") {
        await growMemory(client, run, estimateVmMemory(command.spec), this.#runMemoryBytes);
        await keepTracesForRun(client, run.logId, await newTraces(client, run, command));
      }
      const posted = await postCommand(client, run.logId, command);
      if (posted?.isHeld === false) await this.#queue.add(client, { id: run.id, run: run.logId }, { isUrgent: true });
      return posted?.id;
    });
    if (id !== undefined) return id;
    // `run` may have been read before that.
    const { status } = await readRun(this.#pool, run.id);
    throw new BallastError("RUN_STATE", `Run ${run.id} has come to its end (${status}): it takes no commands any more.`);
  }

  async #awaitAnswer(run: Run, id: number, wakeUp: WakeUp, signal: AbortSignal | undefined): Promise<CommandAnswer> {
    const giveUpAt = performance.now() + this.#patienceMs;
    for (;;) {
      const answer = await readAnswer(this.#pool, id);
      if (answer !== undefined) return answer;
      const lateMs = performance.now() - giveUpAt;
      if (lateMs > 0 && (await withdrawCommand(this.#pool, id))) throw this.#noExecutor(run);
      if (lateMs > this.#patienceMs) throw this.#noAnswer(run);
      try {
        await wakeUp.sleep(POLL_MS, signal);
      } catch (reason) {
        await withdrawCommand(this.#pool, id);
        throw reason;
      }
    }
  }

  #noAnswer(run: Run): BallastError {
    return new BallastError(
      "RUN_STATE",
      `An executor took the command to run ${run.id} and did not answer. It is carried out when the run continues: ` +
        "look at the run's events before you send it again.",
    );
  }

  #noExecutor(run: Run): BallastError {
    return new BallastError(
      "RUN_STATE",
      `No executor took the command to run ${run.id} within ${this.#patienceMs / 1000} s, and it was withdrawn. ` +
        "Start a server (`ballast serve`), or wait until another run has ended.",
    );
  }
}

/** Traces that a VM to be added replays and the run does not have yet. */
async function newTraces(client: { query: Pool["query"] }, run: Run, command: Extract<Command, { kind: "addVm" }>): Promise<string[]> {
  const { rows } = await client.query<{ trace_name: string }>("select trace_name from run_traces where run_id = $1", [run.logId]);
  const known = new Set(rows.map((row) => row.trace_name));
  const named = command.spec.processes.flatMap(({ workload }) => listWorkloadTraces(workload));
  return [...new Set(named)].filter((name) => !known.has(name));
}
