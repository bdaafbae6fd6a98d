import { type StateTables, statesOf } from "../../maps/index.ts";

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

/** `counts`: of the VM's pages by state. */
export function vmFigures(counts: Uint32Array, { realPages }: Pick<StateTables, "realPages">): VmFigures {
  const figures = { configured: 0, resident: 0, ballooned: 0, swapped: 0, compressed: 0 };
  for (const { code, use, backing } of statesOf(realPages)) {
    const pages = counts[code]!;
    figures.configured += pages;
    if (RESIDENT.has(backing.name)) figures.resident += pages;
    if (SWAPPED.has(backing.name)) figures.swapped += pages;
    if (backing.name === "compressed") figures.compressed += pages;
    if (use.name === "balloon") figures.ballooned += pages;
  }
  return figures;
}

/** Frames that are free, zeroed or not; `counts`: of the frames by owner and state. */
export function freeFrames(counts: Uint32Array, { frames }: Pick<StateTables, "frames">): number {
  return statesOf(frames)
    .filter(({ use }) => use.name === "free" || use.name === "free-zeroed")
    .reduce((sum, { code }) => sum + counts[code]!, 0);
}
