import { NO_PAGE } from "@ballast/core/ids";
import type { MachineTables, VmTables } from "@ballast/core/memory";
import { frameCell, realPageCell } from "./cell-states.ts";
import type { CellNotes, OnChange, PageRange } from "./noted-cells.ts";

/** Pages of one word of bits. */
const WORD = 32;

/** The pages of one space that were touched since a leap began, and the cells that they had there. */
class TouchedPages {
  readonly #bits: Uint32Array;
  /** By page; of pages that were not touched they mean nothing. */
  readonly #cells: Uint32Array;

  constructor(pages: number) {
    this.#bits = new Uint32Array(Math.ceil(pages / WORD));
    this.#cells = new Uint32Array(pages);
  }

  has(page: number): boolean {
    return (this.#bits[page >>> 5]! & (1 << (page & 31))) !== 0;
  }

  add(page: number, cell: number): void {
    this.#bits[page >>> 5]! |= 1 << (page & 31);
    this.#cells[page] = cell;
  }

  /** Visits them in ascending order; afterwards there are none. */
  each(visit: (page: number, cell: number) => void): void {
    const bits = this.#bits;
    for (let word = 0; word < bits.length; word++) {
      for (let rest = bits[word]!; rest !== 0; rest &= rest - 1) {
        const page = word * WORD + 31 - Math.clz32(rest & -rest);
        visit(page, this.#cells[page]!);
      }
      bits[word] = 0;
    }
  }
}

/** The cells that the events of a leap can change: each is computed before the first of these events, and after the last. */
export class LeapCells implements CellNotes {
  readonly #machine: MachineTables;
  /** By space. */
  readonly #spaces: TouchedPages[] = [];
  /** Of the event. */
  readonly #realRanges: PageRange[] = [];

  constructor(machine: MachineTables) {
    this.#machine = machine;
  }

  beginEvent(): void {
    this.#realRanges.length = 0;
  }

  addRealPages(vm: VmTables, range: PageRange): void {
    const { frames } = this.#machine;
    const touched = this.#touchedOf(vm.vm);
    for (let page = range[0]; page < range[1]; page++) if (!touched.has(page)) touched.add(page, realPageCell(frames, vm, page));
    this.#realRanges.push(range);
  }

  addFrames([first, end]: PageRange): void {
    const touched = this.#touchedOf(0);
    for (let frame = first; frame < end; frame++) if (!touched.has(frame)) touched.add(frame, frameCell(this.#machine, frame));
  }

  addFramesBehind({ realMap }: VmTables): void {
    const touched = this.#touchedOf(0);
    for (const [first, end] of this.#realRanges) {
      for (let page = first; page < end; page++) {
        const frame = realMap[page]!;
        if (frame !== NO_PAGE && !touched.has(frame)) touched.add(frame, frameCell(this.#machine, frame));
      }
    }
  }

  /** A cell that has changed already. */
  add(space: number, page: number, before: number): void {
    const touched = this.#touchedOf(space);
    if (!touched.has(page)) touched.add(page, before);
  }

  /** What is different at the end of the leap, by space and page in ascending order, once. */
  tell(changed: OnChange): void {
    const machine = this.#machine;
    const { frames, vms } = machine;
    this.#spaces.forEach((touched, space) => {
      const vm = vms[space - 1];
      touched.each((page, before) => {
        const xor = before ^ (vm === undefined ? frameCell(machine, page) : realPageCell(frames, vm, page));
        if (xor !== 0) changed(space, page, xor);
      });
    });
  }

  #touchedOf(space: number): TouchedPages {
    const { frames, vms } = this.#machine;
    return (this.#spaces[space] ??= new TouchedPages(space === 0 ? frames.count : vms[space - 1]!.realMap.length));
  }
}
