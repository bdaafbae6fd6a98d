import { HOLDS_NO_PAGE, NEVER_ACCESSED, type PageActivity, type SpaceActivity } from "@ballast/core/kernel";
import { ageOf, IDLE_AGES, type Steps } from "../../history/index.ts";
import { beginAnswer, headerSpace } from "./header.ts";
import { writeCells } from "./write-cells.ts";

/** How long no process has accessed each page, and whether it is dirty, as what differs from cells that are all 0. */
export function* encodeActivity({ position, timeNs, spaces }: PageActivity): Steps<Uint8Array> {
  const bytes = beginAnswer({ kind: "activity", position, timeNs, spaces: spaces.map(headerOf), ages: IDLE_AGES });
  for (const space of spaces) yield* writeCells(bytes, yield* cellsOf(space, timeNs));
  return bytes.written;
}

function headerOf({ vm, name, isDirty }: SpaceActivity): ReturnType<typeof headerSpace> {
  return headerSpace({ vm, name, pages: isDirty.length, since: 0 });
}

/** Pages that are looked at in one step. */
const STEP_PAGES = 65_536;

/** Twice the number of the idle age, and 1 more for a dirty page. */
function* cellsOf({ lastAccessNs, isDirty }: SpaceActivity, timeNs: number): Steps<Uint8Array> {
  const cells = new Uint8Array(isDirty.length);
  for (let first = 0; first < cells.length; first += STEP_PAGES) {
    yield;
    const end = Math.min(first + STEP_PAGES, cells.length);
    for (let page = first; page < end; page++) cells[page] = 2 * idleAgeOf(lastAccessNs[page]!, timeNs) + isDirty[page]!;
  }
  return cells;
}

/** The number of an idle age. An access that a VM made ahead of the others is one of now. */
function idleAgeOf(lastAccessNs: number, timeNs: number): number {
  if (lastAccessNs === HOLDS_NO_PAGE) return 0;
  return lastAccessNs === NEVER_ACCESSED ? 1 : 1 + ageOf(Math.max(0, timeNs - lastAccessNs));
}
