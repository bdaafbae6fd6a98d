import type { Pool } from "pg";
import { saveCheckpoint } from "../../event-store/index.ts";
import { encodeCheckpoint } from "./checkpoint-state.ts";
import type { RunCode } from "./code-hash.ts";
import type { EventSink } from "./event-sink.ts";

/** Checkpoints take at most one part in this number of the wall time. */
const COST_FACTOR = 20;

type Parts = Omit<Parameters<typeof encodeCheckpoint>[1], "chain">;

/** Decides when a checkpoint is worth its cost, and stores it while the run continues. */
export class Checkpointer {
  readonly #pool: Pool;
  readonly #run: number;
  readonly #code: RunCode;
  readonly #minMs: number;
  #dueAtMs: number;
  #lastPosition: number;
  #storing: Promise<void> | undefined;

  /** `lastPosition`: of the checkpoint that the run was restored from. */
  constructor(pool: Pool, run: number, code: RunCode, minMs: number, lastPosition: number) {
    this.#pool = pool;
    this.#run = run;
    this.#code = code;
    this.#minMs = minMs;
    this.#dueAtMs = performance.now() + minMs;
    this.#lastPosition = lastPosition;
  }

  /** Of the newest that is stored, or that the run was restored from; 0: there is none. */
  get lastPosition(): number {
    return this.#lastPosition;
  }

  get isDue(): boolean {
    return this.#storing === undefined && performance.now() >= this.#dueAtMs;
  }

  /**
   * Keeps the state of a kernel with nothing pending. It is stored once all events that were pushed into the pipe are:
   * a checkpoint of events that never came to be would speak for a history that the run does not have.
   */
  take(pipe: EventSink, parts: Parts): void {
    const { position } = parts.kernel.machine;
    if (position === this.#lastPosition || this.#storing !== undefined) return;
    const startedMs = performance.now();
    const bytes = encodeCheckpoint(this.#code, { ...parts, chain: pipe.chain });
    const encodedMs = performance.now() - startedMs;
    this.#storing = this.#store(pipe, position, bytes, encodedMs).finally(() => {
      this.#storing = undefined;
    });
  }

  /** Waits for the one that is being stored. */
  async settle(): Promise<void> {
    await this.#storing;
  }

  async #store(pipe: EventSink, position: number, bytes: Uint8Array, encodedMs: number): Promise<void> {
    let costMs = encodedMs;
    try {
      await pipe.untilStored(position);
      const startedMs = performance.now();
      await saveCheckpoint(this.#pool, this.#run, position, bytes);
      costMs += performance.now() - startedMs;
      this.#lastPosition = position;
    } catch {
      // The run continues without it; whatever keeps Postgres from storing it will show in the next append.
    }
    this.#dueAtMs = performance.now() + Math.max(this.#minMs, costMs * COST_FACTOR);
  }
}
