import { BallastError } from "@ballast/core/errors";

/** Most items of one page of any list. */
export const MAX_LIST_LIMIT = 1_000;

/** @throws BallastError LIST_TOO_LARGE, INPUT_INVALID. */
export function checkListLimit(first: number): number {
  if (first > MAX_LIST_LIMIT) {
    throw new BallastError(
      "LIST_TOO_LARGE",
      `One page holds at most ${MAX_LIST_LIMIT} items, not ${first}: ask for the next page with \`after\`.`,
    );
  }
  if (Number.isSafeInteger(first) && first >= 1) return first;
  throw new BallastError("INPUT_INVALID", `A page has 1 to ${MAX_LIST_LIMIT} items (included), not ${first}.`);
}
