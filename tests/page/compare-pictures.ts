import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

const FOLDER = join(import.meta.dirname, "pictures");
const FONTS_FILE = join(FOLDER, "fonts.json");
/** How different two colours may be and still count as one: anti-aliasing differs between versions of a browser. */
const COLOUR_THRESHOLD = 0.2;
/** Of all pixels. */
const MAX_DIFFERENT_SHARE = 0.002;

export const isWritingPictures = process.env["BALLAST_WRITE_PICTURES"] === "1";

/** Widths of two texts in px: pictures can be compared on machines with the same fonts only. */
export async function fontWidths(page: Page): Promise<readonly number[]> {
  return await page.evaluate(() => {
    const context = document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
    const style = getComputedStyle(document.documentElement);
    return ["--font", "--mono"].map((name) => {
      context.font = `100px ${style.getPropertyValue(name)}`;
      return Math.round(context.measureText("Real map table 0123456789").width);
    });
  });
}

/** Whether the pictures that are kept were taken with these fonts. */
export function areSameFonts(widths: readonly number[]): boolean {
  return existsSync(FONTS_FILE) && readFileSync(FONTS_FILE, "utf8") === fontsText(widths);
}

/** Keeps a picture as what later ones are compared with. */
export function writePicture(name: string, taken: Buffer, widths: readonly number[]): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(FONTS_FILE, fontsText(widths));
  writeFileSync(pictureFile(name), taken);
}

/** Undefined if a picture looks like the one that is kept; otherwise what differs, in words, and where the new one lies. */
export function differenceFromKept(name: string, taken: Buffer, folder: string): string | undefined {
  const keptFile = readFileSync(pictureFile(name));
  // Most are the same to the byte where the browser is the same: unpacking and comparing takes longer than taking one.
  if (keptFile.equals(taken)) return undefined;
  const [kept, now] = [PNG.sync.read(keptFile), PNG.sync.read(taken)];
  const { width, height } = kept;
  writeFileSync(join(folder, `${name}.png`), taken);
  if (now.width !== width || now.height !== height) return `${name}: ${now.width} x ${now.height} px instead of ${width} x ${height}`;
  const difference = new PNG({ width, height });
  const count = pixelmatch(kept.data, now.data, difference.data, width, height, { threshold: COLOUR_THRESHOLD });
  if (count <= MAX_DIFFERENT_SHARE * width * height) return undefined;
  writeFileSync(join(folder, `${name}-difference.png`), PNG.sync.write(difference));
  return `${name}: ${count} of ${width * height} pixels differ; see ${folder}`;
}

function pictureFile(name: string): string {
  return join(FOLDER, `${name}.png`);
}

function fontsText(widths: readonly number[]): string {
  return `${JSON.stringify({ sans: widths[0], mono: widths[1] })}\n`;
}
