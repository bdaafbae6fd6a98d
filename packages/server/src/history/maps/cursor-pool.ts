import { MAP_FRAME_BYTES, MAP_REAL_PAGE_BYTES } from "./map-columns.ts";
import type { MapCursor } from "./map-cursor.ts";
import type { WindowKind } from "./step-window.ts";
import type { WindowRecorder } from "./window-recorder.ts";

export type PooledCursor = {
  readonly run: number;
  readonly cursor: MapCursor;
  /** Of one kind of windows; undefined until the cursor has passed the beginning of one. */
  recorder: WindowRecorder | undefined;
};

/** What a cursor is wanted for. */
export type Wanted = {
  readonly run: number;
  readonly kind: WindowKind;
  readonly position: number;
  /** Where it is to be moved; `position` if not given. */
  readonly end?: number;
};

/** Cursors that nobody uses just now, the one used last at the end; one is kept whatever its size. */
export class CursorPool {
  readonly #maxBytes: number;
  readonly #onDropped: (cursor: MapCursor) => void;
  #cursors: readonly PooledCursor[] = [];

  constructor(maxBytes: number, onDropped: (cursor: MapCursor) => void) {
    this.#maxBytes = maxBytes;
    this.#onDropped = onDropped;
  }

  /**
   * The cursor of a run that is nearest before a position or at it; undefined if none is as near as `within`. A cursor that is behind the position counts
   * as well if its recorder's window, of the same kind, began there and has to be continued, to `end`.
   */
  take({ run, kind, position, end = position }: Wanted, within: number): PooledCursor | undefined {
    const usable = this.#cursors.filter((pooled) => {
      if (pooled.run !== run || pooled.cursor.position > end) return false;
      if (pooled.cursor.position > position) return pooled.recorder?.window.kind === kind && pooled.recorder.window.from === position;
      return position - pooled.cursor.position <= within;
    });
    const [first, ...others] = usable;
    if (first === undefined) return undefined;
    const nearest = others.reduce((best, pooled) => (pooled.cursor.position > best.cursor.position ? pooled : best), first);
    this.#cursors = this.#cursors.filter((pooled) => pooled !== nearest);
    // What it has begun to record is of no use for windows of another kind.
    if (nearest.recorder?.window.kind !== kind) nearest.recorder = undefined;
    return nearest;
  }

  /** Whether a run has a cursor at a position or behind it: if so, it was asked for what is later before. */
  hasBeyond(run: number, position: number): boolean {
    return this.#cursors.some((pooled) => pooled.run === run && pooled.cursor.position >= position);
  }

  give(pooled: PooledCursor): void {
    const cursors = [...this.#cursors, pooled];
    let bytes = cursors.reduce((sum, { cursor }) => sum + cursorBytes(cursor), 0);
    let dropped = 0;
    for (; bytes > this.#maxBytes && dropped < cursors.length - 1; dropped++) {
      const { cursor } = cursors[dropped]!;
      bytes -= cursorBytes(cursor);
      this.#onDropped(cursor);
    }
    this.#cursors = cursors.slice(dropped);
  }
}

/** Bytes of a cursor without tables: facts of VMs, the window that it records. */
const MIN_CURSOR_BYTES = 262_144;

function cursorBytes({ spaces }: MapCursor): number {
  return spaces.reduce((sum, { vm, pages }) => sum + pages * (vm === 0 ? MAP_FRAME_BYTES : MAP_REAL_PAGE_BYTES), MIN_CURSOR_BYTES);
}
