import { createRequire } from "node:module";
import type stringWidthOf from "string-width";

const require = createRequire(import.meta.url);

/** Columns that a text takes on a terminal: colours none, wide characters (Chinese, emoji) two. */
export function textWidth(text: string): number {
  // Nearly every text is plain ASCII; the tables of Unicode take longer to load than most commands run.
  return /^[ -~]*$/.test(text) ? text.length : unicodeWidth(text);
}

function unicodeWidth(text: string): number {
  const { default: stringWidth } = require("string-width") as { readonly default: typeof stringWidthOf };
  return stringWidth(text);
}

/** The longest beginning of the text that fits into `width` columns. */
export function fitText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let fitted = "";
  let taken = 0;
  for (const { segment } of new Intl.Segmenter("en").segment(text)) {
    taken += textWidth(segment);
    if (taken > width) break;
    fitted += segment;
  }
  return fitted;
}
