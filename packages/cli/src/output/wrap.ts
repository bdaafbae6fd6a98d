import { textWidth } from "./text-width.ts";

const WIDEST = 110;

/** A sentence as lines no wider than the terminal, broken between words. */
export function wrap(text: string, width: number = WIDEST): string[] {
  const widest = Math.min(width, WIDEST);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (textWidth(longer) <= widest || line === "") line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}
