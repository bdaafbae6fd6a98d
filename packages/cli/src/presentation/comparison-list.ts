import type { Comparison } from "@ballast/server/runs";
import { fittingTable } from "../output/fitting-table.ts";
import type { Column } from "../output/table.ts";

/** The help of every argument that names a comparison. */
export const COMPARISON_ARGUMENT = "id of a comparison (see `ballast comparisons`) or the first letters of it, or `latest`";

const COLUMNS: readonly Column<Comparison>[] = [
  { title: "comparison", cell: ({ id }) => id },
  { title: "scenario", cell: ({ scenarioName }) => scenarioName },
  { title: "seed", align: "right", cell: ({ seed }) => String(seed) },
  { title: "status", cell: ({ status }) => status },
  { title: "made (UTC)", cell: ({ createdAt }) => createdAt.toISOString().slice(0, 16).replace("T", " ") },
  { title: "policies", cell: ({ entries }) => entries.map(({ label }) => label).join(", ") },
];

export function comparisonList(comparisons: readonly Comparison[], width?: number): string[] {
  return fittingTable(COLUMNS, comparisons, width);
}
