import type { MachineTables, VmTables } from "@ballast/core/memory";
import type { Steps } from "../steps.ts";
import { frameCell, realPageCell } from "./cell-states.ts";

/** Cells that are looked at in one step. */
const STEP_CELLS = 65_536;

/** The cells of all frames. */
export function* frameCells(machine: MachineTables): Steps<Uint32Array> {
  const cells = new Uint32Array(machine.frames.count);
  for (let first = 0; first < cells.length; first += STEP_CELLS) {
    yield;
    fillFrames(machine, cells, first, Math.min(first + STEP_CELLS, cells.length));
  }
  return cells;
}

/** The cells of all real pages of a VM. */
export function* realPageCells(machine: MachineTables, vm: VmTables): Steps<Uint8Array> {
  const cells = new Uint8Array(vm.realMap.length);
  for (let first = 0; first < cells.length; first += STEP_CELLS) {
    yield;
    fillRealPages(machine, vm, cells, first, Math.min(first + STEP_CELLS, cells.length));
  }
  return cells;
}

/** Loops of their own: within a generator they take several times as long. */
function fillFrames(machine: MachineTables, cells: Uint32Array, first: number, end: number): void {
  for (let page = first; page < end; page++) cells[page] = frameCell(machine, page);
}

function fillRealPages({ frames }: MachineTables, vm: VmTables, cells: Uint8Array, first: number, end: number): void {
  for (let page = first; page < end; page++) cells[page] = realPageCell(frames, vm, page);
}
