import { PAGE_AGES, type PageAges, type Steps } from "../../history/index.ts";
import { beginAnswer, headerSpace } from "./header.ts";
import { writeCells } from "./write-cells.ts";

export type AgesMoment = {
  readonly position: number;
  readonly timeNs: number;
  /** Of the first event that was looked at. */ readonly from: number;
};

/** The time since the last event of each page, as what differs from cells that are all 0. */
export function* encodeAges(ages: PageAges, { position, timeNs, from }: AgesMoment): Steps<Uint8Array> {
  const bytes = beginAnswer({ kind: "ages", position, timeNs, from, spaces: ages.spaces.map(headerSpace), ages: PAGE_AGES });
  for (const { vm } of ages.spaces) yield* writeCells(bytes, ages.cellsOf(vm));
  return bytes.written;
}
