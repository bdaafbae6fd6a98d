import { MAX_ACCESSES, MAX_PAGES } from "../../reading/limits.ts";
import { defaulted, required } from "../../reading/object.ts";
import { pageCount } from "../../reading/quantities.ts";
import { integer, ratio } from "../../reading/scalars.ts";
import type { SeededPart } from "../workload-kind.ts";

export const somePages = pageCount({ minimum: 1, maximum: MAX_PAGES });

const firstPage = defaulted(
  integer({ minimum: 0, maximum: MAX_PAGES - 1 }, ""),
  "First page used, a page number of the process. Default: 0.",
  0,
);

const extent = {
  firstPage,
  pages: required(somePages, 'Pages used, from `firstPage`: a number of pages, or text such as "64 MiB".'),
};

const accesses = required(integer({ minimum: 1, maximum: MAX_ACCESSES }, "accesses"), "Number of accesses.");

const writeRatio = defaulted(
  ratio,
  "Fraction of the accesses that write, 0 to 1. Default: 0.3 (assumed: about every third data access of a program).",
  0.3,
);

const times = defaulted(integer({ minimum: 1, maximum: 1e9 }, "times"), "How many times over. Default: 1.", 1);

/** Members that several kinds of workloads have. */
/** Of a workload that draws nothing but which of its accesses write: a ratio of 0 or 1 decides without a draw. */
export function seededWrites({ writeRatio: share }: { readonly writeRatio: number }): SeededPart | null {
  return share === 0 || share === 1 ? null : "writes";
}

export const shared = { firstPage, extent, accesses, writeRatio, times };
