import { DEFAULT_LIST_LIMIT, MAX_LIST_LIMIT } from "../../api/paging/list-limit.ts";
import { builder } from "./builder.ts";

/** Arguments of every list with pages. */
export const pageArgs = builder.args((t) => ({
  first: t.int({
    required: true,
    defaultValue: DEFAULT_LIST_LIMIT,
    description: `Items of one page, 1 to ${MAX_LIST_LIMIT} (included).`,
  }),
  after: t.string({
    required: false,
    description: "Cursor behind which the page begins; from the start if not given.",
  }),
}));

/** Arguments of a table's part. */
export const rangeArgs = builder.args((t) => ({
  firstPage: t.int({ required: true, defaultValue: 0, description: "First page number, included." }),
  endPage: t.int({
    required: false,
    description: "One past the last page number; up to the table's end if not given.",
  }),
}));

/** Tells the cost rule that the list has as many items as this argument says. */
export const costsByPage = { multipliedBy: "first" } as const;
