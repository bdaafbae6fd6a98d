import { createHash } from "node:crypto";
import { tableLayout } from "@ballast/core/memory";
import { projectionLayout } from "@ballast/core/projections";

/** A short name for a layout, to be stored with what rests on it. */
export function layoutHash(layout: string): string {
  return createHash("sha256").update(layout).digest("hex").slice(0, 16);
}

/** Rows of these layouts carry checksums: what an earlier version stored without is of another layout, and made anew. */
const CHECKED = "xxh64";

/** Stored with every keyframe; see `tableLayout`. One part for each region of a table, with owners and reverse maps. */
export const TABLE_LAYOUT = layoutHash(`${tableLayout()}${CHECKED}, parts by region`);

/** Stored with every run's read models; see `projectionLayout`. */
export const PROJECTION_LAYOUT = layoutHash(`${projectionLayout()}${CHECKED} of rows and of their groups, page filters of three kinds`);
