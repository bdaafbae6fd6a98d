import { tokenValue } from "../../design/token-value.ts";
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
  const fills = entries.map(({ key, token: name }) => (dimmed(key) ? mix(token(name), ground, DIMMED_PART) : token(name)));
  return {
    fills: Uint32Array.from(fills, ([red, green, blue]) => (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0),
    inks: fills.map(inkOn),
    ground: tokenValue("--surface"),
  };
}

export type Rgb = readonly [red: number, green: number, blue: number];

/** `#rrggbb`, as all tokens of colours are written, or `#rgb`, which the build makes of some. */
export function parseHex(text: string): Rgb {
  const digits = text.trim().slice(1);
  const number = Number.parseInt(digits.length === 3 ? digits.replaceAll(/./g, "$&$&") : digits, 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

function mix(colour: Rgb, ground: Rgb, part: number): Rgb {
  const [red, green, blue] = colour.map((value, index) => Math.round(value * part + (ground[index] ?? 0) * (1 - part)));
  return [red ?? 0, green ?? 0, blue ?? 0];
}

/** Black or white, whichever has more contrast: WCAG's relative luminance of both to the colour is equal at 0.179. */
export function inkOn(colour: Rgb): string {
  return luminance(colour) > 0.179 ? "#000000" : "#ffffff";
}

/** Relative luminance, 0 to 1 (WCAG 2.2). */
export function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map(linear);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** A channel of sRGB, 0 to 255, as light, 0 to 1 (IEC 61966-2-1). */
export function linear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
