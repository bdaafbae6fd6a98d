import { assert } from "../assert/index.ts";
import { LARGE_PAGE_PAGES, NO_PROCESS, NO_PAGE, type PhysicalPage, type RealPage, type VirtualPage, type VmId } from "../ids/index.ts";
import { COUNTERS } from "./counters.ts";
import type { ProcessTables } from "./process-tables.ts";
import { noBytes, noContents, noNumbers, noPages } from "./blank-columns.ts";
import { blankTables, type TableSource } from "./table-source.ts";
import { TileMarks } from "./tile-marks.ts";
import { Kept, RealUse, VmLife } from "./vm-states.ts";

/** A VM's real memory: the real map table that the hypervisor keeps for it, and what its guest OS uses each page for. */
export class VmTables {
  readonly vm: VmId;
  readonly nameText: number;
  readonly configuredPages: number;
  readonly overheadPages: number;
  life: number;
  /** Real page to physical page, or NO_PAGE: the real map table. */
  readonly realMap: Int32Array;
  /** Per real page: its slot in the host's swap, or NO_PAGE. */
  readonly swapSlot: Int32Array;
  /** Per real page without a frame: a Kept. */
  readonly kept: Uint8Array;
  /** Per real page whose content is kept in the host's swap or elsewhere: what it holds. */
  readonly swapContent: Uint32Array;
  /** Per real page in the compression cache: the blocks it takes there; else 0. */
  readonly compressedBlocks: Uint8Array;
  /** Per real page: a RealUse. */
  readonly use: Uint8Array;
  /** Per real page used by a process: which one, else NO_PROCESS. */
  readonly userProcess: Int32Array;
  /** Per real page used by a process: for which virtual page, else NO_PAGE. */
  readonly userPage: Int32Array;
  /** Processes by number - 1. */
  readonly processes: ProcessTables[] = [];
  readonly counters = new Float64Array(COUNTERS.length);
  /** Per 512 real pages: 1 if one entry of the real map table maps all of them. Pages beyond the last 512 have none. */
  readonly largeMap: Uint8Array;
  /** Of the columns by real page, and of `largeMap` by the pages that an entry stands for. */
  readonly marks: TileMarks;
  residentPages = 0;
  /** Resident pages whose frame is a shared one. */
  sharedPages = 0;
  /** Resident pages under large mappings. */
  largePages = 0;
  swappedPages = 0;
  compressedPages = 0;
  /** Blocks that its compressed pages take. */
  compressedBlocksUsed = 0;
  /** Frames of its compression cache; they are the hypervisor's. */
  cacheFramePages = 0;
  /** Pages without a frame that the hypervisor left on the guest's disk. */
  diskKeptPages = 0;
  /** Swapped pages that were read ahead; their frames are the hypervisor's. */
  swapCachePages = 0;
  mappedPages = 0;
  kernelPages = 0;
  balloonTargetPages = 0;
  balloonSizePages = 0;
  /** Most frames it may hold now; never above its configured pages. */
  memoryLimitPages: number;
  /** Whether it is kept from running. */
  isSuspended = false;
  /** When it was switched on. */
  startedNs = 0;
  /** Whether its workload has come to its end, and was not cut off. */
  isWorkDone = false;
  /** When it was terminated, and why (a VmEnd); 0 while it was not. */
  terminatedNs = 0;
  endCause = 0;
  readonly #hasEntries: boolean;

  constructor(
    vm: VmId,
    configuredPages: number,
    overheadPages: number,
    nameText: number,
    life: number,
    { column, hasEntries }: TableSource = blankTables,
  ) {
    this.vm = vm;
    this.#hasEntries = hasEntries;
    this.nameText = nameText;
    this.configuredPages = configuredPages;
    this.overheadPages = overheadPages;
    this.life = life;
    this.memoryLimitPages = configuredPages;
    const pages = life === VmLife.Refused ? 0 : configuredPages;
    this.realMap = column(`vm/${vm}/realMap`, pages, noPages);
    this.swapSlot = column(`vm/${vm}/swapSlot`, pages, noPages);
    this.kept = column(`vm/${vm}/kept`, pages, noBytes);
    this.swapContent = column(`vm/${vm}/swapContent`, pages, noContents);
    this.compressedBlocks = column(`vm/${vm}/compressedBlocks`, pages, noBytes);
    this.use = column(`vm/${vm}/use`, pages, noBytes);
    const groups = Math.floor(pages / LARGE_PAGE_PAGES);
    this.largeMap = column(`vm/${vm}/largeMap`, groups, noBytes);
    this.userProcess = column(`vm/${vm}/userProcess`, pages, noNumbers);
    this.userPage = column(`vm/${vm}/userPage`, pages, noPages);
    this.marks = new TileMarks(hasEntries ? pages : 0);
  }

