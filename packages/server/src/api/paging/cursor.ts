import { BallastError } from "@ballast/core/errors";

/**
 * A cursor names a run (or one of its lists) and the place after which to continue. It is opaque to clients: connections,
 * subscriptions, server-sent events and the export all give and take the same one.
 */
export function encodeCursor(list: string, place: number): string {
  return Buffer.from(`${list}@${place}`).toString("base64url");
}

/** @throws BallastError CURSOR_INVALID for a cursor of another list, or for what is no cursor. */
export function decodeCursor(list: string, cursor: string): number {
  const text = Buffer.from(cursor, "base64url").toString();
  const at = text.lastIndexOf("@");
  const digits = text.slice(at + 1);
  if (at < 0 || !/^\d{1,16}$/.test(digits) || !Number.isSafeInteger(Number(digits))) {
    throw new BallastError("CURSOR_INVALID", `${JSON.stringify(cursor)} is not a cursor: use one that this API gave for the same list`);
  }
  if (text.slice(0, at) !== list) {
    throw new BallastError(
      "CURSOR_INVALID",
      `the cursor ${JSON.stringify(cursor)} belongs to ${text.slice(0, at)}, not to ${list}: use one that this list gave`,
    );
  }
  return Number(digits);
}
