import { QuantileSketch, type SavedSketch } from "../../metrics/index.ts";

const NONE = -1;

export type SavedStalls = {
  readonly isRecorded: boolean;
  readonly sketches: readonly SavedSketch[];
  readonly beganNs: readonly number[];
  readonly waitedNs: readonly number[];
};

/**
 * How long each access waited. An access begins with its guest fault or, if its page was mapped, with its host fault; its other
 * waits are the events of its VM that have the same time, because a VM has one processor, an access takes at least 1 ns, and
 * every event has the time at which its access began.
 */
export class Stalls {
  /** By VM number - 1: of the accesses before the present one. */
  readonly #sketches: QuantileSketch[];
  /** By VM number - 1: when the present access began, and how long it has waited. */
  readonly #beganNs: number[];
  readonly #waitedNs: number[];
  #isRecorded: boolean;

  constructor(saved: SavedStalls = { isRecorded: true, sketches: [], beganNs: [], waitedNs: [] }) {
    this.#sketches = saved.sketches.map((sketch) => QuantileSketch.restore(sketch));
    this.#beganNs = [...saved.beganNs];
    this.#waitedNs = [...saved.waitedNs];
    this.#isRecorded = saved.isRecorded;
  }

  /** An access begins, with the time that it has waited already. */
  begin(vm: number, timeNs: number, waitNs: number): void {
    const at = vm - 1;
    if (at >= this.#sketches.length) this.#grow(vm);
    if (this.#waitedNs[at] > 0) this.#sketches[at].add(this.#waitedNs[at]);
    this.#beganNs[at] = timeNs;
    this.#waitedNs[at] = waitNs;
  }

  /** The VM waits besides: for its access, if it makes one. */
  wait(vm: number, timeNs: number, waitNs: number): void {
    const at = vm - 1;
    if (at < this.#beganNs.length && this.#beganNs[at] === timeNs) this.#waitedNs[at] += waitNs;
  }

  /** All that the access has waited until now, whatever was told of it before. */
  waitedInAll(vm: number, timeNs: number, waitNs: number): void {
    const at = vm - 1;
    if (at < this.#beganNs.length && this.#beganNs[at] === timeNs) this.#waitedNs[at] = waitNs;
  }

  /** What follows is of no access that was begun before. */
  endAll(): void {
    for (const [at] of this.#sketches.entries()) this.begin(at + 1, NONE, 0);
  }

  /** An earlier version did not record what a host fault was needed for. */
  forget(): void {
    this.#isRecorded = false;
  }

  observed(vm: number): QuantileSketch | null {
    if (!this.#isRecorded) return null;
    const all = new QuantileSketch();
    const sketch = this.#sketches.at(vm - 1);
    if (sketch === undefined) return all;
    all.merge(sketch);
    if (this.#waitedNs[vm - 1] > 0) all.add(this.#waitedNs[vm - 1]);
    return all;
  }

  save(): SavedStalls {
    const sketches = this.#sketches.map((sketch) => sketch.save());
    return { isRecorded: this.#isRecorded, sketches, beganNs: [...this.#beganNs], waitedNs: [...this.#waitedNs] };
  }

  #grow(vms: number): void {
    while (this.#sketches.length < vms) {
      this.#sketches.push(new QuantileSketch());
      this.#beganNs.push(NONE);
      this.#waitedNs.push(0);
    }
  }
}
