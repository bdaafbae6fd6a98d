import { BallastError } from "../errors/index.ts";

/** Sizes of memory to count misses with: numbers of frames and hundredths of a trace's pages, or all there are. */
export type FrameSizes = "all" | readonly { readonly value: number; readonly unit: "frames" | "percent" }[];

/** All sizes of so few pages can be counted one by one. */
const FEW_PAGES = 24;
/** Up to this many pages there are two sizes per doubling, above it one. */
const MEDIUM_PAGES = 4096;
const PERCENT = 100;
/** More than any trace has pages. */
const MAX_FRAMES = 2 ** 31 - 1;
const SIZE = /^(\d+(?:\.\d+)?)(%?)$/;

/** `16,64,256`, `10%,20%`, both mixed, or `all`. @throws BallastError INPUT_INVALID. */
export function parseFrameSizes(text: string): FrameSizes {
  if (text.trim() === "all") return "all";
  return text.split(",").map((part) => {
    const [, digits, sign] =
      SIZE.exec(part.trim()) ??
      refuse(
        `${JSON.stringify(part.trim())} is not a size: it must be a number of frames, a percentage of the trace's pages such as 10%, or all.`,
      );
    const value = Number(digits);
    if (sign === "%" && (value <= 0 || value > PERCENT)) refuse(`${part.trim()} is not a size: percentages are above 0, up to 100.`);
    if (sign === "" && (!Number.isInteger(value) || value < 1 || value > MAX_FRAMES)) {
      refuse(`${part.trim()} is not a size: numbers of frames are whole, from 1 to ${MAX_FRAMES}.`);
    }
    return { value, unit: sign === "%" ? "percent" : "frames" };
  });
}

/**
 * Numbers of frames, ascending, each once. Percentages are rounded to whole frames. "All" are all of them, up to the number of pages.
 * @throws BallastError INPUT_INVALID for a percentage of so few pages that no frame is left.
 */
export function framesOf(sizes: FrameSizes, pageCount: number): number[] {
  if (sizes === "all") return Array.from({ length: pageCount }, (_, index) => index + 1);
  const frames = sizes.map(({ value, unit }) => {
    if (unit === "frames") return value;
    const rounded = Math.round((value * pageCount) / PERCENT);
    return rounded > 0 ? rounded : refuse(`${value}% of the trace's ${pageCount} pages are less than one frame: name a size of 1 or more.`);
  });
  return [...new Set(frames)].sort((left, right) => left - right);
}

/** Of all sizes up to a number of pages so many that they can be shown, and counted one by one, in equal ratios; all if there are few. */
export function chosenFrames(pageCount: number): number[] {
  if (pageCount <= FEW_PAGES) return framesOf("all", pageCount);
  const ratio = pageCount <= MEDIUM_PAGES ? 2 : 4;
  const frames: number[] = [];
  for (let square = 1; square < pageCount * pageCount; square *= ratio) frames.push(Math.floor(Math.sqrt(square)));
  return [...new Set([...frames, pageCount])];
}

function refuse(message: string): never {
  throw new BallastError("INPUT_INVALID", message);
}
