import { countWorkloadPages, parseReference, type Workload } from "../../workload/index.ts";
import type { Place } from "../reading/place.ts";
import { formatCount } from "../reading/scalars.ts";

const NO_TRACES = new Map();

/** Reports each part of a workload that touches pages outside of the process. */
export function reportPagesOutside(workload: Workload, virtualPages: number, place: Place): void {
  if (workload.kind === "phases") {
    workload.phases.forEach((phase, index) => {
      reportPagesOutside(phase, virtualPages, place.child("phases").child(index));
    });
    return;
  }
  const pages = countWorkloadPages(workload, NO_TRACES);
  if (pages <= virtualPages) return;
  placeOf(workload, virtualPages, place).report(
    `touches page ${formatCount(pages - 1)}, but the process has only ${formatCount(virtualPages)} virtual pages, ` +
      `numbered from 0; raise its virtualPages to ${formatCount(pages)} or touch fewer`,
  );
}

function placeOf(workload: Workload, virtualPages: number, place: Place): Place {
  if (workload.kind !== "references") return place;
  const isOutside = (text: string): boolean => (parseReference(text)?.page ?? 0) >= virtualPages;
  return place.child("references").child(workload.references.findIndex(isOutside));
}

/** Whether the pages that a workload touches are known without a trace and without commands. */
export function knowsItsPages(workload: Workload): boolean {
  if (workload.kind === "phases") return workload.phases.every(knowsItsPages);
  return workload.kind !== "trace" && workload.kind !== "interactive";
}

/** As many pages as a workload touches, at least one. */
export function pagesTouched(workload: Workload): number {
  return Math.max(1, countWorkloadPages(workload, NO_TRACES));
}
