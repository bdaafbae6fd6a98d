import { FRAME_CELL_STATES, FRAME_STATES, type MapCursor, REAL_PAGE_STATES, type Steps } from "../../history/index.ts";
import { beginAnswer, headerSpace } from "./header.ts";
import { RunWriter } from "./run-writer.ts";

/** Cells that are looked at in one step. */
const STEP_CELLS = 65_536;

/** What the numbers of all maps mean. */
const STATES = { frames: FRAME_STATES, realPages: REAL_PAGE_STATES, ownerShift: Math.log2(FRAME_CELL_STATES) };

/** A whole map: what differs from cells that are all 0. `withStates`: it says what the numbers mean, too. */
export function* encodeMap(cursor: MapCursor, { withStates }: { readonly withStates: boolean }): Steps<Uint8Array> {
  const { position, timeNs, spaces } = cursor;
  const states = withStates ? { states: STATES } : {};
  const bytes = beginAnswer({ kind: "map", base: null, position, timeNs, spaces: spaces.map(headerSpace), ...states });
  const runs = new RunWriter();
  for (const { vm } of spaces) {
    const cells = cursor.cellsOf(vm);
    for (let first = 0; first < cells.length; first += STEP_CELLS) {
      yield;
      addCells(runs, cells, first, Math.min(first + STEP_CELLS, cells.length));
    }
    runs.finish(bytes);
  }
  return bytes.written;
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
