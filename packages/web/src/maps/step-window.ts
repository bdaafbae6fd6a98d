import { type ApplyRun, readSteps, type StepsAnswer } from "./answers.ts";

/** Events of a window; windows begin at multiples of it. */
export const WINDOW_EVENTS = 4_096;

/** Numbers of a run: space, first page, pages, exclusive-or. */
const RUN_NUMBERS = 4;

/** The changes of up to 4,096 events that follow each other, ready to be applied in either direction. */
export class StepWindow {
  readonly from: number;
  readonly to: number;
  readonly spaces: StepsAnswer["spaces"];
  readonly #fromTimeNs: number;
  readonly #timesNs: Float64Array;
  /** By event: runs up to its last, included. */
  readonly #runEnds: Uint32Array;
  readonly #numbers: Uint32Array;

  constructor(bytes: Uint8Array) {
    const { header, eachEvent } = readSteps(bytes);
    this.from = header.from;
    this.to = header.to;
    this.spaces = header.spaces;
    this.#fromTimeNs = header.fromTimeNs;
    this.#timesNs = new Float64Array(this.to - this.from);
    this.#runEnds = new Uint32Array(this.to - this.from);
    const numbers: number[] = [];
    let event = 0;
    eachEvent(
      (...run) => numbers.push(...run),
      (timeNs) => {
        this.#timesNs[event] = timeNs;
        this.#runEnds[event++] = numbers.length / RUN_NUMBERS;
      },
    );
    this.#numbers = Uint32Array.from(numbers);
  }

  get bytes(): number {
    return this.#timesNs.byteLength + this.#runEnds.byteLength + this.#numbers.byteLength;
  }

  timeNsAt(position: number): number {
    return position === this.from ? this.#fromTimeNs : this.#timesNs[position - this.from - 1]!;
  }

  /** The last position that is not after a time; undefined where a window beside this one may have it. */
  positionAt(timeNs: number): number | undefined {
    const times = this.#timesNs;
    if (timeNs < this.#fromTimeNs || !(timeNs < (times.at(-1) ?? 0))) return undefined;
    let [first, end] = [0, times.length];
    while (first < end) {
      const middle = (first + end) >> 1;
      if (times[middle]! <= timeNs) first = middle + 1;
      else end = middle;
    }
    return this.from + first;
  }

  /** The runs of the events behind `first` up to `last`. Their order does not matter: exclusive-or has none. */
  apply(first: number, last: number, apply: ApplyRun): void {
    const numbers = this.#numbers;
    const end = this.#runsUpTo(last) * RUN_NUMBERS;
    for (let at = this.#runsUpTo(first) * RUN_NUMBERS; at < end; at += RUN_NUMBERS) {
      apply(numbers[at]!, numbers[at + 1]!, numbers[at + 2]!, numbers[at + 3]!);
    }
  }

  #runsUpTo(position: number): number {
    return position === this.from ? 0 : this.#runEnds[position - this.from - 1]!;
  }
}

/** Where the window of the event behind a position begins. */
export function windowStart(position: number): number {
  return position - (position % WINDOW_EVENTS);
}
