import { assert } from "../../assert/index.ts";
import { IntStack } from "./int-stack.ts";

export type NumberPoolState = { first: number; end: number; returned: Int32Array };

/**
 * Numbers [first, end) to be lent and given back: frames, real pages or swap slots. Those given back go out first, the
 * last one first; then those never lent, ascending. Costs no memory for what was never lent.
 */
export class NumberPool {
  protected first: number;
  protected end: number;
  protected readonly returned = new IntStack();
  readonly #count: number;

  constructor(first: number, end: number) {
    this.first = first;
    this.end = end;
    this.#count = end - first;
  }

  get free(): number {
    return this.end - this.first + this.returned.length;
  }

  /** A free number, or -1. */
  take(): number {
    if (this.returned.length > 0) return this.returned.pop();
    return this.first < this.end ? this.first++ : -1;
  }

  /** A number that is given back twice is not always detected immediately, because it is not looked up: in the end too many are free. */
  giveBack(value: number): void {
    this.returned.push(value);
    assert(this.free <= this.#count, () => `${value} is given back, and ${this.free} of ${this.#count} numbers are free`);
  }

  /** The start of `count` consecutive numbers from the upper end, never lent before; -1 if there are not as many. */
  takeRange(count: number): number {
    if (this.end - this.first < count) return -1;
    this.end -= count;
    return this.end;
  }

  save(): NumberPoolState {
    return { first: this.first, end: this.end, returned: this.returned.save() };
  }

  load(state: NumberPoolState): void {
    this.first = state.first;
    this.end = state.end;
    this.returned.load(state.returned);
  }
}
