import type { ChartData } from "./chart-data.ts";
import { tokenValue } from "./token-value.ts";

const MARGIN = 16;
const LINE = 20;

/** The picture of a chart with its title and its legend, as a file of PNG. */
export async function chartPng(picture: HTMLCanvasElement, { name, series, y }: ChartData): Promise<Blob> {
  const ratio = devicePixelRatio;
  const width = picture.width / ratio + 2 * MARGIN;
  const head = 2 * MARGIN + LINE * (2 + series.length);
  const height = head + picture.height / ratio + MARGIN;
  const canvas = document.createElement("canvas");
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("the browser gives no canvas: close other tabs and try again");
  context.scale(ratio, ratio);
  context.fillStyle = tokenValue("--surface");
  context.fillRect(0, 0, width, height);
  const text = (words: string, row: number, { size, left = 0 }: { readonly size: number; readonly left?: number }): void => {
    context.font = `${size}px ${tokenValue("--font")}`;
    context.fillStyle = tokenValue("--ink");
    context.fillText(words, MARGIN + left, MARGIN + LINE * (row + 0.7));
  };
  text(name, 0, { size: 15 });
  for (const [place, each] of series.entries()) {
    context.fillStyle = tokenValue(each.colour);
    context.fillRect(MARGIN, MARGIN + LINE * (place + 1.4), 16, 3);
    text(each.name, place + 1, { size: 12, left: 24 });
  }
  text(y.label, series.length + 1, { size: 12 });
  context.drawImage(picture, MARGIN, head, picture.width / ratio, picture.height / ratio);
  return await new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error("the browser made no picture")) : resolve(blob)), "image/png");
  });
}