  /** Configured pages that the guest may use: without those in its balloon. */
  get allocatedPages(): number {
    return this.configuredPages - this.balloonSizePages;
  }

  /** Whether a large mapping covers the page. */
  isLarge(page: RealPage): boolean {
    return this.largeMap[groupOf(page)] === 1;
  }

  /** Frames that it holds for itself: a shared one has no owner. */
  get ownPages(): number {
    return this.residentPages - this.sharedPages;
  }

  get isOn(): boolean {
    return this.life === VmLife.Running || this.life === VmLife.Finished;
  }

  physicalPage(page: RealPage): PhysicalPage {
    return this.realMap[page] as PhysicalPage;
  }

  isResident(page: RealPage): boolean {
    return this.realMap[page] !== NO_PAGE;
  }

  isSwapped(page: RealPage): boolean {
    return this.swapSlot[page] !== NO_PAGE;
  }

  isInSwapCache(page: RealPage): boolean {
    return this.kept[page] === Kept.InSwapCache;
  }

  isCompressed(page: RealPage): boolean {
    return this.compressedBlocks[page] !== 0;
  }

  /** @throws AssertionFailure if the VM has no such process. */
  process(process: number): ProcessTables {
    const found = this.processes[process - 1];
    assert(found !== undefined, () => `VM ${this.vm} has no process ${process}`);
    return found;
  }

  mapPage(process: ProcessTables, virtual: VirtualPage, real: RealPage): void {
    this.#expect(this.use[real] === RealUse.Free, () => `real page ${real} of VM ${this.vm} is in use (${this.use[real]})`);
    this.#expect(!process.isMapped(virtual), () => `virtual page ${virtual} of process ${process.process} is mapped already`);
    this.marks.mark(real);
    process.map(virtual, real);
    this.use[real] = RealUse.Process;
    this.userProcess[real] = process.process;
    this.userPage[real] = virtual;
    this.mappedPages++;
  }

  unmapPage(process: ProcessTables, virtual: VirtualPage, real: RealPage): void {
    this.#expect(process.pageTable[virtual] === real, () => `virtual page ${virtual} is not behind real page ${real}`);
    this.marks.mark(real);
    process.unmap(virtual);
    this.use[real] = RealUse.Free;
    this.userProcess[real] = NO_PROCESS;
    this.userPage[real] = NO_PAGE;
    this.mappedPages--;
  }

  pinKernelPages(firstPage: RealPage, endPage: number): void {
    this.marks.markRange(firstPage, endPage);
    this.use.fill(RealUse.Kernel, firstPage, endPage);
    this.kernelPages += endPage - firstPage;
  }

  pinForBalloon(page: RealPage): void {
    this.#expect(this.use[page] === RealUse.Free, () => `balloon page ${page} of VM ${this.vm} is in use (${this.use[page]})`);
    this.marks.mark(page);
    this.use[page] = RealUse.Balloon;
    this.balloonSizePages++;
  }

  unpinFromBalloon(page: RealPage): void {
    this.#expect(this.use[page] === RealUse.Balloon, () => `real page ${page} of VM ${this.vm} is not in its balloon`);
    this.marks.mark(page);
    this.use[page] = RealUse.Free;
    this.balloonSizePages--;
  }

  backWith(page: RealPage, frame: PhysicalPage): void {
    this.#expect(this.realMap[page] === NO_PAGE, () => `real page ${page} of VM ${this.vm} has a frame already`);
    this.marks.mark(page);
    this.realMap[page] = frame;
    this.residentPages++;
  }

  /** The first of 512 pages, all of which have been backed, in order. */
  mapLarge(firstPage: RealPage): void {
    this.#expect(!this.isLarge(firstPage), () => `real page ${firstPage} of VM ${this.vm} is under a large mapping already`);
    this.marks.mark(firstPage);
    this.largeMap[groupOf(firstPage)] = 1;
    this.largePages += LARGE_PAGE_PAGES;
  }

