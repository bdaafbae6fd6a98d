import type { KnownEvents } from "@ballast/core/events";
import type { MachineTables } from "@ballast/core/memory";
import { setImmediate as nextTurn } from "node:timers/promises";
import { finishSteps } from "../steps.ts";
import { MapCursor } from "./map-cursor.ts";
import { StepWindow, WINDOW_EVENTS, WindowRecorder, windowStart } from "./step-window.ts";
import { CursorPool, type PooledCursor } from "./cursor-pool.ts";
import { WindowCache } from "./window-cache.ts";

export type MapSources = {
  /** A machine at a position, the caller's own, that has the columns of maps alone. */
  readonly restore: (run: number, position: number) => Promise<MachineTables>;
  /** Events that follow each other, of which the first is the one behind a position. */
  readonly eventsBehind: (run: number, position: number) => Promise<KnownEvents>;
  /** Memory of a machine that is not needed any more. */
  readonly onDropped: (machine: MachineTables) => void;
  readonly cacheBytes: number;
};

/** A cursor that is no further before a position is moved there; beyond, a keyframe is nearer. */
const NEAR_EVENTS = 65_536;
/** A window that is asked for is recorded together with those before it in its group: who plays backward asks for these next. */
const GROUP_EVENTS = 16 * WINDOW_EVENTS;
/** Events that are applied between two looks at whether others are to have the thread. */
const CHUNK_EVENTS = 8_192;
/** What recorded windows take of the memory; cursors have the rest. */
const WINDOW_SHARE = 0.25;

/** Maps of runs at any moment: by what events change, recorded once and kept, or whole. */
export class MapHistory {
  readonly #sources: MapSources;
  readonly #cursors: CursorPool;
  readonly #windows: WindowCache;
  #lastBatch: { readonly run: number; readonly batch: KnownEvents } | undefined;

  constructor(sources: MapSources) {
    this.#sources = sources;
    const windowBytes = Math.floor(sources.cacheBytes * WINDOW_SHARE);
    this.#windows = new WindowCache(windowBytes);
    this.#cursors = new CursorPool(sources.cacheBytes - windowBytes, ({ machine }) => sources.onDropped(machine));
  }

  /** Some work with the cells at a position, which must not be looked at any more when it has ended. */
  async withCells<Result>(
    run: number,
    position: number,
    work: (cursor: MapCursor) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    const pooled = this.#cursors.take(run, position, NEAR_EVENTS) ?? (await this.#restore(run, windowStart(position)));
    await this.#advance(pooled, position, signal);
    try {
      return await work(pooled.cursor);
    } finally {
      this.#cursors.give(pooled);
    }
  }

  /** The windows that have the events [from + 1, to], in their order. */
  async windows(run: number, from: number, to: number, signal?: AbortSignal): Promise<StepWindow[]> {
    const windows: StepWindow[] = [];
    for (let start = windowStart(from); start < to; start += WINDOW_EVENTS) {
      const end = Math.min(start + WINDOW_EVENTS, to);
      const kept = this.#windows.get(run, start);
      windows.push(kept !== undefined && kept.to >= end ? kept : await this.#record(run, start, end, signal));
    }
    return windows;
  }

  async #record(run: number, start: number, to: number, signal: AbortSignal | undefined): Promise<StepWindow> {
    const pooled = this.#cursors.take(run, start, NEAR_EVENTS, to) ?? (await this.#restore(run, start - (start % GROUP_EVENTS)));
    await this.#advance(pooled, to, signal);
    this.#cursors.give(pooled);
    const window = pooled.recorder?.window.from === start ? pooled.recorder.window : this.#windows.get(run, start);
    if (window === undefined) throw new Error(`the window from ${start} of run ${run} of the log was recorded and is not there`);
    this.#windows.set(run, window);
    return window;
  }

  async #restore(run: number, position: number): Promise<PooledCursor> {
    const cursor = await finishSteps(MapCursor.over(await this.#sources.restore(run, position)));
    return { run, cursor, recorder: undefined };
  }

  /** Records every window whose beginning the cursor passes. A cursor that cannot be moved is given up. */
  async #advance(pooled: PooledCursor, to: number, signal: AbortSignal | undefined): Promise<void> {
    const { run, cursor } = pooled;
    while (cursor.position < to) {
      if (signal?.aborted === true) {
        this.#cursors.give(pooled);
        throw signal.reason;
      }
      if (cursor.position % WINDOW_EVENTS === 0) {
        pooled.recorder ??= new WindowRecorder(new StepWindow(cursor), (window) => this.#windows.set(run, window));
      }
      const batch = await this.#batchBehind(run, cursor.position);
      const unrecordedEnd = pooled.recorder === undefined ? windowStart(cursor.position) + WINDOW_EVENTS : Infinity;
      cursor.advance(batch, Math.min(to, batch.lastPosition, cursor.position + CHUNK_EVENTS, unrecordedEnd), pooled.recorder);
      await nextTurn();
    }
  }

  /** Windows lie many to a commit, which can only be decoded as a whole: the last one is kept. */
  async #batchBehind(run: number, position: number): Promise<KnownEvents> {
    const last = this.#lastBatch;
    if (last?.run === run && last.batch.firstPosition <= position + 1 && position < last.batch.lastPosition) return last.batch;
    const batch = await this.#sources.eventsBehind(run, position);
    this.#lastBatch = { run, batch };
    return batch;
  }
}
