import { NO_PAGE } from "@ballast/core/ids";
import { type MachineTables, OWNER_SHARED, type VmTables } from "@ballast/core/memory";
import { frameCell, realPageCell } from "./cell-states.ts";

/** Pages from the first to before the end. */
export type PageRange = readonly [first: number, end: number];

/**
 * Hears before each event of the cells that it can change, and keeps their values. So no cells have to be computed and kept but these: those of all pages
 * of a large host take as long as to apply a hundred thousand events.
 */
export interface CellNotes {
  beginEvent(): void;
  addRealPages(vm: VmTables, range: PageRange): void;
  addFrames(range: PageRange): void;
  /** Those behind the real pages of the event. A frame that comes to be behind one is named by the event. */
  addFramesBehind(vm: VmTables): void;
}

export type OnChange = (space: number, page: number, xor: number) => void;

const FIRST_CELLS = 1_024;

/** The cells that one event can change. */
export class NotedCells implements CellNotes {
  readonly #machine: MachineTables;
  #spaces = new Uint32Array(FIRST_CELLS);
  #pages = new Uint32Array(FIRST_CELLS);
  #cells = new Uint32Array(FIRST_CELLS);
  #count = 0;
  readonly #realRanges: PageRange[] = [];
  readonly #frameRanges: PageRange[] = [];

  constructor(machine: MachineTables) {
    this.#machine = machine;
  }

  beginEvent(): void {
    this.#realRanges.length = 0;
    this.#frameRanges.length = 0;
  }

  addRealPages(vm: VmTables, range: PageRange): void {
    const { frames } = this.#machine;
    for (let page = range[0]; page < range[1]; page++) {
      if (!isIn(this.#realRanges, page)) this.#add(vm.vm, page, realPageCell(frames, vm, page));
    }
    this.#realRanges.push(range);
  }

  addFrames(range: PageRange): void {
    for (let frame = range[0]; frame < range[1]; frame++) if (!isIn(this.#frameRanges, frame)) this.#addFrame(frame);
    this.#frameRanges.push(range);
  }

  addFramesBehind({ realMap }: VmTables): void {
    const { ownerVm } = this.#machine.frames;
    for (const [first, end] of this.#realRanges) {
      for (let page = first; page < end; page++) {
        const frame = realMap[page]!;
        if (frame === NO_PAGE || isIn(this.#frameRanges, frame)) continue;
        // Several of the pages may share one.
        if (ownerVm[frame] === OWNER_SHARED && this.#hasFrame(frame)) continue;
        this.#addFrame(frame);
      }
    }
  }

  /** What is different after the event, once. */
  tell(changed: OnChange): void {
    const { frames, vms } = this.#machine;
    for (let at = 0; at < this.#count; at++) {
      const space = this.#spaces[at]!;
      const page = this.#pages[at]!;
      const cell = space === 0 ? frameCell(this.#machine, page) : realPageCell(frames, vms[space - 1]!, page);
      const xor = this.#cells[at]! ^ cell;
      if (xor !== 0) changed(space, page, xor);
    }
    this.#count = 0;
  }

  #addFrame(frame: number): void {
    this.#add(0, frame, frameCell(this.#machine, frame));
  }

  #hasFrame(frame: number): boolean {
    for (let at = 0; at < this.#count; at++) if (this.#spaces[at] === 0 && this.#pages[at] === frame) return true;
    return false;
  }

  #add(space: number, page: number, cell: number): void {
    if (this.#count === this.#pages.length) this.#grow();
    this.#spaces[this.#count] = space;
    this.#pages[this.#count] = page;
    this.#cells[this.#count++] = cell;
  }

  #grow(): void {
    const twice = (numbers: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> => {
      const grown = new Uint32Array(numbers.length * 2);
      grown.set(numbers);
      return grown;
    };
    this.#spaces = twice(this.#spaces);
    this.#pages = twice(this.#pages);
    this.#cells = twice(this.#cells);
  }
}

function isIn(ranges: readonly PageRange[], page: number): boolean {
  for (const [first, end] of ranges) if (page >= first && page < end) return true;
  return false;
}
