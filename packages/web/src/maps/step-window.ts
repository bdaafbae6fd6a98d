import { type ApplyRun, readSteps, type StepsAnswer } from "./answers.ts";

/** How a run is cut into windows: each begins at a multiple of its events, and has what every step of so many events changes. */
export type WindowKind = { readonly windowEvents: number; readonly stepEvents: number };

/** Every event is a step. */
export const STEPS: WindowKind = { windowEvents: 4_096, stepEvents: 1 };
/** Long moves: each step is what 8,192 events change in all. */
export const LEAPS: WindowKind = { windowEvents: 65_536, stepEvents: 8_192 };

/** Numbers of a run: space, first page, pages, exclusive-or. */
const RUN_NUMBERS = 4;

/** The changes of events that follow each other, by steps, ready to be applied in either direction. */
export class StepWindow {
  readonly from: number;
  readonly to: number;
  readonly spaces: StepsAnswer["spaces"];
  readonly #stepEvents: number;
  readonly #fromTimeNs: number;
  readonly #timesNs: Float64Array;
  /** By step: runs up to its last, included. */
  readonly #runEnds: Uint32Array;
  readonly #numbers: Uint32Array;

  constructor(bytes: Uint8Array) {
    const { header, eachStep } = readSteps(bytes);
    this.from = header.from;
    this.to = header.to;
    this.spaces = header.spaces;
    this.#fromTimeNs = header.fromTimeNs;
    this.#stepEvents = header.events ?? 1;
    const steps = (this.to - this.from) / this.#stepEvents;
    this.#timesNs = new Float64Array(steps);
    this.#runEnds = new Uint32Array(steps);
    const numbers: number[] = [];
    let step = 0;
    eachStep(
      (...run) => numbers.push(...run),
      (timeNs) => {
        this.#timesNs[step] = timeNs;
        this.#runEnds[step++] = numbers.length / RUN_NUMBERS;
      },
    );
    this.#numbers = Uint32Array.from(numbers);
  }

  get bytes(): number {
    return this.#timesNs.byteLength + this.#runEnds.byteLength + this.#numbers.byteLength;
  }

  /** Of where one of its steps ends. */
  timeNsAt(position: number): number {
    return position === this.from ? this.#fromTimeNs : this.#timesNs[this.#stepTo(position)]!;
  }

  /** The last end of a step that is not after a time; undefined where a window beside this one may have it. */
  positionAt(timeNs: number): number | undefined {
    const times = this.#timesNs;
    if (timeNs < this.#fromTimeNs || !(timeNs < (times.at(-1) ?? 0))) return undefined;
    let [first, end] = [0, times.length];
    while (first < end) {
      const middle = (first + end) >> 1;
      if (times[middle]! <= timeNs) first = middle + 1;
      else end = middle;
    }
    return this.from + first * this.#stepEvents;
  }

  /** The runs of the steps behind `first` up to `last`. Their order does not matter: exclusive-or has none. */
  apply(first: number, last: number, apply: ApplyRun): void {
    const numbers = this.#numbers;
    const end = this.#runsUpTo(last) * RUN_NUMBERS;
    for (let at = this.#runsUpTo(first) * RUN_NUMBERS; at < end; at += RUN_NUMBERS) {
      apply(numbers[at]!, numbers[at + 1]!, numbers[at + 2]!, numbers[at + 3]!);
    }
  }

  #runsUpTo(position: number): number {
    return position === this.from ? 0 : this.#runEnds[this.#stepTo(position)]!;
  }

  #stepTo(position: number): number {
    return (position - this.from) / this.#stepEvents - 1;
  }
}

/** Where the window of the event behind a position begins. */
export function windowStart({ windowEvents }: WindowKind, position: number): number {
  return position - (position % windowEvents);
}
