import { tokenValue } from "../../design/token-value.ts";
import { inkOn, mix, parseHex, type Rgb } from "./colour.ts";
import type { LegendEntry } from "./colouring.ts";

/** Colours as the pixels of an ImageData hold them: of 32 bits, red lowest. */
export type Palette = {
  readonly fills: Uint32Array;
  /** Of letters on those. */
  readonly inks: readonly string[];
  /** Between cells. */
  readonly ground: string;
};

/** What is left of the colour of cells that a filter leaves out. */
const DIMMED_PART = 0.14;

/** The colours of a legend's entries as the page shows them now; those of `dimmed` keys are close to the ground. */
export function readPalette(entries: readonly LegendEntry[], dimmed: (key: string) => boolean): Palette {
  const token = (name: string): Rgb => parseHex(tokenValue(name));
  const ground = token("--surface");
  const fills = entries.map(({ key, token: name, part = 1 }) => mix(token(name), ground, dimmed(key) ? DIMMED_PART * part : part));
  return {
    fills: Uint32Array.from(fills, ([red, green, blue]) => (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0),
    inks: fills.map(inkOn),
    ground: tokenValue("--surface"),
  };
}
