import { LeapCells } from "./leap-cells.ts";
import type { ChangeSink, MapCursor } from "./map-cursor.ts";
import { NotedCells } from "./noted-cells.ts";
import { LEAPS, STEPS, StepWindow } from "./step-window.ts";

export type OnWindow = (window: StepWindow) => void;

/** Records windows of a kind along a cursor's way, from where it is: the beginning of one. Each that is full is handed out. */
export interface WindowRecorder extends ChangeSink {
  /** The one that is being recorded. */
  readonly window: StepWindow;
}

/** What each event changes. */
export class StepRecorder implements WindowRecorder {
  readonly notes: NotedCells;
  readonly #onFull: OnWindow;
  #window: StepWindow;

  constructor(cursor: MapCursor, onFull: OnWindow) {
    this.notes = new NotedCells(cursor.machine);
    this.#window = new StepWindow(STEPS, cursor);
    this.#onFull = onFull;
  }

  get window(): StepWindow {
    return this.#window;
  }

  changed(space: number, page: number, before: number, after: number): void {
    this.#window.addChange(space, page, before ^ after);
  }

  endEvent(cursor: MapCursor): void {
    const window = this.#window;
    this.notes.tell((space, page, xor) => window.addChange(space, page, xor));
    window.addStep(cursor);
    if (!window.isFull) return;
    this.#onFull(window);
    this.#window = new StepWindow(STEPS, cursor);
  }
}

/** What the events of each leap change in all. */
export class LeapRecorder implements WindowRecorder {
  readonly notes: LeapCells;
  readonly #onFull: OnWindow;
  #window: StepWindow;

  constructor(cursor: MapCursor, onFull: OnWindow) {
    this.notes = new LeapCells(cursor.machine);
    this.#window = new StepWindow(LEAPS, cursor);
    this.#onFull = onFull;
  }

  get window(): StepWindow {
    return this.#window;
  }

  changed(space: number, page: number, before: number): void {
    this.notes.add(space, page, before);
  }

  endEvent(cursor: MapCursor): void {
    if (cursor.position % LEAPS.stepEvents !== 0) return;
    const window = this.#window;
    this.notes.tell((space, page, xor) => window.addChange(space, page, xor));
    window.addStep(cursor);
    if (!window.isFull) return;
    this.#onFull(window);
    this.#window = new StepWindow(LEAPS, cursor);
  }
}
