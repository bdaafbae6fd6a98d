import { BallastError } from "@ballast/core/errors";
import { decodeCursor } from "../api/paging/cursor.ts";

/** @throws BallastError INPUT_INVALID unless the text is a position, from `least`. */
export function readPosition(text: string, what: string, min: 0 | 1 = 0): number {
  const position = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(position) && position >= min) return position;
  throw new BallastError("INPUT_INVALID", `${what} must be a position, a whole number from ${min}, not ${JSON.stringify(text)}`);
}

/** Where a reader has got to: a cursor of the API, or simply a position. 0 if not given. */
export function readAfter(runId: string, text: string | null | undefined): number {
  if (text == null || text === "") return 0;
  return /^\d{1,16}$/.test(text) ? readPosition(text, "`after`") : decodeCursor(runId, text);
}