  shatter(firstPage: RealPage): void {
    this.#expect(this.isLarge(firstPage), () => `real page ${firstPage} of VM ${this.vm} is under no large mapping`);
    this.marks.mark(firstPage);
    this.largeMap[groupOf(firstPage)] = 0;
    this.largePages -= LARGE_PAGE_PAGES;
  }

  unback(page: RealPage): void {
    this.#expect(!this.isLarge(page), () => `real page ${page} of VM ${this.vm} is still under a large mapping`);
    this.marks.mark(page);
    this.realMap[page] = NO_PAGE;
    this.residentPages--;
  }

  /** Another frame in the place of the one behind a real page. */
  backAnew(page: RealPage, frame: PhysicalPage): void {
    this.#expect(!this.isLarge(page), () => `real page ${page} of VM ${this.vm} is still under a large mapping`);
    this.#expect(this.realMap[page] !== NO_PAGE, () => `real page ${page} of VM ${this.vm} has no frame`);
    this.marks.mark(page);
    this.realMap[page] = frame;
  }

  swapOut(page: RealPage, slot: number, content: number): void {
    this.#expect(this.swapSlot[page] === NO_PAGE, () => `real page ${page} of VM ${this.vm} is swapped out already`);
    this.marks.mark(page);
    this.swapSlot[page] = slot;
    this.swapContent[page] = content;
    this.swappedPages++;
  }

  keepOnGuestDisk(page: RealPage, content: number): void {
    this.#expect(this.swapSlot[page] === NO_PAGE, () => `real page ${page} of VM ${this.vm} is swapped out already`);
    this.marks.mark(page);
    this.kept[page] = Kept.OnGuestDisk;
    this.swapContent[page] = content;
    this.diskKeptPages++;
  }

  /** What was kept of a page elsewhere than in the swap is not kept there any more. */
  forgetKept(page: RealPage): void {
    this.#expect(this.kept[page] === Kept.OnGuestDisk, () => `real page ${page} of VM ${this.vm} is not left on its disk`);
    this.marks.mark(page);
    this.kept[page] = Kept.Nowhere;
    this.swapContent[page] = 0;
    this.diskKeptPages--;
  }

  freeSwap(page: RealPage): void {
    this.#expect(this.swapSlot[page] !== NO_PAGE, () => `real page ${page} of VM ${this.vm} is not in the host's swap`);
    this.#expect(!this.isInSwapCache(page), () => `real page ${page} of VM ${this.vm} is still in the swap cache`);
    this.marks.mark(page);
    this.swapSlot[page] = NO_PAGE;
    this.swapContent[page] = 0;
    this.swappedPages--;
  }

  enterSwapCache(page: RealPage): void {
    this.#expect(this.isSwapped(page) && !this.isInSwapCache(page), () => `real page ${page} of VM ${this.vm} cannot be read ahead`);
    this.marks.mark(page);
    this.kept[page] = Kept.InSwapCache;
    this.swapCachePages++;
  }

  leaveSwapCache(page: RealPage): void {
    this.#expect(this.isInSwapCache(page), () => `real page ${page} of VM ${this.vm} is not in the swap cache`);
    this.marks.mark(page);
    this.kept[page] = Kept.Nowhere;
    this.swapCachePages--;
  }

  compress(page: RealPage, blocks: number, content: number): void {
    this.#expect(this.compressedBlocks[page] === 0, () => `real page ${page} of VM ${this.vm} is compressed already`);
    this.marks.mark(page);
    this.compressedBlocks[page] = blocks;
    this.swapContent[page] = content;
    this.compressedPages++;
    this.compressedBlocksUsed += blocks;
  }

  decompress(page: RealPage, blocks: number): void {
    const taken = this.compressedBlocks[page];
    this.#expect(taken === blocks, () => `real page ${page} of VM ${this.vm} takes ${taken} blocks, not ${blocks}`);
    this.marks.mark(page);
    this.compressedBlocksUsed -= blocks;
    this.compressedBlocks[page] = 0;
    this.swapContent[page] = 0;
    this.compressedPages--;
  }

  /** Guards what an entry must be, where there are entries. */
  #expect(condition: boolean, message: () => string): void {
    assert(condition || !this.#hasEntries, message);
  }
}

function groupOf(page: RealPage): number {
  return Math.floor(page / LARGE_PAGE_PAGES);
}
