import type { SpaceInfo, Steps, StepWindow } from "../../history/index.ts";
import { SpaceChanges } from "./space-changes.ts";
import { beginAnswer, headerSpace } from "./header.ts";
import { RunWriter } from "./run-writer.ts";

/** Events whose changes are gone through in one step. */
const STEP_EVENTS = 4_096;

/**
 * What the cells at two positions differ by, from the windows between them; in either direction it is the same but for the
 * header, which tells the spaces at `to`.
 */
export function* encodeDifference(windows: readonly StepWindow[], from: number, to: number): Steps<Uint8Array> {
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  const { spaces, timeNs } = momentIn(windows, to);
  const changes = spaces.map(({ pages }) => new SpaceChanges(pages));
  const add = (space: number, page: number, pages: number, xor: number): void => changes[space]?.add(page, pages, xor);
  for (const window of windows) {
    const end = Math.min(window.to, last);
    for (let position = Math.max(window.from, first) + 1; position <= end; position++) {
      if (position % STEP_EVENTS === 0) yield;
      window.eachRun(position, add);
    }
  }
  const bytes = beginAnswer({ kind: "map", base: from, position: to, timeNs, spaces: spaces.map(headerSpace) });
  const runs = new RunWriter();
  for (const space of changes) {
    yield;
    space.each((page, xor) => runs.add(page, 1, xor));
    runs.finish(bytes);
  }
  return bytes.written;
}

function momentIn(windows: readonly StepWindow[], position: number): { readonly spaces: readonly SpaceInfo[]; readonly timeNs: number } {
  const window = windows.find((each) => each.from <= position && position <= each.to);
  if (window === undefined) throw new Error(`no window has position ${position}`);
  return { spaces: window.spacesAt(position), timeNs: window.timeNsAt(position) };
}
