import { type MapSpace, type StateTables, statesOf } from "../../maps/index.ts";

/** Pages of a VM, counted on the map: they are there as soon as the picture is. */
export type VmFigures = {
  readonly configured: number;
  /** With a frame. */
  readonly resident: number;
  readonly ballooned: number;
  /** In the host's swap, those read ahead from there included. */
  readonly swapped: number;
  readonly compressed: number;
};

const RESIDENT: ReadonlySet<string> = new Set(["frame", "large", "shared"]);
const SWAPPED: ReadonlySet<string> = new Set(["host-swap", "swap-cache"]);

export function vmFigures({ states }: MapSpace, { realPages }: Pick<StateTables, "realPages">): VmFigures {
  const byCode = countCodes(states);
  const figures = { configured: states.length, resident: 0, ballooned: 0, swapped: 0, compressed: 0 };
  for (const { code, use, backing } of statesOf(realPages)) {
    const pages = byCode[code]!;
    if (RESIDENT.has(backing.name)) figures.resident += pages;
    if (SWAPPED.has(backing.name)) figures.swapped += pages;
    if (backing.name === "compressed") figures.compressed += pages;
    if (use.name === "balloon") figures.ballooned += pages;
  }
  return figures;
}

/** Frames without an owner that are free, zeroed or not. */
export function freeFrames({ states }: MapSpace, { frames }: Pick<StateTables, "frames">): number {
  const byCode = countCodes(states);
  return statesOf(frames)
    .filter(({ use }) => use.name === "free" || use.name === "free-zeroed")
    .reduce((sum, { code }) => sum + byCode[code]!, 0);
}

function countCodes(states: Uint8Array): Uint32Array {
  const byCode = new Uint32Array(256);
  for (let page = 0; page < states.length; page++) byCode[states[page]!]!++;
  return byCode;
}
