import { signal } from "@preact/signals";
import { isAbort } from "../api/api-error.ts";

/** A place in a list: so many of its events lie before it, and it continues with the events from (newest first: up to) this position. */
export type Mark = { readonly before: number; readonly position: number };
/** One answer: the events between two positions, as far as they are counted. */
export type Counted = { readonly count: number; readonly countedTo: number; readonly isComplete: boolean; readonly marks: readonly Mark[] };
/** Positions, both included. */
export type Bounds = { readonly from: number; readonly to: number };
type Count = (bounds: Bounds, signal: AbortSignal) => Promise<Counted>;

/** Answers, of half a million events each, after which counting goes on only when it is wanted. */
const ANSWERS_UNASKED = 32;

/** Counts the events of a list from its beginning on, answer by answer, and keeps the marks. */
export class EventTally {
  /** Changes with each answer. */
  readonly version = signal(0);
  readonly error = signal<unknown>(undefined);
  readonly isDescending: boolean;
  count = 0;
  isComplete = false;
  readonly #count: Count;
  readonly #marks: Mark[] = [];
  readonly #abort = new AbortController();
  #rest: Bounds;
  #isCounting = false;

  constructor(bounds: Bounds, isDescending: boolean, count: Count) {
    this.#rest = bounds;
    this.isDescending = isDescending;
    this.#count = count;
  }

  get isCounting(): boolean {
    return this.#isCounting;
  }

  /** Positions that are still to be counted. */
  get rest(): Bounds {
    return this.#rest;
  }

  /** Goes on to the end, or for some answers. */
  async countOn(): Promise<void> {
    if (this.#isCounting || this.isComplete) return;
    this.#isCounting = true;
    this.error.value = undefined;
    try {
      for (let answers = 0; answers < ANSWERS_UNASKED && !this.isComplete; answers++) {
        const counted = await this.#count(this.#rest, this.#abort.signal);
        this.#abort.signal.throwIfAborted();
        this.#add(counted);
        this.version.value += 1;
      }
    } catch (error) {
      if (!isAbort(error)) this.error.value = error;
    } finally {
      this.#isCounting = false;
      this.version.value += 1;
    }
  }

  /** A run that goes on has further events behind those of a list that begins with the oldest. */
  extendTo(to: number): void {
    if (this.isDescending || to <= this.#rest.to) return;
    this.#rest = { from: this.#rest.from, to };
    this.isComplete = false;
    void this.countOn();
  }

  /** The mark from which an event of the list is reached, by its place from 0. */
  markBefore(index: number): Mark | undefined {
    return this.#marks.findLast(({ before }) => before <= index);
  }

  /** The mark from which a position is reached; undefined: not counted so far. */
  markAt(position: number): Mark | undefined {
    const { from, to } = this.#rest;
    if (this.isDescending ? position <= to && !this.isComplete : position >= from && !this.isComplete) return undefined;
    return this.#marks.findLast((mark) => (this.isDescending ? mark.position >= position : mark.position <= position));
  }

  close(): void {
    this.#abort.abort();
  }

  #add({ count, countedTo, isComplete, marks }: Counted): void {
    for (const { before, position } of marks) this.#marks.push({ before: before + this.count, position });
    this.count += count;
    this.isComplete = isComplete;
    const { from, to } = this.#rest;
    if (countedTo === 0) return;
    this.#rest = this.isDescending ? { from, to: countedTo - 1 } : { from: countedTo + 1, to };
  }
}
