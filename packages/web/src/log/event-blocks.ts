import { signal } from "@preact/signals";
import { isAbort } from "../api/api-error.ts";

/** Events of one question; positions 1 to 200, 201 to 400, and so on. */
const BLOCK = 200;
/** About 10 MB of rows. */
const MAX_BLOCKS = 250;
/** A block that is passed by in less time is not asked for. */
const PAUSE_MS = 40;

type Row = { readonly position: string };
type Ask<Event> = (from: number, to: number, signal: AbortSignal) => Promise<readonly Event[]>;

/** The events of a run by position: asked for in blocks as they come into view, those that leave it before their answer are aborted. */
export class EventBlocks<Event extends Row> {
  /** Changes whenever rows have come. */
  readonly version = signal(0);
  readonly error = signal<unknown>(undefined);
  readonly #ask: Ask<Event>;
  /** By number; the one used longest ago comes first. */
  readonly #blocks = new Map<number, readonly Event[]>();
  readonly #asked = new Map<number, AbortController>();
  #wanted: readonly number[] = [];
  #head = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(ask: Ask<Event>) {
    this.#ask = ask;
  }

  /** The event at a position; undefined: not there yet. */
  at(position: number): Event | undefined {
    return this.#blocks.get(blockOf(position))?.[(position - 1) % BLOCK];
  }

  /** Says which positions are in view, of a run that reaches up to `head`. */
  want(from: number, to: number, head: number): void {
    this.#head = head;
    const wanted = numbers(blockOf(from), blockOf(Math.max(from, Math.min(to, head))));
    const isSame = wanted.length === this.#wanted.length && wanted[0] === this.#wanted[0];
    this.#wanted = wanted;
    for (const [number, abort] of this.#asked) {
      if (this.#wanted.includes(number)) continue;
      abort.abort();
      this.#asked.delete(number);
    }
    // While the same blocks are in view, the pause that has begun runs to its end.
    if (this.#missing().length === 0 || (isSame && this.#pause !== undefined)) return;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#askMissing(), PAUSE_MS);
  }

  askAgain(): void {
    this.error.value = undefined;
    this.#askMissing();
  }

  close(): void {
    clearTimeout(this.#pause);
    for (const abort of this.#asked.values()) abort.abort();
    this.#asked.clear();
  }

  #missing(): number[] {
    return this.#wanted.filter((number) => !this.#asked.has(number) && (this.#blocks.get(number)?.length ?? 0) < this.#lengthOf(number));
  }

  /** The last block grows with the run. */
  #lengthOf(number: number): number {
    return Math.min(BLOCK, this.#head - number * BLOCK);
  }

  #askMissing(): void {
    this.#pause = undefined;
    for (const number of this.#missing()) void this.#load(number);
  }

  async #load(number: number): Promise<void> {
    const abort = new AbortController();
    this.#asked.set(number, abort);
    try {
      const from = number * BLOCK + 1;
      this.#keep(number, await this.#ask(from, from + this.#lengthOf(number) - 1, abort.signal));
      this.error.value = undefined;
      this.version.value += 1;
    } catch (error) {
      if (!isAbort(error)) this.error.value = error;
    } finally {
      if (this.#asked.get(number) === abort) this.#asked.delete(number);
    }
  }

  #keep(number: number, events: readonly Event[]): void {
    this.#blocks.delete(number);
    this.#blocks.set(number, events);
    for (const old of this.#blocks.keys()) {
      if (this.#blocks.size <= MAX_BLOCKS) return;
      if (!this.#wanted.includes(old)) this.#blocks.delete(old);
    }
  }
}

function blockOf(position: number): number {
  return Math.floor((position - 1) / BLOCK);
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
