import type { Pool } from "../../database/index.ts";
import { LruMap } from "../cache/lru-map.ts";
import { type DecisionRow, readDecisionsOf } from "../../projections/index.ts";

const KEPT_DECISIONS = 1_000;

/** The decisions of runs by their numbers: those that are asked for in the same turn of the event loop are read together, each once. */
export class DecisionLoader {
  readonly #pool: Pool;
  readonly #known = new LruMap<string, Promise<DecisionRow | null>>(KEPT_DECISIONS);
  #waiting = new Map<number, Request[]>();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Null: the run has no such decision, or is not projected that far. @throws BallastError RUN_NOT_FOUND, HISTORY_DAMAGED. */
  async load(logId: number, decision: number): Promise<DecisionRow | null> {
    const key = `${logId}:${decision}`;
    const asked = this.#known.get(key) ?? this.#ask(logId, decision);
    this.#known.set(key, asked);
    const found = await asked;
    // A subscription asks again, when the run is projected further.
    if (found === null) this.#known.delete(key);
    return found;
  }

  #ask(logId: number, decision: number): Promise<DecisionRow | null> {
    if (this.#waiting.size === 0) setImmediate(() => void this.#readAll());
    const { promise, resolve, reject } = Promise.withResolvers<DecisionRow | null>();
    const waiting = this.#waiting.get(logId) ?? [];
    waiting.push({ decision, resolve, reject });
    this.#waiting.set(logId, waiting);
    return promise;
  }

  async #readAll(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = new Map();
    await Promise.all([...waiting].map(([logId, requests]) => this.#read(logId, requests)));
  }

  async #read(logId: number, requests: readonly Request[]): Promise<void> {
    try {
      const found = await readDecisionsOf(
        this.#pool,
        logId,
        requests.map(({ decision }) => decision),
      );
      for (const { decision, resolve } of requests) resolve(found.get(decision) ?? null);
    } catch (error) {
      for (const { reject } of requests) reject(error);
    }
  }
}

type Request = {
  readonly decision: number;
  readonly resolve: (row: DecisionRow | null) => void;
  readonly reject: (error: unknown) => void;
};
