import { FRAME_CELL_STATES, FRAME_STATES, type MapCursor, REAL_PAGE_STATES, type Steps } from "../../history/index.ts";
import { beginAnswer, headerSpace } from "./header.ts";
import { writeCells } from "./write-cells.ts";

/** What the numbers of all maps mean. */
const STATES = { frames: FRAME_STATES, realPages: REAL_PAGE_STATES, ownerShift: Math.log2(FRAME_CELL_STATES) };

/** A whole map: what differs from cells that are all 0. `withStates`: it says what the numbers mean, too. */
export function* encodeMap(cursor: MapCursor, { withStates }: { readonly withStates: boolean }): Steps<Uint8Array> {
  const { position, timeNs, spaces } = cursor;
  const states = withStates ? { states: STATES } : {};
  const bytes = beginAnswer({ kind: "map", base: null, position, timeNs, spaces: spaces.map(headerSpace), ...states });
  for (const { vm } of spaces) yield* writeCells(bytes, yield* cursor.cellsOf(vm));
  return bytes.written;
}
