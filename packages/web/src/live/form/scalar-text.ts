import type { Json } from "./json-schema.ts";
import type { Shape } from "./shape.ts";

/** What a line of text means for a field; undefined: it is left out. Texts that are no numbers stay texts, of which the server says what is wrong. */
export function readText(shape: Shape, text: string): Json | undefined {
  switch (shape.kind) {
    case "number":
      return text.trim() === "" ? undefined : numberOr(text);
    case "quantity":
      if (text.trim() === "") return undefined;
      if (shape.takesNull && text.trim() === NONE) return null;
      return shape.takesNumbers ? numberOr(text.trim()) : text;
    case "list":
      return text.split(/[\s,]+/).filter((word) => word !== "");
    default:
      return text;
  }
}

const NONE = "none";

/** How a field shows its value. */
export function showText(value: Json | undefined): string {
  if (value === undefined) return "";
  if (Array.isArray(value)) return value.join(" ");
  if (value === null) return NONE;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function numberOr(text: string): Json {
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : text;
}
