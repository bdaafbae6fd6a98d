/** Simulated times of some positions of a run, and by them, about, those of all others. */
export class TimeIndex {
  readonly #positions: number[] = [0];
  readonly #timesNs: number[] = [0];

  /** Positions come in any order; times do not fall. */
  add(position: number, timeNs: number): void {
    const at = lowerBound(this.#positions, position);
    if (this.#positions[at] === position) return;
    this.#positions.splice(at, 0, position);
    this.#timesNs.splice(at, 0, timeNs);
    if (this.#positions.length > MAX_KNOWN) this.#thin();
  }

  /** The last position that is not after a time, by interpolation between known ones. */
  positionAt(timeNs: number): number {
    const end = lowerBound(this.#timesNs, timeNs + 1);
    const [low, high] = [Math.max(0, end - 1), Math.min(end, this.#timesNs.length - 1)];
    const [from, to] = [this.#timesNs[low]!, this.#timesNs[high]!];
    const [first, last] = [this.#positions[low]!, this.#positions[high]!];
    return to === from ? first : Math.floor(first + ((last - first) * (timeNs - from)) / (to - from));
  }

  /** The time of a position in whole ns, by interpolation between known ones. */
  timeAt(position: number): number {
    const end = Math.min(lowerBound(this.#positions, position), this.#positions.length - 1);
    const low = this.#positions[end] === position ? end : Math.max(0, end - 1);
    const [first, last] = [this.#positions[low]!, this.#positions[end]!];
    const [from, to] = [this.#timesNs[low]!, this.#timesNs[end]!];
    return last === first ? from : Math.round(from + ((to - from) * (position - first)) / (last - first));
  }

  /** Every second one is forgotten, but for the last. */
  #thin(): void {
    const kept = (_: number, index: number): boolean => index % 2 === 0;
    const [position, timeNs] = [this.#positions.at(-1)!, this.#timesNs.at(-1)!];
    this.#positions.splice(0, Infinity, ...this.#positions.filter(kept));
    this.#timesNs.splice(0, Infinity, ...this.#timesNs.filter(kept));
    this.add(position, timeNs);
  }
}

const MAX_KNOWN = 20_000;

/** Where the first number stands that is not less. */
function lowerBound(ascending: readonly number[], number: number): number {
  let [first, end] = [0, ascending.length];
  while (first < end) {
    const middle = (first + end) >> 1;
    if (ascending[middle]! < number) first = middle + 1;
    else end = middle;
  }
  return first;
}
