import type { BallastError } from "@ballast/core/errors";
import type { Command } from "@ballast/core/kernel";
import type { Pool } from "pg";
import { answerCommand, countAccepted, type OpenCommand, takeCommands } from "../store/inbox.ts";

/**
 * The inbox as the worker sees it. A command's event may be stored and its answer not, if a kill came in between: those
 * are found by counting, since commands are taken in order and each refusal is stored before the next one is taken.
 */
export class CommandInbox {
  readonly #pool: Pool;
  readonly #run: number;
  readonly #loadTraces: () => Promise<void>;
  #unanswered: readonly number[] | undefined;

  /**
   * `positions`: of the commands in the run's own history, ascending. `loadTraces` gets those that a new VM may replay.
   */
  constructor(pool: Pool, run: number, positions: readonly number[], loadTraces: () => Promise<void>) {
    this.#loadTraces = loadTraces;
    this.#pool = pool;
    this.#run = run;
    this.#unanswered = positions;
  }

  /** The commands that are to be given now. */
  async take(): Promise<OpenCommand[]> {
    const open = await takeCommands(this.#pool, this.#run);
    if (open.some(({ command }) => command.kind === "addVm")) await this.#loadTraces();
    if (this.#unanswered === undefined) return open;
    const stored = this.#unanswered.slice(await countAccepted(this.#pool, this.#run));
    for (const position of stored) {
      const command = open.shift();
      if (command !== undefined) await this.accept(command, position);
    }
    this.#unanswered = undefined;
    return open;
  }

  /** The command's event is stored at the position. */
  async accept({ id }: OpenCommand, position: number): Promise<void> {
    await answerCommand(this.#pool, id, { position });
  }

  async refuse({ id }: OpenCommand, { code, message }: BallastError): Promise<void> {
    await answerCommand(this.#pool, id, { error: { code, message } });
  }
}

/** Commands after which the run's status is told before they are answered. */
export function changesStatus({ kind }: Command): boolean {
  return kind === "pause" || kind === "resume" || kind === "step" || kind === "stop";
}
