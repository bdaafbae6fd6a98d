import { BallastError } from "@ballast/core/errors";
import { Mapping, Mmu } from "@ballast/core/events";
import { LARGE_PAGE_PAGES, NO_PAGE, type RealPage, type VirtualPage } from "@ballast/core/ids";
import {
  COMPRESSED_BLOCK_BYTES,
  type Frames,
  Kept,
  type MachineTables,
  type ProcessTables,
  RealUse,
  type VmTables,
  walkReferences,
} from "@ballast/core/memory";

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
export function translate(machine: MachineTables, vmNumber: number, processNumber: number, page: number): Translation {
  const { vm, process } = findProcess(machine, vmNumber, processNumber);
  if (page < 0 || page >= process.virtualPages) {
    throw new BallastError(
      "INPUT_INVALID",
      `process ${processNumber} of VM ${vmNumber} has virtual pages 0 to ${process.virtualPages - 1}; there is no page ${page}`,
    );
  }
  const real = process.realPage(page as VirtualPage);
  const references = countReferences(machine, vm, real);
  const asked = { vm: vmNumber, process: processNumber, virtualPage: page, walkReferences: references };
  if (real === NO_PAGE) return { ...asked, ...missPage(process, page) };
  if (machine.mapping === Mapping.OneLevel) return { ...asked, ...hitNative(machine, page, real) };
  const first = step("pageTable", page, real, `The guest page table has virtual page ${page} in real page ${real}.`);
  return { ...asked, ...walkRealMap(machine, vm, real, first) };
}

/** Guests have pages of 4 KiB only, so that their tables always have all levels. */
function countReferences({ mmu }: MachineTables, vm: VmTables, real: RealPage): number {
  if (mmu !== Mmu.Nested) return walkReferences(TABLE_LEVELS);
  const isLarge = real !== NO_PAGE && vm.isLarge(real);
  return walkReferences(TABLE_LEVELS, isLarge ? TABLE_LEVELS - 1 : TABLE_LEVELS);
}

type Walk = Omit<Translation, "vm" | "process" | "virtualPage" | "walkReferences">;

function missPage(process: ProcessTables, page: number): Walk {
  const isOnDisk = process.diskContent[page] !== 0;
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

function hitNative(machine: MachineTables, page: number, physical: number): Walk {
  const steps = [
    step("pageTable", page, physical, `The page table has virtual page ${page} in physical page ${physical}: a page hit.`),
    step("frame", physical, physical, `Frame ${physical} of ${machine.frames.count} holds the content.`),
  ];
  return { realPage: null, physicalPage: physical, outcome: "hit", contentPlace: "frame", swapSlot: null, steps };
}

function walkRealMap({ frames }: MachineTables, vm: VmTables, real: RealPage, first: TranslationStep): Walk {
  const physical = vm.physicalPage(real);
  if (physical !== NO_PAGE) {
    const steps = [
      first,
      step(
        "realMapTable",
        real,
        physical,
        `The real map table of VM ${vm.vm} has real page ${real} in physical page ${physical}.${describeLarge(vm, real)}`,
      ),
      step("frame", physical, physical, `Frame ${physical} holds the content.${describeSharing(frames, physical)}`),
    ];
    return { realPage: real, physicalPage: physical, outcome: "hit", contentPlace: "frame", swapSlot: null, steps };
  }
  const steps = [
    first,
    step("realMapTable", real, null, `The real map table has no entry for real page ${real}: a host fault. ${whyMissing(vm, real)}`),
  ];
  return {
    realPage: real,
    physicalPage: null,
    outcome: "hostFault",
    contentPlace: placeOf(vm, real),
    swapSlot: vm.isSwapped(real) ? (vm.swapSlot[real] ?? null) : null,
    steps,
  };
}

/** Where the hypervisor keeps a page that has no frame. */
function placeOf(vm: VmTables, real: RealPage): ContentPlace {
  if (vm.isCompressed(real)) return "compressionCache";
  if (vm.isInSwapCache(real)) return "swapCache";
  if (vm.kept[real] === Kept.OnGuestDisk) return "guestDisk";
  return vm.isSwapped(real) ? "hostSwap" : "nowhere";
}

function describeLarge(vm: VmTables, real: RealPage): string {
  return vm.isLarge(real) ? ` One entry maps it with ${LARGE_PAGE_PAGES - 1} others: a large page.` : "";
}

function describeSharing({ sharers }: Frames, frame: number): string {
  const count = sharers[frame] ?? 0;
  if (count === 0) return "";
  if (count === 1) return " It is a shared frame that backs no other page now: a store traps, and the frame is the page's own.";
  return ` It is shared by ${count} real pages: a store traps, and the page gets a copy of its own.`;
}

/** Why a real page has no frame, and what a touch would make of it. */
export function whyMissing(vm: VmTables, real: RealPage): string {
  if (vm.use[real] === RealUse.Balloon) return "The balloon holds the page: a touch pops it and gives it a zeroed frame.";
  if (vm.isInSwapCache(real))
    return `The page was read ahead from the host's swap, slot ${vm.swapSlot[real]}: its frame is there (a host fault from the swap cache).`;
  if (vm.isSwapped(real)) return `The page is in the host's swap, slot ${vm.swapSlot[real]}: it is swapped in (a major host fault).`;
  if (vm.isCompressed(real)) {
    const bytes = (vm.compressedBlocks[real] ?? 0) * COMPRESSED_BLOCK_BYTES;
    return `The page is in the compression cache, in ${bytes} bytes: it is decompressed.`;
  }
  if (vm.kept[real] === Kept.OnGuestDisk)
    return "The guest's disk holds the same, as the hypervisor knows: it is read from there (a host fault from the guest's disk).";
  return "It has no content to keep: it gets a zeroed frame (a minor host fault).";
}

function step(table: WalkTable, page: number, found: number | null, description: string): TranslationStep {
  return { table, page, found, description };
}

/** @throws BallastError INPUT_INVALID that says which there are. */
function findProcess(machine: MachineTables, vmNumber: number, processNumber: number): { vm: VmTables; process: ProcessTables } {
  const vm = findVm(machine, vmNumber);
  const process = vm.processes[processNumber - 1];
  if (process !== undefined) return { vm, process };
  throw new BallastError(
    "INPUT_INVALID",
    `VM ${vmNumber} has ${vm.processes.length} processes at this moment; there is no process ${processNumber}`,
  );
}

/** @throws BallastError INPUT_INVALID that says which there are. */
export function findVm(machine: MachineTables, vmNumber: number): VmTables {
  const vm = machine.vms[vmNumber - 1];
  if (vm !== undefined) return vm;
  throw new BallastError("INPUT_INVALID", `there are ${machine.vms.length} VMs at this moment; there is no VM ${vmNumber}`);
}
