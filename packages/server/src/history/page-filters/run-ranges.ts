import type { Pool } from "pg";
import { cutSegments, loadSegments } from "../../event-store/index.ts";
import { type PositionRange, rangesWithout } from "./filter-rows.ts";
import { entriesOf, type NamedPage } from "./page-key.ts";

/** Ranges among some positions of a run in which, as the filters say, no event names a page. */
export async function rangesOfRunWithout(
  pool: Pool,
  run: number,
  { first, last }: PositionRange,
  page: NamedPage,
): Promise<PositionRange[]> {
  const segments = cutSegments(await loadSegments(pool, run), first, last);
  const entries = entriesOf(page);
  return (await Promise.all(segments.map((segment) => rangesWithout(pool, segment, entries)))).flat();
}
