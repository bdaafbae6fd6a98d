import { Backing } from "../events/index.ts";
import { blankColumns, type ColumnSource } from "./column-source.ts";
import { NO_PAGE, type ProcessId, type RealPage, type VirtualPage, type VmId } from "../ids/index.ts";

/** The content that a page of a file has before anyone writes it: never 0, the same on every machine. */
export function fileContent(vm: VmId, process: ProcessId, page: VirtualPage): number {
  let hash = Math.imul(vm, 0x9e3779b1) ^ Math.imul(process, 0x85ebca6b) ^ Math.imul(page + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (0x8000_0000 | (hash ^ (hash >>> 13))) >>> 0;
}

/** A process's address space: its page table and what its disk holds. */
export class ProcessMemory {
  readonly vm: VmId;
  readonly process: ProcessId;
  readonly nameText: number;
  readonly backing: number;
  readonly virtualPages: number;
  /** Virtual page to real page, or NO_PAGE: the guest page table. */
  readonly pageTable: Int32Array;
  /** Per virtual page: what the guest's disk holds of it; 0 if the disk has no copy. */
  readonly diskContent: Uint32Array;
  mappedPages = 0;
  finished = false;

  constructor(
    vm: VmId,
    process: ProcessId,
    virtualPages: number,
    backing: number,
    nameText: number,
    column: ColumnSource = blankColumns,
  ) {
    this.vm = vm;
    this.process = process;
    this.virtualPages = virtualPages;
    this.backing = backing;
    this.nameText = nameText;
    const at = `vm/${vm}/process/${process}`;
    this.pageTable = column(`${at}/pageTable`, virtualPages, () => new Int32Array(virtualPages).fill(NO_PAGE));
    this.diskContent = column(`${at}/diskContent`, virtualPages, () => this.untouchedDisk());
  }

  /** Whether its pages are those of a file, not the guest's swap's. */
  get isFileBacked(): boolean {
    return this.backing !== Backing.Anonymous;
  }

  realPage(page: VirtualPage): RealPage {
    return this.pageTable[page] as RealPage;
  }

  isMapped(page: VirtualPage): boolean {
    return this.pageTable[page] !== NO_PAGE;
  }

  /** Before anyone has written: a file's own content, or nothing. */
  private untouchedDisk(): Uint32Array {
    const disk = new Uint32Array(this.virtualPages);
    if (!this.isFileBacked) return disk;
    for (let page = 0; page < disk.length; page++) disk[page] = fileContent(this.vm, this.process, page as VirtualPage);
    return disk;
  }
}
