import { BallastError } from "@ballast/core/errors";
import { type Frames, type MachineOutline, RealUse, type VmTables } from "@ballast/core/memory";
import {
  Backing,
  FRAME_STATES,
  frameUse,
  FrameUse,
  partsOfRealPageCell,
  REAL_PAGE_CELLS,
  realPageCell,
  type Steps,
} from "../../history/index.ts";

/** A picture of memory: one number per cell, in runs. */
export type MemoryMap = {
  /** Pages that the map shows. */
  readonly pages: number;
  /** Pages behind each cell but the last, which may have fewer. */
  readonly pagesPerCell: number;
  readonly cells: number;
  /** What the numbers mean. */
  readonly legend: readonly { readonly value: number; readonly description: string; readonly vm: number | null }[];
  /** Base64 of (value, run length) pairs, each an unsigned LEB128 number. */
  readonly runs: string;
};

/** VM n's frames have this and n. */
const FRAME_OF_VM = 3;

/** Most cells of one map: about as many as fit a screen. */
export const MAX_MAP_CELLS = 65_536;

/** Pages that are looked at in one step. */
const STEP_PAGES = 65_536;

/** @throws BallastError INPUT_INVALID for a wrong number of cells. */
export function* frameMap({ frames, vms }: { readonly frames: Frames } & Pick<MachineOutline, "vms">, maxCells: number): Steps<MemoryMap> {
  requireCells(maxCells);
  const classes = new Uint32Array(frames.count);
  for (let page = 0; page < classes.length; page++) {
    if (page % STEP_PAGES === 0) yield;
    classes[page] = classOfFrame(frames, page);
  }
  const legend = [
    ...FRAME_STATES.uses.slice(0, FrameUse.GuestFree).map(({ description }, value) => ({ value, description, vm: null })),
    ...vms.map((vm) => ({
      value: FRAME_OF_VM + vm.vm,
      description: `behind a real page of VM ${vm.vm}`,
      vm: vm.vm as number,
    })),
  ];
  return yield* packMap(classes, maxCells, legend);
}

/** Without the use of the real page before it, so that a map needs no other table. */
function classOfFrame(frames: Frames, page: number): number {
  const use = frameUse(frames, page);
  return use === FrameUse.GuestFree ? FRAME_OF_VM + frames.ownerVm[page]! : use;
}

const REAL_LEGEND = [
  { value: 0, description: "free, without a frame", vm: null },
  { value: 1, description: "free, with a frame", vm: null },
  { value: 2, description: "used by a process, with a frame", vm: null },
  { value: 3, description: "used by a process, in the host's swap, or left on the guest's disk by the mapper", vm: null },
  { value: 4, description: "used by a process, without a frame or content", vm: null },
  { value: 5, description: "kept by the guest's kernel, with a frame", vm: null },
  { value: 6, description: "kept by the guest's kernel, in the host's swap or without a frame", vm: null },
  { value: 7, description: "in the balloon", vm: null },
  { value: 8, description: "with a shared frame, whatever its use", vm: null },
  { value: 9, description: "compressed, whatever its use", vm: null },
] as const;

/** @throws BallastError INPUT_INVALID for a wrong number of cells. */
export function* realMemoryMap({ frames }: { readonly frames: Pick<Frames, "ownerVm"> }, vm: VmTables, maxCells: number): Steps<MemoryMap> {
  requireCells(maxCells);
  const classes = new Uint32Array(vm.realMap.length);
  for (let page = 0; page < classes.length; page++) {
    if (page % STEP_PAGES === 0) yield;
    classes[page] = REAL_CLASSES[realPageCell(frames, vm, page)]!;
  }
  return yield* packMap(classes, maxCells, REAL_LEGEND);
}

/** What this map shows of each state of a real page: fewer states than there are. */
const REAL_CLASSES = Uint8Array.from({ length: REAL_PAGE_CELLS }, (_, cell) => {
  const { use, backing } = partsOfRealPageCell(cell);
  return classOfRealPage(use, backing);
});

function classOfRealPage(use: number, backing: number): number {
  if (backing === Backing.Compressed) return 9;
  if (backing === Backing.Shared) return 8;
  const isResident = backing === Backing.Frame || backing === Backing.Large;
  switch (use) {
    case RealUse.Balloon:
      return 7;
    case RealUse.Kernel:
      return isResident ? 5 : 6;
    case RealUse.Process:
      if (isResident) return 2;
      return backing === Backing.None ? 4 : 3;
    default:
      return isResident ? 1 : 0;
  }
}

function requireCells(maxCells: number): void {
  if (maxCells >= 1 && maxCells <= MAX_MAP_CELLS) return;
  throw new BallastError("INPUT_INVALID", `a memory map has 1 to ${MAX_MAP_CELLS} cells (included), not ${maxCells}`);
}

function* packMap(classes: Uint32Array, maxCells: number, legend: MemoryMap["legend"]): Steps<MemoryMap> {
  const pagesPerCell = Math.max(1, Math.ceil(classes.length / maxCells));
  const cells = pagesPerCell === 1 ? classes : yield* downsample(classes, pagesPerCell);
  return {
    pages: classes.length,
    pagesPerCell,
    cells: cells.length,
    legend,
    runs: encodeRuns(cells).toString("base64"),
  };
}

/** Each cell shows the class that most of its pages have; of equally frequent ones the highest. */
function* downsample(classes: Uint32Array, pagesPerCell: number): Steps<Uint32Array> {
  const cells = new Uint32Array(Math.ceil(classes.length / pagesPerCell));
  const counts = new Uint32Array((yield* maxOf(classes)) + 1);
  for (let cell = 0, done = 0; cell < cells.length; cell++) {
    const from = cell * pagesPerCell;
    const end = Math.min(classes.length, from + pagesPerCell);
    cells[cell] = mostFrequent(classes, from, end, counts);
    done += pagesPerCell;
    if (done < STEP_PAGES) continue;
    yield;
    done = 0;
  }
  return cells;
}

function* maxOf(classes: Uint32Array): Steps<number> {
  let max = 0;
  for (let page = 0; page < classes.length; page++) {
    if (page % STEP_PAGES === 0) yield;
    if (classes[page]! > max) max = classes[page]!;
  }
  return max;
}

/** The most frequent of some classes, of equally frequent ones the highest. Leaves `counts` as it was: all zero. */
function mostFrequent(classes: Uint32Array, from: number, end: number, counts: Uint32Array): number {
  let winner = 0;
  for (let page = from; page < end; page++) counts[classes[page]!]!++;
  for (let page = from; page < end; page++) {
    const value = classes[page]!;
    const count = counts[value]!;
    const max = counts[winner]!;
    if (count > max || (count === max && value > winner)) winner = value;
  }
  for (let page = from; page < end; page++) counts[classes[page]!] = 0;
  return winner;
}

function encodeRuns(cells: Uint32Array): Buffer {
  const bytes: number[] = [];
  for (let at = 0; at < cells.length;) {
    const value = cells[at] ?? 0;
    let end = at + 1;
    while (end < cells.length && cells[end] === value) end++;
    pushLeb128(bytes, value);
    pushLeb128(bytes, end - at);
    at = end;
  }
  return Buffer.from(bytes);
}

function pushLeb128(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
}
