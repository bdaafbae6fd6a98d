export type Rgb = readonly [red: number, green: number, blue: number];

/** `#rrggbb`, as all tokens of colours are written, or `#rgb`, which the build makes of some. */
export function parseHex(text: string): Rgb {
  const digits = text.trim().slice(1);
  const number = Number.parseInt(digits.length === 3 ? digits.replaceAll(/./g, "$&$&") : digits, 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

/** So much of a colour on a ground. */
export function mix(colour: Rgb, ground: Rgb, part: number): Rgb {
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
