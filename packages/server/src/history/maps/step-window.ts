import type { MapCursor, SpaceInfo } from "./map-cursor.ts";

/** How a run is cut into windows: each begins at a multiple of its events, and tells what every step of so many events changes. */
export type WindowKind = { readonly windowEvents: number; readonly stepEvents: number };

/** What each event changes. */
export const STEPS = { windowEvents: 4_096, stepEvents: 1 } as const satisfies WindowKind;
/** What many events change in all, for moves over long distances: some bytes for ten events. */
export const LEAPS = { windowEvents: 65_536, stepEvents: 8_192 } as const satisfies WindowKind;

const FIRST_NUMBERS = 16_384;
const STEP_BYTES = 12;

/** The window of the event behind a position, by where it begins. */
export function windowStart({ windowEvents }: WindowKind, position: number): number {
  return position - (position % windowEvents);
}

/**
 * What each step of a window changes in maps: runs of cells of a space whose values change by the same exclusive-or. It grows at its end while its run
 * does, and what is there stays.
 */
export class StepWindow {
  readonly kind: WindowKind;
  /** The position before its first event. */
  readonly from: number;
  readonly #startNs: number;
  #spaces: readonly SpaceInfo[];
  readonly #timesNs: Float64Array;
  /** By step: runs up to its last, included. */
  readonly #runEnds: Uint32Array;
  #steps = 0;
  #runs = 0;
  /** Four numbers for each run: space, first page, pages, exclusive-or. */
  #numbers = new Uint32Array(FIRST_NUMBERS);

  /** Begins where the cursor is. */
  constructor(kind: WindowKind, { position, timeNs, spaces }: MapCursor) {
    this.kind = kind;
    this.from = position;
    this.#startNs = timeNs;
    this.#spaces = spaces;
    const steps = kind.windowEvents / kind.stepEvents;
    this.#timesNs = new Float64Array(steps);
    this.#runEnds = new Uint32Array(steps);
  }

  /** The position of its last step's end; `from` before the first. */
  get to(): number {
    return this.from + this.#steps * this.kind.stepEvents;
  }

  /** Those that are there at a position of the window; of each that comes within the window `since` says where. */
  spacesAt(position: number): readonly SpaceInfo[] {
    return this.#spaces.filter(({ since }) => since <= position);
  }

  get isFull(): boolean {
    return this.#steps === this.#timesNs.length;
  }

  get bytes(): number {
    return this.#numbers.byteLength + this.#timesNs.length * STEP_BYTES;
  }

  /** Of where one of its steps ends. */
  timeNsAt(position: number): number {
    return position === this.from ? this.#startNs : this.#timesNs[this.#stepTo(position)]!;
  }

  /** Visits the runs of the step that ends at a position. */
  eachRun(position: number, visit: (space: number, first: number, pages: number, xor: number) => void): void {
    const step = this.#stepTo(position);
    const end = this.#runEnds[step]!;
    for (let run = step === 0 ? 0 : this.#runEnds[step - 1]!; run < end; run++) {
      const at = run * 4;
      visit(this.#numbers[at]!, this.#numbers[at + 1]!, this.#numbers[at + 2]!, this.#numbers[at + 3]!);
    }
  }

  /** Of the step that is added next. */
  addChange(space: number, page: number, xor: number): void {
    const numbers = this.#numbers;
    const last = (this.#runs - 1) * 4;
    const isOfStep = this.#runs > (this.#steps === 0 ? 0 : this.#runEnds[this.#steps - 1]!);
    if (isOfStep && numbers[last] === space && numbers[last + 3] === xor && page === numbers[last + 1]! + numbers[last + 2]!) {
      numbers[last + 2]!++;
      return;
    }
    if ((this.#runs + 1) * 4 > numbers.length) this.#grow();
    this.#append(space, page, xor);
  }

  addStep({ timeNs, spaces }: Pick<MapCursor, "timeNs" | "spaces">): void {
    this.#timesNs[this.#steps] = timeNs;
    this.#runEnds[this.#steps] = this.#runs;
    this.#steps++;
    this.#spaces = spaces;
    if (this.isFull) this.#numbers = this.#numbers.slice(0, this.#runs * 4);
  }

  #stepTo(position: number): number {
    return (position - this.from) / this.kind.stepEvents - 1;
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
