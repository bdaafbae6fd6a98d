import { setTimeout as sleep } from "node:timers/promises";
import type { EventBatch } from "@ballast/core/events";
import { isDatabaseFault } from "../../database/index.ts";
import {
  type DigestChain,
  MAX_COMMIT_EVENTS,
  PlaneBuffers,
  prepareCommit,
  type PreparedCommit,
  type RunWriter,
} from "../../event-store/index.ts";
import { cutBatch } from "./cut-batch.ts";

/** Commits that may be in flight while the simulation continues: it waits when Postgres is slower than it. */
const DEPTH = 2;
const FIRST_RETRY_MS = 100;
const MAX_RETRY_MS = 5_000;

/** Appends a run's batches in order while the next ones are made. */
export class CommitPipe {
  readonly chain: DigestChain;
  /** Last position that is known to be stored. */
  durablePosition: number;
  readonly #writer: RunWriter;
  readonly #retryForMs: number;
  readonly #buffers = new PlaneBuffers();
  #tail: Promise<void> = Promise.resolve();
  #onTheWay = 0;
  #failure: { readonly error: unknown } | undefined;
  readonly #arrivals: (() => void)[] = [];

  /** The chain stands at the run's head. */
  constructor(writer: RunWriter, chain: DigestChain, retryForMs: number) {
    this.#writer = writer;
    this.chain = chain;
    this.durablePosition = chain.lastPosition;
    this.#retryForMs = retryForMs;
  }

  /**
   * Takes a batch, and does not use it any more when it comes back: when there is room for another. `texts`: all of the run by id. @throws what an append
   * threw.
   */
  async push(batch: EventBatch, texts: readonly string[]): Promise<void> {
    for (let from = 0; from < batch.length; from += MAX_COMMIT_EVENTS) {
      const end = Math.min(batch.length, from + MAX_COMMIT_EVENTS);
      this.#send(prepareCommit(cutBatch(batch, from, end, this.chain.textCount, texts), this.chain, this.#buffers));
      while (this.#onTheWay >= DEPTH) await this.#untilOneArrives();
      this.#throwFailure();
    }
  }

  /** Waits until everything is stored. @throws what an append threw. */
  async drain(): Promise<void> {
    await this.#tail;
    this.#throwFailure();
  }

  /** Waits until a position that was pushed is stored. @throws what an append threw before. */
  async untilStored(position: number): Promise<void> {
    while (this.durablePosition < position) {
      this.#throwFailure();
      await this.#untilOneArrives();
    }
  }

  #send(commit: PreparedCommit): void {
    this.#onTheWay++;
    this.#tail = this.#tail.then(async () => {
      try {
        if (this.#failure === undefined) await this.#append(commit);
      } catch (error) {
        this.#failure = { error };
      }
      this.#buffers.give(commit.planes);
      this.#onTheWay--;
      for (const wake of this.#arrivals.splice(0)) wake();
    });
  }

  /** The writer retries when Postgres goes away; what else the database refuses, such as a full disk, may
   * pass as well. */
  async #append(commit: PreparedCommit): Promise<void> {
    const giveUpAt = performance.now() + this.#retryForMs;
    for (let waitMs = FIRST_RETRY_MS; ; waitMs = Math.min(waitMs * 2, MAX_RETRY_MS)) {
      try {
        await this.#writer.append(commit, { retryForMs: this.#retryForMs });
        this.durablePosition = commit.lastPosition;
        return;
      } catch (error) {
        if (!isDatabaseFault(error) || performance.now() + waitMs > giveUpAt) throw error;
      }
      await sleep(waitMs);
    }
  }

  async #untilOneArrives(): Promise<void> {
    await new Promise<void>((resolve) => this.#arrivals.push(resolve));
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
