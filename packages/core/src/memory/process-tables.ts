import { Backing } from "../events/index.ts";
import { NO_PAGE, type ProcessId, type RealPage, type VirtualPage, type VmId } from "../ids/index.ts";
import { noPages } from "./blank-columns.ts";
import { blankTables, type TableSource } from "./table-source.ts";
import { TileMarks } from "./tile-marks.ts";

/** The content that a page of a file has before anyone writes it: never 0, the same on every machine. */
export function fileContent(vm: VmId, process: ProcessId, page: VirtualPage): number {
  let hash = Math.imul(vm, 0x9e3779b1) ^ Math.imul(process, 0x85ebca6b) ^ Math.imul(page + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (0x8000_0000 | (hash ^ (hash >>> 13))) >>> 0;
}

/** Which pages of a process are those of an image. */
export type PageImage = {
  /** The image's name, a text of the run. */
  readonly nameText: number;
  readonly commonMillionths: number;
};

const ALL_MILLIONTHS = 1_000_000;
const LOW_BITS = 0x7fff_ffff;

/**
 * The content of a page of an image, in every process that has it: pages of one image all differ. Marked as of a file by
 * its top bit, so that it is never that of a write; it equals another file's page only by chance (31 bits).
 */
export function imageContent(nameText: number, page: VirtualPage): number {
  const key = Math.imul(nameText, 0x9e3779b1) ^ 0x5bd1e995;
  // Each step maps 31 bits onto 31 bits, one to one.
  let hash = Math.imul(page, 0x85ebca6b) & LOW_BITS;
  hash = (hash ^ (hash >>> 15) ^ key) & LOW_BITS;
  hash = Math.imul(hash, 0x2c1b3c6d) & LOW_BITS;
  return (0x8000_0000 | (hash ^ (hash >>> 13))) >>> 0;
}

/** Whether a page is one of the image's: spread evenly, and of n pages exactly the fraction, rounded down, are. */
export function isCommonPage({ commonMillionths }: PageImage, page: VirtualPage): boolean {
  const upTo = (pages: number): number => Math.floor((pages * commonMillionths) / ALL_MILLIONTHS);
  return upTo(page + 1) > upTo(page);
}

/** An address space, of a process or of a file in the guest's page cache: its page table and what its disk holds. */
export class ProcessTables {
  readonly vm: VmId;
  readonly process: ProcessId;
  readonly nameText: number;
  readonly backing: number;
  readonly virtualPages: number;
  /** Virtual page to real page, or NO_PAGE: the guest page table. */
  readonly pageTable: Int32Array;
  /** Per virtual page: what the guest's disk holds of it; 0 if the disk has no copy. */
  readonly diskContent: Uint32Array;
  readonly marks: TileMarks;
  /** Null: what its disk holds at first is like no other's. */
  image: PageImage | null;
  mappedPages = 0;
  finished = false;
  readonly #firstPage: number;

  constructor(
    vm: VmId,
    process: ProcessId,
    virtualPages: number,
    backing: number,
    nameText: number,
    { column, hasEntries, firstPage }: TableSource = blankTables,
    image: PageImage | null = null,
  ) {
    this.vm = vm;
    this.process = process;
    this.#firstPage = firstPage;
    this.virtualPages = virtualPages;
    this.backing = backing;
    this.nameText = nameText;
    this.image = image;
    const at = `vm/${vm}/process/${process}`;
    this.pageTable = column(`${at}/pageTable`, virtualPages, noPages);
    this.diskContent = column(`${at}/diskContent`, virtualPages, (first, end) => this.untouchedDisk(first, end));
    this.marks = new TileMarks(hasEntries ? virtualPages : 0);
  }

  /** Whether its pages are those of a file, not the guest's swap's. */
  get isFileBacked(): boolean {
    return this.backing !== Backing.Anonymous;
  }

  /** Whether it is a file in the page cache, which no process maps. */
  get isCache(): boolean {
    return this.backing === Backing.Cache;
  }

  realPage(page: VirtualPage): RealPage {
    return this.pageTable[page] as RealPage;
  }

  isMapped(page: VirtualPage): boolean {
    return this.pageTable[page] !== NO_PAGE;
  }

  /** For `VmTables.mapPage` alone, which knows the real page, too. */
  map(page: VirtualPage, real: RealPage): void {
    this.marks.mark(page);
    this.pageTable[page] = real;
    this.mappedPages++;
  }

  /** For `VmTables.unmapPage` alone. */
  unmap(page: VirtualPage): void {
    this.marks.mark(page);
    this.pageTable[page] = NO_PAGE;
    this.mappedPages--;
  }

  writeToDisk(page: VirtualPage, content: number): void {
    this.marks.mark(page);
    this.diskContent[page] = content;
  }

  /** Before it has run. */
  attachImage(image: PageImage): void {
    this.image = image;
    const first = this.#firstPage;
    this.diskContent.set(this.untouchedDisk(first, first + this.diskContent.length));
    this.marks.markRange(0, this.virtualPages);
  }

  /** What the disk has of the pages [first, end) before anyone has written: an image's content, a file's own, or nothing. */
  untouchedDisk(first: number, end: number, image = this.image): Uint32Array {
    const disk = new Uint32Array(end - first);
    if (!this.isFileBacked) return disk;
    for (let page = first; page < end; page++) disk[page - first] = this.#untouchedContent(page as VirtualPage, image);
    return disk;
  }

  #untouchedContent(page: VirtualPage, image: PageImage | null): number {
    if (image !== null && isCommonPage(image, page)) return imageContent(image.nameText, page);
    return fileContent(this.vm, this.process, page);
  }
}
