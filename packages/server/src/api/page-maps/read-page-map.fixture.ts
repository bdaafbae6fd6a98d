/** Page maps as docs/page-maps.md describes them, read step by step by a test. */
export type ReadSpace = {
  readonly kind: string;
  readonly vm: number | null;
  readonly name: string | null;
  readonly pages: number;
  readonly since?: number;
};
export type ReadHeader = {
  readonly format: number;
  readonly kind: "map" | "steps" | "leaps" | "ages" | "activity";
  /** Of a leap. */
  readonly events?: number;
  readonly base?: number | null;
  readonly position?: number;
  readonly from?: number;
  readonly fromTimeNs?: number;
  readonly to?: number;
  readonly timeNs?: number;
  readonly spaces: readonly ReadSpace[];
  readonly states?: unknown;
  readonly ages?: readonly { readonly minNs: number | null; readonly maxNs: number | null; readonly description: string }[];
};
export type ReadRun = readonly [space: number, first: number, pages: number, xor: number];
export type ReadEvent = { readonly timeNs: number; readonly runs: readonly ReadRun[] };

export class MapReading {
  readonly header: ReadHeader;
  /** Of a map, and of ages. */
  readonly runs: readonly ReadRun[] = [];
  /** Of steps and leaps. */
  readonly events: readonly ReadEvent[] = [];
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    const end = this.#number() + this.#at;
    this.header = JSON.parse(bytes.toString("utf8", this.#at, end)) as ReadHeader;
    this.#at = end;
    const { kind } = this.header;
    if (kind !== "steps" && kind !== "leaps") this.runs = this.header.spaces.flatMap((_, space) => this.#runsOf(space));
    else this.events = this.#readEvents((this.header.to! - this.header.from!) / (this.header.events ?? 1), this.header.fromTimeNs!);
    if (this.#at !== bytes.length) throw new Error(`${bytes.length - this.#at} bytes are left`);
  }

  #readEvents(count: number, startNs: number): ReadEvent[] {
    let timeNs = startNs;
    return Array.from({ length: count }, () => {
      timeNs += this.#number();
      const runs = Array.from({ length: this.#number() }, () => this.#runsOf(this.#number())).flat();
      return { timeNs, runs };
    });
  }

  #runsOf(space: number): ReadRun[] {
    let page = 0;
    return Array.from({ length: this.#number() }, (): ReadRun => {
      const [gap, xor] = [this.#number(), this.#number()];
      const first = page + (gap >> 1);
      const pages = (gap & 1) === 1 ? this.#number() + 2 : 1;
      page = first + pages;
      return [space, first, pages, xor];
    });
  }

  #number(): number {
    let number = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.#bytes[this.#at++]!;
      number |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(number);
    }
  }
}

/** Cells by space, changed by runs. */
export function applyRuns(cells: readonly (readonly number[])[], runs: readonly ReadRun[]): number[][] {
  const changed = cells.map((space) => [...space]);
  for (const [space, first, pages, xor] of runs) {
    for (let page = first; page < first + pages; page++) changed[space]![page]! ^= xor;
  }
  return changed;
}
