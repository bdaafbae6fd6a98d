import { BallastError } from "@ballast/core/errors";

/** Items of one page of a list, unless the query asks for another number. */
export const DEFAULT_PAGE_SIZE = 100;
/** Most items of one page. */
export const MAX_PAGE_SIZE = 1000;

/** @throws BallastError PAGE_TOO_LARGE, INPUT_INVALID. */
export function checkPageSize(first: number, most: number = MAX_PAGE_SIZE): number {
  if (first > most) {
    throw new BallastError(
      "PAGE_TOO_LARGE",
      `one page holds at most ${most} items, not ${first}: ask for the next page with \`after\``,
    );
  }
  if (first < 1) throw new BallastError("INPUT_INVALID", `a page has 1 to ${most} items (included), not ${first}`);
  return first;
}
