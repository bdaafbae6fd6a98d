import { LARGE_PAGE_PAGES, NO_PAGE, NO_PROCESS } from "../ids/index.ts";
import { type Frames, FRAME_OVERHEAD, FRAME_SHARED, OWNER_HYPERVISOR, OWNER_SHARED } from "./frames.ts";
import type { MachineTables } from "./machine-tables.ts";
import type { PageImage, ProcessTables } from "./process-tables.ts";
import type { IntColumn } from "./table-source.ts";
import { NEVER_WRITTEN, TILE_ENTRIES, type TileMarks } from "./tile-marks.ts";
import type { VmTables } from "./vm-tables.ts";

/** One column of the tables. */
export type TableColumn = {
  readonly name: string;
  readonly values: IntColumn;
  /** Of its table. */
  readonly marks: TileMarks;
  /** Entries of the column that one tile of the table has; the last tile may have fewer. */
  readonly tileEntries: number;
  /** What every entry is before it is written: a number, or what the disk of that process has. */
  readonly blank: number | ProcessTables;
  /** Whether it follows from primary columns: an owner, or a reverse map. */
  readonly isDerived: boolean;
};

/** The columns that are written and read together: the frames, the real pages of a VM, the virtual pages of a process. */
export type Table = {
  /** A stable path: `frames`, `vm/2`, `vm/2/process/1`; names of its columns are longer ones, such as `vm/2/realMap`. */
  readonly name: string;
  /** Frames or pages. */
  readonly entries: number;
  readonly columns: readonly TableColumn[];
};

/** All tables of a machine in a fixed order, as views on its own memory. */
export function tablesOf({ frames, vms }: MachineTables): Table[] {
  return [framesTable(frames), ...vms.flatMap((vm) => [vmTable(vm), ...vm.processes.map(processTable)])];
}

/** The primary columns, in a fixed order: everything else follows from these and the facts. */
export function tableColumns(machine: MachineTables): TableColumn[] {
  return tablesOf(machine).flatMap(({ columns }) => columns.filter(({ isDerived }) => !isDerived));
}

function framesTable({ marks, count, content, ownerVm, realPage, sharers }: Frames): Table {
  const { primary, derived } = columnsAt("frames", marks);
  const owners = [derived("ownerVm", ownerVm, 0), derived("realPage", realPage, NO_PAGE), derived("sharers", sharers, 0)];
  return { name: "frames", entries: count, columns: [primary("content", content, 0), ...owners] };
}

function vmTable(vm: VmTables): Table {
  const name = `vm/${vm.vm}`;
  const { primary, derived } = columnsAt(name, vm.marks);
  const columns = [
    primary("realMap", vm.realMap, NO_PAGE),
    primary("swapSlot", vm.swapSlot, NO_PAGE),
    primary("swapContent", vm.swapContent, 0),
    primary("kept", vm.kept, 0),
    primary("use", vm.use, 0),
    { ...primary("largeMap", vm.largeMap, 0), tileEntries: TILE_ENTRIES / LARGE_PAGE_PAGES },
    primary("compressedBlocks", vm.compressedBlocks, 0),
    derived("userProcess", vm.userProcess, NO_PROCESS),
    derived("userPage", vm.userPage, NO_PAGE),
  ];
  return { name, entries: vm.realMap.length, columns };
}

function processTable(process: ProcessTables): Table {
  const name = `vm/${process.vm}/process/${process.process}`;
  const { primary } = columnsAt(name, process.marks);
  const disk = primary("diskContent", process.diskContent, process.isFileBacked ? process : 0);
  return { name, entries: process.virtualPages, columns: [primary("pageTable", process.pageTable, NO_PAGE), disk] };
}

type MakeColumn = (name: string, values: IntColumn, blank: TableColumn["blank"]) => TableColumn;

function columnsAt(table: string, marks: TileMarks): { primary: MakeColumn; derived: MakeColumn } {
  const make =
    (isDerived: boolean): MakeColumn =>
    (name, values, blank) => ({ name: `${table}/${name}`, values, marks, tileEntries: TILE_ENTRIES, blank, isDerived });
  return { primary: make(false), derived: make(true) };
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
