import { assert } from "@ballast/core/assert";
import { BallastError } from "@ballast/core/errors";
import { Mapping, Mmu } from "@ballast/core/events";
import { LARGE_PAGE_PAGES } from "@ballast/core/ids";
import { Kept, type MachineOutline, type ProcessOutline, RealUse, type VmOutline, walkReferences } from "@ballast/core/memory";
import type { FrameState, RealPageEntry, VirtualPageState } from "../../history/index.ts";
import type { Moment } from "./moment.ts";

/** Where the content of a page is that a translation looked for. */
export const CONTENT_PLACES = {
  frame: "In a frame: the access needs no one's help.",
  hostSwap: "In the host's swap: the hypervisor stole the page.",
  swapCache: "In the host's swap, and read ahead from there: a frame of the hypervisor holds it, too.",
  compressionCache: "In the compression cache: the hypervisor stole the page, and it compressed well enough to stay in memory.",
  guestDisk: "On the guest's own disk: the guest paged it out, or it is a page of a file not read yet, or the hypervisor knows it there.",
  nowhere: "Nowhere: the page has never been written, so that it is all zeros.",
} as const;
export type ContentPlace = keyof typeof CONTENT_PLACES;

/** How a translation ends. */
export const TRANSLATION_OUTCOMES = {
  hit: "Every entry is there: the access goes to the frame.",
  pageMiss: "The guest page table has no entry: the guest fault.",
  hostFault: "The real map table has no entry: the host fault.",
} as const;
export type TranslationOutcome = keyof typeof TRANSLATION_OUTCOMES;

/** The tables that a walk goes through. */
export const WALK_TABLES = {
  pageTable: "The process's page table: virtual page to real page (to physical page under one-level mapping).",
  realMapTable: "The VM's real map table: real page to physical page.",
  frame: "Host memory itself.",
} as const;
export type WalkTable = keyof typeof WALK_TABLES;

export type TranslationStep = {
  readonly table: WalkTable;
  /** Page number that is looked up. */
  readonly page: number;
  /** Page number found; null: there is no entry. */
  readonly found: number | null;
  readonly description: string;
};

export type Translation = {
  readonly vm: number;
  readonly process: number;
  readonly virtualPage: number;
  readonly realPage: number | null;
  readonly physicalPage: number | null;
  readonly outcome: TranslationOutcome;
  readonly contentPlace: ContentPlace;
  readonly swapSlot: number | null;
  readonly steps: readonly TranslationStep[];
  /** Memory references of a full walk: four levels of each table, one less of a real map under a large mapping. */
  readonly walkReferences: number;
};

/** Of x86-64's page tables, the guest's and the host's. */
const TABLE_LEVELS = 4;

/** Follows a virtual page through every table, as the hardware and then the handlers would. */
export async function translate(
  moment: Pick<Moment, "outline" | "entries">,
  vm: number,
  process: number,
  page: number,
): Promise<Translation> {
  const { outline } = moment;
  const found = findProcess(outline, vm, process);
  requireVirtualPage(found.process, page);
  const virtual = required((await moment.entries({ kind: "virtualPages", vm, process }, page, page + 1)).virtualPage(page));
  const asked = { vm, process, virtualPage: page };
  const { realPage } = virtual;
  if (realPage === null)
    return { ...asked, walkReferences: walkReferences(TABLE_LEVELS, hostLevels(outline, false)), ...missPage(virtual, page) };
  if (outline.mapping === Mapping.OneLevel)
    return { ...asked, walkReferences: walkReferences(TABLE_LEVELS), ...hitNative(outline, page, realPage) };
  const real = required((await moment.entries({ kind: "realPages", vm }, realPage, realPage + 1)).realPage(realPage));
  const references = walkReferences(TABLE_LEVELS, hostLevels(outline, real.isLarge));
  const first = step("pageTable", page, realPage, `The guest page table has virtual page ${page} in real page ${realPage}.`);
  const frame = await frameOf(moment, found.vm, real);
  return { ...asked, walkReferences: references, ...walkRealMap({ vm, realPage, real, frame }, first) };
}

/** The frame behind a real page; null: none, or none that could be shared. */
export async function frameOf(
  { entries }: Pick<Moment, "entries">,
  { sharedPages }: VmOutline,
  { physicalPage }: RealPageEntry,
): Promise<FrameState | null> {
  if (physicalPage === null || sharedPages === 0) return null;
  return (await entries({ kind: "frames" }, physicalPage, physicalPage + 1)).frame(physicalPage);
}

/** @throws BallastError INPUT_INVALID that says which there are. */
function requireVirtualPage({ vm, process, virtualPages }: ProcessOutline, page: number): void {
  if (page >= 0 && page < virtualPages) return;
  throw new BallastError(
    "INPUT_INVALID",
    `process ${process} of VM ${vm} has virtual pages 0 to ${virtualPages - 1}; there is no page ${page}`,
  );
}

/** Levels of the host's table that a walk goes through. Guests have pages of 4 KiB only, so that their tables always have all levels. */
function hostLevels({ mmu }: MachineOutline, isLarge: boolean): number {
  if (mmu !== Mmu.Nested) return 0;
  return isLarge ? TABLE_LEVELS - 1 : TABLE_LEVELS;
}

