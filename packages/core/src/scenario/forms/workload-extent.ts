import { listLeaves, type Workload } from "../../workload/index.ts";
import type { Place } from "../../reading/place.ts";
import { formatCount } from "../../reading/scalars.ts";

/** Reports each part of a workload that touches pages outside of the process. */
export function reportPagesOutside(workload: Workload, virtualPages: number, place: Place): void {
  for (const leaf of listLeaves(workload)) {
    const { pages = 0 } = leaf;
    if (pages <= virtualPages) continue;
    place
      .descendant(leaf.findPageOutside(virtualPages))
      .report(
        `touches page ${formatCount(pages - 1)}, but the process has only ${formatCount(virtualPages)} virtual pages, ` +
          `numbered from 0; raise its virtualPages to ${formatCount(pages)} or touch fewer`,
      );
  }
}

/** Whether the pages that a workload touches are known without a trace and without commands. */
export function knowsItsPages(workload: Workload): boolean {
  return listLeaves(workload).every(({ pages }) => pages !== undefined);
}

/** As many pages as a workload touches, at least one. */
export function pagesTouched(workload: Workload): number {
  return listLeaves(workload).reduce((max, { pages = 0 }) => Math.max(max, pages), 1);
}
