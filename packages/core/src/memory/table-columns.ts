import { LARGE_PAGE_PAGES, NO_PAGE } from "../ids/index.ts";
import { type Frames, FRAME_OVERHEAD, FRAME_SHARED, OWNER_HYPERVISOR, OWNER_SHARED } from "./frames.ts";
import type { MachineTables } from "./machine-tables.ts";
import type { PageImage, ProcessTables } from "./process-tables.ts";
import type { IntColumn } from "./table-source.ts";
import { NEVER_WRITTEN, TILE_ENTRIES, type TileMarks } from "./tile-marks.ts";
import type { VmTables } from "./vm-tables.ts";

/** One primary column of the tables; everything else follows from these and the facts. */
export type TableColumn = {
  readonly name: string;
  readonly values: IntColumn;
  /** Of its table. */
  readonly marks: TileMarks;
  /** Entries of the column that one tile of the table has; the last tile may have fewer. */
  readonly tileEntries: number;
  /** What every entry is before it is written: a number, or what the disk of that process has. */
  readonly blank: number | ProcessTables;
};

/**
 * The primary columns, in a fixed order, as views on the machine's own memory: a keyframe keeps these and the facts.
 * Names are stable paths such as `vm/2/realMap` or `vm/2/process/1/pageTable`.
 */
export function tableColumns({ frames, vms }: MachineTables): TableColumn[] {
  const ofFrames = { marks: frames.marks, tileEntries: TILE_ENTRIES };
  return [{ ...ofFrames, name: "frames/content", values: frames.content, blank: 0 }, ...vms.flatMap(vmColumns)];
}

function vmColumns(vm: VmTables): TableColumn[] {
  const { marks } = vm;
  const column = (name: string, values: IntColumn, blank: number, tileEntries = TILE_ENTRIES): TableColumn => {
    return { name: `vm/${vm.vm}/${name}`, values, marks, tileEntries, blank };
  };
  return [
    column("realMap", vm.realMap, NO_PAGE),
    column("swapSlot", vm.swapSlot, NO_PAGE),
    column("swapContent", vm.swapContent, 0),
    column("kept", vm.kept, 0),
    column("use", vm.use, 0),
    column("largeMap", vm.largeMap, 0, TILE_ENTRIES / LARGE_PAGE_PAGES),
    column("compressedBlocks", vm.compressedBlocks, 0),
    ...vm.processes.flatMap(processColumns),
  ];
}

function processColumns(process: ProcessTables): TableColumn[] {
  const { vm, marks, pageTable, diskContent } = process;
  const at = `vm/${vm}/process/${process.process}`;
  const tiles = { marks, tileEntries: TILE_ENTRIES };
  return [
    { ...tiles, name: `${at}/pageTable`, values: pageTable, blank: NO_PAGE },
    { ...tiles, name: `${at}/diskContent`, values: diskContent, blank: process.isFileBacked ? process : 0 },
  ];
}

/** The image with which a column's blank entries are made; undefined: they do not depend on any. */
export function imageOf({ blank }: TableColumn): PageImage | null | undefined {
  return typeof blank === "number" ? undefined : blank.image;
}

/** The entries [first, end) as they are before they are written; a process whose disk it is with this image. */
export function blankEntries({ values, blank }: TableColumn, first: number, end: number, image?: PageImage | null): IntColumn {
  if (typeof blank !== "number") return blank.untouchedDisk(first, end, image);
  return columnLike(values, end - first).fill(blank);
}

/** A column of the same type, of zeros. */
export function columnLike(column: IntColumn, length: number): IntColumn {
  if (column instanceof Int32Array) return new Int32Array(length);
  return column instanceof Uint32Array ? new Uint32Array(length) : new Uint8Array(length);
}

/** Computes owners and reverse maps from the primary columns, where these were written. The counts are those of the facts. */
export function deriveTables({ frames, vms }: MachineTables): void {
  for (const [first, end] of writtenRanges(frames.marks, frames.count)) deriveOwners(frames, first, end);
  for (const vm of vms) {
    for (const [first, end] of writtenRanges(vm.marks, vm.realMap.length)) deriveFrames(frames, vm, first, end);
    for (const process of vm.processes) {
      for (const [first, end] of writtenRanges(process.marks, process.virtualPages)) deriveUsers(vm, process, first, end);
    }
  }
}

function* writtenRanges(marks: TileMarks, count: number): Generator<[first: number, end: number], void, void> {
  for (const tile of marks.writtenAfter(NEVER_WRITTEN)) yield [tile * TILE_ENTRIES, Math.min((tile + 1) * TILE_ENTRIES, count)];
}

function deriveOwners(frames: Frames, first: number, end: number): void {
  for (let page = first; page < end; page++) {
    if (frames.content[page] === FRAME_OVERHEAD) frames.ownerVm[page] = OWNER_HYPERVISOR;
    else if (frames.content[page] === FRAME_SHARED) frames.ownerVm[page] = OWNER_SHARED;
  }
}

function deriveFrames(frames: Frames, { vm, realMap }: VmTables, first: number, end: number): void {
  for (let real = first; real < end; real++) {
    const frame = realMap[real];
    if (frame === NO_PAGE) continue;
    if (frames.content[frame] === FRAME_SHARED) frames.sharers[frame]++;
    else {
      frames.ownerVm[frame] = vm;
      frames.realPage[frame] = real;
    }
  }
}

function deriveUsers({ userProcess, userPage }: VmTables, { process, pageTable }: ProcessTables, first: number, end: number): void {
  for (let page = first; page < end; page++) {
    const real = pageTable[page];
    if (real === NO_PAGE) continue;
    userProcess[real] = process;
    userPage[real] = page;
  }
}
