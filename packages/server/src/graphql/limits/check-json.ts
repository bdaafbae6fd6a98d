import { BallastError } from "@ballast/core/errors";

/** @throws BallastError INPUT_INVALID for what neither Postgres nor UTF-8 can hold. */
export function checkText(text: string, place: string): void {
  const found = text.includes("\0") ? "a NUL character (U+0000)" : text.isWellFormed() ? undefined : "half of a surrogate pair";
  if (found !== undefined) throw new BallastError("INPUT_INVALID", `${place} has ${found}, which cannot be stored: leave it out`);
}

/**
 * Looks at every text of a JSON value, keys included, and at its depth, without a call inside of a call.
 * @throws BallastError INPUT_INVALID.
 */
export function checkJson(json: unknown, place: string, maxDepth: number): void {
  let level: unknown[] = [json];
  for (let depth = 0; level.length > 0; depth++) {
    const inner: unknown[] = [];
    for (const value of level) {
      if (typeof value === "string") checkText(value, place);
      if (typeof value !== "object" || value === null) continue;
      if (depth === maxDepth)
        throw new BallastError("INPUT_INVALID", `${place} nests more than ${maxDepth} lists and objects, the limit: make it flatter`);
      addInner(value, inner, place);
    }
    level = inner;
  }
}

function addInner(value: object, inner: unknown[], place: string): void {
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) inner.push(item);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    checkText(key, place);
    inner.push(item);
  }
}
