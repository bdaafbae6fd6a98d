import type { Steps } from "../../history/index.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { RunWriter } from "./run-writer.ts";

/** Cells that are looked at in one step. */
const STEP_CELLS = 65_536;

/** What the cells of a space differ by from cells that are all 0: the number of runs, and the runs. */
export function* writeCells(bytes: ByteWriter, cells: Uint32Array | Uint8Array): Steps<void> {
  const runs = new RunWriter();
  for (let first = 0; first < cells.length; first += STEP_CELLS) {
    yield;
    addCells(runs, cells, first, Math.min(first + STEP_CELLS, cells.length));
  }
  runs.finish(bytes);
}

/** A loop of its own: within a generator it takes several times as long. */
function addCells(runs: RunWriter, cells: Uint32Array | Uint8Array, first: number, end: number): void {
  for (let page = first; page < end;) {
    const cell = cells[page]!;
    let next = page + 1;
    while (next < end && cells[next] === cell) next++;
    if (cell !== 0) runs.add(page, next - page, cell);
    page = next;
  }
}
