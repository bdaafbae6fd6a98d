import { describeFound } from "../errors/index.ts";
import type { Reader } from "./reader.ts";
import { formatCount } from "./scalars.ts";

/** Text to be shown: well-formed, and without control characters but the line feed, which a database would refuse. */
export function prose(maxLength: number): Reader<string> {
  return {
    schema: { type: "string", maxLength },
    read(value, place) {
      if (typeof value !== "string") place.report(`must be text, not ${describeFound(value)}`);
      else if (value.length > maxLength) {
        place.report(`must be at most ${formatCount(maxLength)} characters long, not ${formatCount(value.length)}`);
      } else if (!value.isWellFormed() || hasControl(value)) place.report("must not hold control characters");
      else return value;
      return undefined;
    },
  };
}

function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if ((unit < 0x20 && unit !== 0x0a) || unit === 0x7f) return true;
  }
  return false;
}

/** Text of a form; `form` says it in words. */
export function patterned(pattern: string, form: string): Reader<string> {
  const expression = new RegExp(pattern, "u");
  return {
    schema: { type: "string", pattern },
    read(value, place) {
      if (typeof value === "string" && expression.test(value)) return value;
      place.report(`must be ${form}, not ${describeFound(value)}`);
      return undefined;
    },
  };
}

export const nameText = patterned(
  "^[\\p{L}\\p{N}][\\p{L}\\p{N} ._()-]{0,79}$",
  "a name of 1 to 80 letters, digits, spaces and . _ - ( ), beginning with a letter or digit",
);
