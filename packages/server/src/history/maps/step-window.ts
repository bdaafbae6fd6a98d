import type { ChangeSink, MapCursor, SpaceInfo } from "./map-cursor.ts";

/** Events of a window. Windows begin at multiples of it. */
export const WINDOW_EVENTS = 4_096;

const FIRST_NUMBERS = 16_384;
const EVENT_BYTES = 12;

/** The window of the event behind a position, by where it begins. */
export function windowStart(position: number): number {
  return position - (position % WINDOW_EVENTS);
}

/**
 * What each event of up to 4,096 that follow each other changes in maps: runs of cells of a space whose values change by the same
 * exclusive-or. It grows at its end while its run does, and what is there stays.
 */
export class StepWindow {
  /** The position before its first event. */
  readonly from: number;
  readonly #startNs: number;
  #spaces: readonly SpaceInfo[];
  readonly #timesNs = new Float64Array(WINDOW_EVENTS);
  /** By event: runs up to its last, included. */
  readonly #runEnds = new Uint32Array(WINDOW_EVENTS);
  #events = 0;
  #runs = 0;
  /** Four numbers for each run: space, first page, pages, exclusive-or. */
  #numbers = new Uint32Array(FIRST_NUMBERS);

  /** Begins where the cursor is. */
  constructor({ position, timeNs, spaces }: MapCursor) {
    this.from = position;
    this.#startNs = timeNs;
    this.#spaces = spaces;
  }

  /** The position of its last event; `from` before the first. */
  get to(): number {
    return this.from + this.#events;
  }

  /** Those that are there at a position of the window; of each that comes within the window `since` says where. */
  spacesAt(position: number): readonly SpaceInfo[] {
    return this.#spaces.filter(({ since }) => since <= position);
  }

  get isFull(): boolean {
    return this.#events === WINDOW_EVENTS;
  }

  get bytes(): number {
    return this.#numbers.byteLength + WINDOW_EVENTS * EVENT_BYTES;
  }

  timeNsAt(position: number): number {
    return position === this.from ? this.#startNs : this.#timesNs[position - this.from - 1]!;
  }

  /** Visits the runs of the event at a position. */
  eachRun(position: number, visit: (space: number, first: number, pages: number, xor: number) => void): void {
    const event = position - this.from - 1;
    const end = this.#runEnds[event]!;
    for (let run = event === 0 ? 0 : this.#runEnds[event - 1]!; run < end; run++) {
      const at = run * 4;
      visit(this.#numbers[at]!, this.#numbers[at + 1]!, this.#numbers[at + 2]!, this.#numbers[at + 3]!);
    }
  }

  /** Of the event that is added next. */
  addChange(space: number, page: number, xor: number): void {
    const numbers = this.#numbers;
    const last = (this.#runs - 1) * 4;
    const isOfEvent = this.#runs > (this.#events === 0 ? 0 : this.#runEnds[this.#events - 1]!);
    if (isOfEvent && numbers[last] === space && numbers[last + 3] === xor && page === numbers[last + 1]! + numbers[last + 2]!) {
      numbers[last + 2]!++;
      return;
    }
    if ((this.#runs + 1) * 4 > numbers.length) this.#grow();
    this.#append(space, page, xor);
  }

  addEvent({ timeNs, spaces }: Pick<MapCursor, "timeNs" | "spaces">): void {
    this.#timesNs[this.#events] = timeNs;
    this.#runEnds[this.#events] = this.#runs;
    this.#events++;
    this.#spaces = spaces;
    if (this.isFull) this.#numbers = this.#numbers.slice(0, this.#runs * 4);
  }

  #append(space: number, page: number, xor: number): void {
    const at = this.#runs++ * 4;
    this.#numbers[at] = space;
    this.#numbers[at + 1] = page;
    this.#numbers[at + 2] = 1;
    this.#numbers[at + 3] = xor;
  }

  #grow(): void {
    const numbers = new Uint32Array(this.#numbers.length * 2);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
  }
}

/** Records windows along a cursor's way: the one that it is given first, then each that begins. */
export class WindowRecorder implements ChangeSink {
  #window: StepWindow;
  readonly #onFull: (window: StepWindow) => void;

  constructor(window: StepWindow, onFull: (window: StepWindow) => void) {
    this.#window = window;
    this.#onFull = onFull;
  }

  get window(): StepWindow {
    return this.#window;
  }

  changed(space: number, page: number, xor: number): void {
    this.#window.addChange(space, page, xor);
  }

  endEvent(cursor: MapCursor): void {
    this.#window.addEvent(cursor);
    if (!this.#window.isFull) return;
    this.#onFull(this.#window);
    this.#window = new StepWindow(cursor);
  }
}
