import { createHash, type Hash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { ReaderPlan } from "../plan/round.ts";
import { readEventMessages } from "./event-stream.ts";
import { type Received, WrongAnswer } from "./received.ts";
import { readWebSocket } from "./web-socket.ts";

export type Connection = (
  url: string,
  run: string,
  cursor: string | undefined,
  signal: AbortSignal,
) => AsyncGenerator<Received, void, void>;

/** What became of a reader. */
export type ReaderResult = {
  readonly events: number;
  readonly connections: number;
  readonly isComplete: boolean;
  /** Of the events as lines of an export, where the transport gives whole events; undefined if not complete. */
  readonly hash: string | undefined;
  /** Events that were left out, came twice or out of order, and answers that must not be. */
  readonly faults: readonly string[];
};

const TRANSPORTS: Readonly<Record<ReaderPlan["transport"], Connection>> = {
  "event-stream": readEventMessages,
  "web-socket": readWebSocket,
};
const RETRY_MS = 150;

/** Follows a run from its first event to its last, over as many connections as it takes, and holds every position against the one before. */
export class EventReader {
  readonly run: string;
  readonly #plan: ReaderPlan;
  readonly #url: () => string | undefined;
  readonly #faults: string[] = [];
  readonly #hash: Hash = createHash("sha256");
  #position = 0;
  #cursor: string | undefined;
  #connections = 0;
  #isComplete = false;
  readonly #stopping = new AbortController();
  readonly #done: Promise<void>;

  constructor(run: string, plan: ReaderPlan, url: () => string | undefined) {
    this.run = run;
    this.#plan = plan;
    this.#url = url;
    this.#done = this.#follow();
  }

  /** Waits for its end; after `patienceMs` it is ended as it is. */
  async finish(patienceMs: number): Promise<ReaderResult> {
    const timer = setTimeout(() => this.#stopping.abort(), patienceMs);
    await this.#done;
    clearTimeout(timer);
    const isWhole = this.#isComplete && this.#plan.transport === "event-stream";
    const hash = isWhole ? `${this.#position} events, ${this.#hash.digest("hex")}` : undefined;
    return { events: this.#position, connections: this.#connections, isComplete: this.#isComplete, hash, faults: this.#faults };
  }

  async #follow(): Promise<void> {
    while (!this.#isComplete && !this.#stopping.signal.aborted && this.#faults.length === 0) {
      const url = this.#url();
      if (url !== undefined) await this.#connect(url);
      if (!this.#isComplete) await sleep(RETRY_MS);
    }
  }

  async #connect(url: string): Promise<void> {
    const leaving = new AbortController();
    const { pauseMs, vanishMs } = this.#plan;
    const timer = vanishMs === null ? undefined : setTimeout(() => leaving.abort(), vanishMs);
    const signal = AbortSignal.any([leaving.signal, this.#stopping.signal]);
    this.#connections++;
    try {
      for await (const received of TRANSPORTS[this.#plan.transport](url, this.run, this.#cursor, signal)) {
        if (received === null) this.#isComplete = true;
        else this.#take(received);
        if (this.#isComplete || this.#faults.length > 0) return;
        if (pauseMs > 0) await sleep(pauseMs);
      }
    } catch (error) {
      if (error instanceof WrongAnswer) this.#faults.push(error.message);
    } finally {
      clearTimeout(timer);
      leaving.abort();
    }
  }

  #take({ positions, lines, cursor }: NonNullable<Received>): void {
    for (const position of positions) {
      if (position !== this.#position + 1) {
        this.#faults.push(`a reader of run ${this.run} got position ${position} after ${this.#position} (connection ${this.#connections})`);
        return;
      }
      this.#position = position;
    }
    for (const line of lines) this.#hash.update(`${line}\n`);
    this.#cursor = cursor;
  }
}
