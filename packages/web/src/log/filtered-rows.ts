import { EventBlocks } from "./event-blocks.ts";
import { type Bounds, type Counted, EventTally, type Mark } from "./event-tally.ts";

type Row = { readonly position: string };

/** What the list is made of; bounds are positions, both included. */
export type RowSource<Event> = {
  readonly bounds: Bounds;
  readonly isDescending: boolean;
  readonly count: (bounds: Bounds, signal: AbortSignal) => Promise<Counted>;
  readonly rows: (
    bounds: Bounds,
    part: { readonly skip: number; readonly first: number },
    signal: AbortSignal,
  ) => Promise<readonly Event[]>;
};

/** The events that a filter leaves, by their place in the list from 0: any of them is shown without those before it. */
export class FilteredRows<Event extends Row> {
  readonly tally: EventTally;
  readonly blocks: EventBlocks<Event>;
  readonly #source: RowSource<Event>;

  constructor(source: RowSource<Event>) {
    this.#source = source;
    this.tally = new EventTally(source.bounds, source.isDescending, source.count);
    // Blocks number from 1.
    this.blocks = new EventBlocks(async (from, to, signal) => await this.#rows(from - 1, to - from + 1, signal));
  }

  at(index: number): Event | undefined {
    return this.blocks.at(index + 1);
  }

  /** Says which places are in view: from the first, up to the end (excluded). */
  want(first: number, end: number): void {
    if (this.tally.count > 0) this.blocks.want(first + 1, Math.max(first + 1, end), this.tally.count);
  }

  /** The place of the last event up to a position (newest first: the first one); undefined: not counted so far. */
  async indexOf(position: number, signal: AbortSignal): Promise<number | undefined> {
    const mark = this.tally.markAt(position);
    if (mark === undefined) return undefined;
    const { isDescending, count } = this.#source;
    const between = isDescending ? { from: position + 1, to: mark.position } : { from: mark.position, to: position };
    const found = between.from > between.to ? 0 : (await count(between, signal)).count;
    return Math.max(0, Math.min(this.tally.count - 1, mark.before + found - (isDescending ? 0 : 1)));
  }

  close(): void {
    this.tally.close();
    this.blocks.close();
  }

  async #rows(index: number, first: number, signal: AbortSignal): Promise<readonly Event[]> {
    const mark = this.tally.markBefore(index);
    if (mark === undefined) return [];
    return await this.#source.rows(this.#from(mark), { skip: index - mark.before, first }, signal);
  }

  #from({ position }: Mark): Bounds {
    const { bounds, isDescending } = this.#source;
    return isDescending ? { from: bounds.from, to: position } : { from: position, to: Math.max(bounds.to, this.tally.rest.to) };
  }
}
