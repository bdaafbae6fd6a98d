import type { ExperimentHead, ExperimentKind } from "@ballast/server/experiment";
import { fittingTable } from "../output/fitting-table.ts";
import type { Column } from "../output/table.ts";

/** The help of every argument that names an experiment. */
export const EXPERIMENT_ARGUMENT = "id of an experiment (see `ballast experiments`) or the first letters of it, or `latest`";

export const KIND_NAMES: Readonly<Record<ExperimentKind, string>> = {
  comparison: "Comparison",
  sweep: "Sweep",
  capacity: "Capacity search",
};

const COLUMNS: readonly Column<ExperimentHead>[] = [
  { title: "experiment", cell: ({ id }) => id },
  { title: "kind", cell: ({ kind }) => kind },
  { title: "scenario", cell: ({ scenarioName }) => scenarioName },
  { title: "seeds", align: "right", cell: ({ seeds }) => String(seeds.length) },
  { title: "status", cell: ({ status }) => status },
  { title: "made (UTC)", cell: ({ createdAt }) => createdAt.toISOString().slice(0, 16).replace("T", " ") },
  { title: "variants", cell: variantsText },
];

export function experimentList(experiments: readonly ExperimentHead[], width?: number): string[] {
  return fittingTable(COLUMNS, experiments, width);
}

const SHOWN_VARIANTS = 8;

function variantsText({ labels }: ExperimentHead): string {
  const rest = labels.length - SHOWN_VARIANTS;
  return [...labels.slice(0, SHOWN_VARIANTS), ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}
