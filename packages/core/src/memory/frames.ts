import { assert } from "../assert/index.ts";
import { NO_PAGE, type PhysicalPage, type RealPage, type VmId } from "../ids/index.ts";
import { noBytes, noNumbers, noPages } from "./blank-columns.ts";
import { blankTables, type TableSource } from "./table-source.ts";
import { TileMarks } from "./tile-marks.ts";

/** In the owner column: the frame is free. */
export const OWNER_FREE = 0;
/** In the owner column: the hypervisor keeps the frame for itself. */
export const OWNER_HYPERVISOR = -1;
/** In the owner column: the frame backs real pages of equal content, of whichever VMs. */
export const OWNER_SHARED = -2;

/** In the content column: nothing but zeros, fit for any owner. */
export const FRAME_ZEROED = 0;
/** In the content column: may hold what its last owner wrote. */
export const FRAME_FILLED = 1;
/** In the content column: the hypervisor's own. */
export const FRAME_OVERHEAD = 2;
/** In the content column: what all the real pages have in common that it backs. */
export const FRAME_SHARED = 3;

/** Every frame of the host: whose it is, which real page it stands behind, and whether it is known to be zeroed. */
export class Frames {
  readonly count: number;
  /** VM number, or OWNER_FREE, OWNER_HYPERVISOR or OWNER_SHARED. */
  readonly ownerVm: Int32Array;
  /** The owner's real page, or NO_PAGE. */
  readonly realPage: Int32Array;
  /** FRAME_ZEROED, FRAME_FILLED, FRAME_OVERHEAD or FRAME_SHARED. */
  readonly content: Uint8Array;
  /** Of a shared frame: how many real pages it backs; else 0. */
  readonly sharers: Int32Array;
  readonly marks: TileMarks;
  freePages: number;
  overheadPages = 0;
  sharedFramePages = 0;
  readonly #hasEntries: boolean;

  constructor(count: number, { column, hasEntries }: TableSource = blankTables) {
    this.count = count;
    this.#hasEntries = hasEntries;
    this.ownerVm = column("frames/ownerVm", count, noNumbers);
    this.realPage = column("frames/realPage", count, noPages);
    this.content = column("frames/content", count, noBytes);
    this.sharers = column("frames/sharers", count, noNumbers);
    this.marks = new TileMarks(hasEntries ? count : 0);
    this.freePages = count;
  }

  isFree(page: PhysicalPage): boolean {
    return this.ownerVm[page] === OWNER_FREE;
  }

  isZeroed(page: PhysicalPage): boolean {
    return this.content[page] === FRAME_ZEROED;
  }

  give(page: PhysicalPage, vm: VmId, realPage: RealPage): void {
    this.#expect(this.ownerVm[page] === OWNER_FREE, () => `frame ${page} given to VM ${vm} is owned by ${this.ownerVm[page]}`);
    this.marks.mark(page);
    this.ownerVm[page] = vm;
    this.realPage[page] = realPage;
    this.content[page] = FRAME_FILLED;
    this.freePages--;
  }

  take(page: PhysicalPage, vm: VmId, realPage: RealPage): void {
    this.#expect(
      this.ownerVm[page] === vm && this.realPage[page] === realPage,
      () => `frame ${page} taken from VM ${vm} real page ${realPage} is behind VM ${this.ownerVm[page]} real page ${this.realPage[page]}`,
    );
    this.marks.mark(page);
    this.ownerVm[page] = OWNER_FREE;
    this.realPage[page] = NO_PAGE;
    this.freePages++;
  }

  zero(page: PhysicalPage): void {
    this.#expect(this.ownerVm[page] === OWNER_FREE, () => `frame ${page} to be zeroed is owned by ${this.ownerVm[page]}`);
    this.marks.mark(page);
    this.content[page] = FRAME_ZEROED;
  }

  isShared(page: PhysicalPage): boolean {
    return this.ownerVm[page] === OWNER_SHARED;
  }

  /** The owner's frame becomes a shared one, which backs the one page that it was behind. */
  share(page: PhysicalPage, vm: VmId, realPage: RealPage): void {
    this.take(page, vm, realPage);
    this.ownerVm[page] = OWNER_SHARED;
    this.content[page] = FRAME_SHARED;
    this.sharers[page] = 1;
    this.freePages--;
    this.sharedFramePages++;
  }

  addSharer(page: PhysicalPage): void {
    this.#expect(this.isShared(page), () => `frame ${page} of ${this.ownerVm[page]} is not shared`);
    this.marks.mark(page);
    this.sharers[page]++;
  }

  /** It still backs other pages. */
  dropSharer(page: PhysicalPage): void {
    this.#expect(this.sharers[page] > 1, () => `frame ${page} backs ${this.sharers[page]} pages, none besides`);
    this.marks.mark(page);
    this.sharers[page]--;
  }

  /** The one page that it backed is backed no more: it is free. */
  freeShared(page: PhysicalPage): void {
    this.#expect(this.sharers[page] === 1, () => `frame ${page} backs ${this.sharers[page]} pages, not one`);
    this.marks.mark(page);
    this.sharers[page] = 0;
    this.ownerVm[page] = OWNER_FREE;
    this.content[page] = FRAME_FILLED;
    this.freePages++;
    this.sharedFramePages--;
  }

  /** The one page that it still backs has it for its own again. */
  unshare(page: PhysicalPage, vm: VmId, realPage: RealPage): void {
    this.freeShared(page);
    this.give(page, vm, realPage);
  }

  reserve(firstPage: PhysicalPage, endPage: number): void {
    this.marks.markRange(firstPage, endPage);
    for (let page = firstPage as number; page < endPage; page++) {
      this.#expect(this.ownerVm[page] === OWNER_FREE, () => `overhead frame ${page} is owned by ${this.ownerVm[page]}`);
      this.ownerVm[page] = OWNER_HYPERVISOR;
      this.content[page] = FRAME_OVERHEAD;
    }
    this.freePages -= endPage - firstPage;
    this.overheadPages += endPage - firstPage;
  }

  release(firstPage: PhysicalPage, endPage: number): void {
    this.marks.markRange(firstPage, endPage);
    for (let page = firstPage as number; page < endPage; page++) {
      this.#expect(this.ownerVm[page] === OWNER_HYPERVISOR, () => `frame ${page} is not the hypervisor's`);
      this.ownerVm[page] = OWNER_FREE;
      this.content[page] = FRAME_FILLED;
    }
    this.freePages += endPage - firstPage;
    this.overheadPages -= endPage - firstPage;
  }

  /** Guards what an entry must be, where there are entries. */
  #expect(condition: boolean, message: () => string): void {
    assert(condition || !this.#hasEntries, message);
  }
}
