import { BallastError } from "@ballast/core/errors";
import type { EventBatch } from "@ballast/core/events";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Application } from "../../application/index.ts";
import { finishSteps, LEAPS, PageAges, STEPS } from "../../history/index.ts";
import { readEvents } from "../../event-store/index.ts";
import type { StateGate } from "../limits/held-states.ts";
import { OneAtATime } from "../limits/one-at-a-time.ts";
import { encodeAges } from "./encode-ages.ts";
import { encodeDifference } from "./encode-difference.ts";
import { encodeMap } from "./encode-map.ts";
import { encodeSteps } from "./encode-steps.ts";

/** Moments further apart are not compared: the answer is the whole map at the second. */
export const MAX_COMPARED_EVENTS = 65_536;
/** Events of one answer of steps. */
export const MAX_STEPS = STEPS.windowEvents;
/** Events that leaps of one answer may lead over. */
export const MAX_LEAP_EVENTS = LEAPS.windowEvents;

/** Events before a moment that are looked at for ages: a fraction of a second of work. */
export const MAX_AGE_EVENTS = 65_536;
/** Events that are noted between two looks at whether others are to have the thread. */
const CHUNK_EVENTS = 8_192;

/** A run by its id, and what of it is asked for. */
export type MapRequest = { readonly runId: string; readonly signal: AbortSignal };

/** The binary answers about the states of all pages: docs/page-maps.md describes them. One request of each run at a time. */
export class PageMaps {
  readonly #application: Application;
  readonly #gate: StateGate;
  readonly #lines = new Map<number, { readonly line: OneAtATime; users: number }>();

  /** `gate`: of all operations of the server that hold states. */
  constructor(application: Application, gate: StateGate) {
    this.#application = application;
    this.#gate = gate;
  }

  /** @throws BallastError RUN_NOT_FOUND, EVENTS_NOT_KEPT, POSITION_OUT_OF_RANGE, and as `History` does. */
  async map({ runId, signal }: MapRequest, position: number): Promise<Uint8Array> {
    const run = await this.#runUpTo(runId, position);
    return await this.#inTurn(run, signal, () => this.#wholeMap(run, position, { withStates: true }, signal));
  }

  /** What differs between two moments, in either order. @throws BallastError as `map` does. */
  async difference({ runId, signal }: MapRequest, from: number, to: number): Promise<Uint8Array> {
    if (from === to) throw new BallastError("INPUT_INVALID", `the two positions must differ; both are ${from}`);
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    const run = await this.#runUpTo(runId, last);
    return await this.#inTurn(run, signal, async () => {
      if (last - first > MAX_COMPARED_EVENTS) return await this.#wholeMap(run, to, { withStates: false }, signal);
      const windows = await this.#application.history.maps.windows(run, first, last, signal);
      return await finishSteps(encodeDifference(windows, from, to));
    });
  }

  /** What each event behind `from` up to `to` changes. @throws BallastError as `map` does; INPUT_INVALID. */
  async steps({ runId, signal }: MapRequest, from: number, to: number): Promise<Uint8Array> {
    if (to <= from || to - from > MAX_STEPS) {
      const message = `steps go from a position to one of the ${MAX_STEPS} behind it (included): from ${from} to ${from + MAX_STEPS} at most, not to ${to}`;
      throw new BallastError("INPUT_INVALID", message);
    }
    const run = await this.#runUpTo(runId, to);
    return await this.#inTurn(run, signal, async () => {
      const windows = await this.#application.history.maps.windows(run, from, to, signal);
      return await finishSteps(encodeSteps(windows, { kind: STEPS, from, to }));
    });
  }

  /** What each leap of 8,192 events between two positions changes. @throws BallastError as `map` does; INPUT_INVALID. */
  async leaps({ runId, signal }: MapRequest, from: number, to: number): Promise<Uint8Array> {
    const isAligned = from % LEAPS.stepEvents === 0 && to % LEAPS.stepEvents === 0;
    if (!isAligned || to <= from || to - from > MAX_LEAP_EVENTS) {
      const message = `leaps lead from a multiple of ${LEAPS.stepEvents} to one that is at most ${MAX_LEAP_EVENTS} behind it, not from ${from} to ${to}`;
      throw new BallastError("INPUT_INVALID", message);
    }
    const run = await this.#runUpTo(runId, to);
    return await this.#inTurn(run, signal, async () => {
      const windows = await this.#application.history.maps.leaps(run, from, to, signal);
      return await finishSteps(encodeSteps(windows, { kind: LEAPS, from, to }));
    });
  }

  /** The time since the last event of each page, among the 65,536 events up to a position. @throws BallastError as `map` does. */
  async ages({ runId, signal }: MapRequest, position: number): Promise<Uint8Array> {
    const { pool, history } = this.#application;
    const run = await this.#runUpTo(runId, position);
    return await this.#inTurn(run, signal, async () => {
      const outline = await history.outlineAt(run, { position });
      const [ages, from] = [new PageAges(outline), Math.max(position - MAX_AGE_EVENTS, 0) + 1];
      for await (const batch of readEvents(pool, run, { from, to: position })) await noteInTurns(ages, batch, signal);
      return await finishSteps(encodeAges(ages, { position, timeNs: outline.timeNs, from }));
    });
  }

  /** The run's number in the log. */
  async #runUpTo(runId: string, position: number): Promise<number> {
    const { logId } = await this.#application.runs.getRun(runId);
    await this.#application.history.positionAt(logId, { position });
    return logId;
  }

  #wholeMap(run: number, position: number, options: { readonly withStates: boolean }, signal: AbortSignal): Promise<Uint8Array> {
    return this.#application.history.maps.withCells(run, position, (cursor) => finishSteps(encodeMap(cursor, options)), signal);
  }

  /** Requests of one run are near each other mostly: each begins where the one before has ended. */
  async #inTurn<Result>(run: number, signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    const used = this.#lines.get(run) ?? { line: new OneAtATime(), users: 0 };
    this.#lines.set(run, used);
    used.users++;
    try {
      return await used.line.run(() => this.#holdingStates(signal, work), signal);
    } finally {
      used.users--;
      if (used.users === 0) this.#lines.delete(run);
    }
  }

  async #holdingStates<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    const leave = await this.#gate.enter(signal);
    try {
      return await work();
    } finally {
      leave();
    }
  }
}

async function noteInTurns(ages: PageAges, batch: EventBatch, signal: AbortSignal): Promise<void> {
  for (let from = 0; from < batch.length; from += CHUNK_EVENTS) {
    signal.throwIfAborted();
    ages.note(batch, from, Math.min(from + CHUNK_EVENTS, batch.length));
    await nextTurn();
  }
}