type Walk = Omit<Translation, "vm" | "process" | "virtualPage" | "walkReferences">;

function missPage({ diskContent }: VirtualPageState, page: number): Walk {
  const isOnDisk = diskContent !== 0;
  const then = isOnDisk ? "The guest reads it from its disk (a major guest fault)." : "It gets a page of zeros (a minor guest fault).";
  const description = `The page table has no entry for virtual page ${page}: a page miss. ${then}`;
  return {
    realPage: null,
    physicalPage: null,
    outcome: "pageMiss",
    contentPlace: isOnDisk ? "guestDisk" : "nowhere",
    swapSlot: null,
    steps: [step("pageTable", page, null, description)],
  };
}

function hitNative(machine: MachineOutline, page: number, physical: number): Walk {
  const steps = [
    step("pageTable", page, physical, `The page table has virtual page ${page} in physical page ${physical}: a page hit.`),
    step("frame", physical, physical, `Frame ${physical} of ${machine.frames.count} holds the content.`),
  ];
  return { realPage: null, physicalPage: physical, outcome: "hit", contentPlace: "frame", swapSlot: null, steps };
}

type FoundRealPage = { readonly vm: number; readonly realPage: number; readonly real: RealPageEntry; readonly frame: FrameState | null };

function walkRealMap({ vm, realPage, real, frame }: FoundRealPage, first: TranslationStep): Walk {
  const physical = real.physicalPage;
  if (physical !== null) {
    const steps = [
      first,
      step(
        "realMapTable",
        realPage,
        physical,
        `The real map table of VM ${vm} has real page ${realPage} in physical page ${physical}.${describeLarge(real)}`,
      ),
      step("frame", physical, physical, `Frame ${physical} holds the content.${describeSharing(frame)}`),
    ];
    return { realPage, physicalPage: physical, outcome: "hit", contentPlace: "frame", swapSlot: null, steps };
  }
  const steps = [
    first,
    step("realMapTable", realPage, null, `The real map table has no entry for real page ${realPage}: a host fault. ${whyMissing(real)}`),
  ];
  return {
    realPage,
    physicalPage: null,
    outcome: "hostFault",
    contentPlace: placeOf(real),
    swapSlot: real.swapSlot,
    steps,
  };
}

/** Where the hypervisor keeps a page that has no frame. */
function placeOf({ compressedBytes, kept, swapSlot }: RealPageEntry): ContentPlace {
  if (compressedBytes !== null) return "compressionCache";
  if (kept === Kept.InSwapCache) return "swapCache";
  if (kept === Kept.OnGuestDisk) return "guestDisk";
  return swapSlot === null ? "nowhere" : "hostSwap";
}

function describeLarge({ isLarge }: RealPageEntry): string {
  return isLarge ? ` One entry maps it with ${LARGE_PAGE_PAGES - 1} others: a large page.` : "";
}

function describeSharing(frame: FrameState | null): string {
  const count = frame?.sharers ?? 0;
  if (count === 0) return "";
  if (count === 1) return " It is a shared frame that backs no other page now: a store traps, and the frame is the page's own.";
  return ` It is shared by ${count} real pages: a store traps, and the page gets a copy of its own.`;
}

/** Why a real page has no frame, and what a touch would make of it. */
export function whyMissing({ use, kept, swapSlot, compressedBytes }: RealPageEntry): string {
  if (use === RealUse.Balloon) return "The balloon holds the page: a touch pops it and gives it a zeroed frame.";
  if (kept === Kept.InSwapCache)
    return `The page was read ahead from the host's swap, slot ${swapSlot}: its frame is there (a host fault from the swap cache).`;
  if (swapSlot !== null) return `The page is in the host's swap, slot ${swapSlot}: it is swapped in (a major host fault).`;
  if (compressedBytes !== null) return `The page is in the compression cache, in ${compressedBytes} bytes: it is decompressed.`;
  if (kept === Kept.OnGuestDisk)
    return "The guest's disk holds the same, as the hypervisor knows: it is read from there (a host fault from the guest's disk).";
  return "It has no content to keep: it gets a zeroed frame (a minor host fault).";
}

function required<Entry>(entry: Entry | null): Entry {
  assert(entry !== null, "a page that the facts of a moment have is not in its tables");
  return entry;
}

function step(table: WalkTable, page: number, found: number | null, description: string): TranslationStep {
  return { table, page, found, description };
}

/** @throws BallastError INPUT_INVALID that says which there are. */
function findProcess(machine: MachineOutline, vmNumber: number, processNumber: number): { vm: VmOutline; process: ProcessOutline } {
  const vm = findVm(machine, vmNumber);
  const process = vm.processes[processNumber - 1];
  if (process !== undefined) return { vm, process };
  throw new BallastError(
    "INPUT_INVALID",
    `VM ${vmNumber} has ${vm.processes.length} processes at this moment; there is no process ${processNumber}`,
  );
}

/** @throws BallastError INPUT_INVALID that says which there are. */
export function findVm(machine: MachineOutline, vmNumber: number): VmOutline {
  const vm = machine.vms[vmNumber - 1];
  if (vm !== undefined) return vm;
  throw new BallastError("INPUT_INVALID", `there are ${machine.vms.length} VMs at this moment; there is no VM ${vmNumber}`);
}
