import type { KnownEvents } from "@ballast/core/events";
import type { MachineTables } from "@ballast/core/memory";
import { setImmediate as nextTurn } from "node:timers/promises";
import { MapCursor } from "./map-cursor.ts";
import { LEAPS, STEPS, type StepWindow, type WindowKind, windowStart } from "./step-window.ts";
import { CursorPool, type PooledCursor, type Wanted } from "./cursor-pool.ts";
import { WindowCache } from "./window-cache.ts";
import { LeapRecorder, type OnWindow, StepRecorder, type WindowRecorder } from "./window-recorder.ts";

export type MapSources = {
  /** A machine at a keyframe at or before a position, the caller's own, that has the columns of maps alone. */
  readonly restoreBefore: (run: number, position: number) => Promise<MachineTables>;
  /** Events that follow each other, of which the first is the one behind a position. */
  readonly eventsBehind: (run: number, position: number) => Promise<KnownEvents>;
  /** Memory of a machine that is not needed any more. */
  readonly onDropped: (machine: MachineTables) => void;
  readonly cacheBytes: number;
};

/** One kind of windows: how they are recorded, and those that are kept. */
type Recording = {
  readonly kind: WindowKind;
  readonly windows: WindowCache;
  readonly begin: (cursor: MapCursor, onFull: OnWindow) => WindowRecorder;
  /** For somebody who goes backward windows are recorded from a keyframe that is at least so much before: they are asked for next. */
  readonly eventsBefore: number;
};

/** A cursor that is no further before a position is moved there; beyond, a keyframe is nearer. */
const NEAR_EVENTS = 65_536;
/** Events that are applied between two looks at whether others are to have the thread. */
const CHUNK_EVENTS = 8_192;
/** What recorded windows take of the memory; cursors have the rest. */
const STEPS_SHARE = 0.25;
const LEAPS_SHARE = 0.2;

/** Maps of runs at any moment: by what events change, recorded once and kept, or whole. */
export class MapHistory {
  readonly #sources: MapSources;
  readonly #cursors: CursorPool;
  readonly #steps: Recording;
  readonly #leaps: Recording;
  #lastBatch: { readonly run: number; readonly batch: KnownEvents } | undefined;

  constructor(sources: MapSources) {
    this.#sources = sources;
    const share = (part: number): number => Math.floor(sources.cacheBytes * part);
    this.#steps = {
      kind: STEPS,
      windows: new WindowCache(share(STEPS_SHARE)),
      begin: (...given) => new StepRecorder(...given),
      eventsBefore: 0,
    };
    this.#leaps = {
      kind: LEAPS,
      windows: new WindowCache(share(LEAPS_SHARE)),
      begin: (...given) => new LeapRecorder(...given),
      eventsBefore: 3 * LEAPS.windowEvents,
    };
    this.#cursors = new CursorPool(share(1 - STEPS_SHARE - LEAPS_SHARE), ({ machine }) => sources.onDropped(machine));
  }

  /** Some work with the cells at a position, which must not be looked at any more when it has ended. */
  async withCells<Result>(
    run: number,
    position: number,
    work: (cursor: MapCursor) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    const pooled = await this.#cursorAt(this.#steps, { run, kind: STEPS, position }, signal);
    try {
      return await work(pooled.cursor);
    } finally {
      this.#cursors.give(pooled);
    }
  }

  /** The windows that have the events [from + 1, to], in their order. */
  windows(run: number, from: number, to: number, signal?: AbortSignal): Promise<StepWindow[]> {
    return this.#windowsOf(this.#steps, { run, from, to }, signal);
  }

  /** The windows that have the leaps between two positions where leaps end, in their order. */
  leaps(run: number, from: number, to: number, signal?: AbortSignal): Promise<StepWindow[]> {
    return this.#windowsOf(this.#leaps, { run, from, to }, signal);
  }

  async #windowsOf(
    recording: Recording,
    { run, from, to }: { readonly run: number; readonly from: number; readonly to: number },
    signal: AbortSignal | undefined,
  ): Promise<StepWindow[]> {
    const { kind } = recording;
    const windows: StepWindow[] = [];
    for (let start = windowStart(kind, from); start < to; start += kind.windowEvents) {
      const end = Math.min(start + kind.windowEvents, to);
      const kept = recording.windows.get(run, start);
      windows.push(
        kept !== undefined && kept.to >= end ? kept : await this.#record(recording, { run, kind, position: start, end }, signal),
      );
    }
    return windows;
  }

  async #record(recording: Recording, wanted: Required<Wanted>, signal: AbortSignal | undefined): Promise<StepWindow> {
    const { run, position: start } = wanted;
    const pooled = await this.#cursorAt(recording, wanted, signal);
    this.#cursors.give(pooled);
    const window = pooled.recorder?.window.from === start ? pooled.recorder.window : recording.windows.get(run, start);
    if (window === undefined) throw new Error(`the window from ${start} of run ${run} of the log was recorded and is not there`);
    recording.windows.set(run, window);
    return window;
  }

  /** A cursor that has been moved to where it is wanted. */
  async #cursorAt(recording: Recording, wanted: Wanted, signal: AbortSignal | undefined): Promise<PooledCursor> {
    const { run, position, end = position } = wanted;
    const eventsBefore = this.#cursors.hasBeyond(run, end) ? recording.eventsBefore : 0;
    const near = this.#cursors.take(wanted, NEAR_EVENTS);
    const pooled = near ?? (await this.#restoreBefore(run, Math.max(0, position - eventsBefore)));
    await this.#advance(recording, pooled, end, signal);
    return pooled;
  }

  async #restoreBefore(run: number, position: number): Promise<PooledCursor> {
    return { run, cursor: new MapCursor(await this.#sources.restoreBefore(run, position)), recorder: undefined };
  }

  /** Records every window whose beginning the cursor passes. A cursor that cannot be moved is given up. */
  async #advance({ kind, windows, begin }: Recording, pooled: PooledCursor, to: number, signal: AbortSignal | undefined): Promise<void> {
    const { run, cursor } = pooled;
    while (cursor.position < to) {
      if (signal?.aborted === true) {
        this.#cursors.give(pooled);
        throw signal.reason;
      }
      if (cursor.position % kind.windowEvents === 0) pooled.recorder ??= begin(cursor, (window) => windows.set(run, window));
      const batch = await this.#batchBehind(run, cursor.position);
      const unrecordedEnd = pooled.recorder === undefined ? windowStart(kind, cursor.position) + kind.windowEvents : Infinity;
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
