import { BallastError } from "@ballast/core/errors";
import type { Slice } from "../run.ts";

export function encodeCursor(number: number): string {
  return Buffer.from(`before:${number}`).toString("base64url");
}

/** @throws BallastError CURSOR_INVALID. */
export function decodeCursor(cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  const [, number] = /^before:(\d{1,16})$/.exec(Buffer.from(cursor, "base64url").toString("utf8")) ?? [];
  if (number !== undefined) return Number(number);
  throw new BallastError("CURSOR_INVALID", `${JSON.stringify(cursor)} is no cursor of this list; use the endCursor of a page of it.`);
}

/** A page from one item more than asked for. */
export function toSlice<Item>(items: readonly Item[], first: number, cursorOf: (item: Item) => string): Slice<Item> {
  const shown = items.slice(0, first);
  const cursors = shown.map(cursorOf);
  return { items: shown, cursors, endCursor: cursors.at(-1) ?? null, hasMore: items.length > first };
}
