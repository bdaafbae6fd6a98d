import { type HostMetricName, METRICS, type VmMetricName } from "@ballast/core/metrics";
import { readAllSeries, type SeriesMoment } from "../projections/index.ts";
import type { RunSource } from "./event-table.ts";
import { runFacts } from "./run-facts.ts";
import { kindOfUnit } from "./result-columns.ts";
import { type ExportTable, type ItemColumn, tableOf } from "./table.ts";

const COLUMNS: readonly ItemColumn<SeriesMoment>[] = [
  { name: "vm", kind: "integer", cell: ({ vm }) => (vm === 0 ? null : vm) },
  { name: "timeNs", kind: "integer", isRequired: true, cell: ({ timeNs }) => timeNs },
  ...METRICS.host.map((name, place) => metricColumn(name, ({ vm, values }) => (vm === 0 ? values[place] : null))),
  ...METRICS.vm.map((name, place) => metricColumn(name, ({ vm, values }) => (vm === 0 ? null : values[place]))),
];

/** How the metrics of a run went over simulated time: a row for each VM (none: the host) and kept moment, a column for each metric. */
export function seriesTable({ pool, run, signal }: RunSource, query: { readonly vm?: number | undefined } = {}): ExportTable {
  return tableOf(COLUMNS, readAllSeries(pool, run.logId, { ...query, signal }), runFacts(run, "series"));
}

function metricColumn(
  name: HostMetricName | VmMetricName,
  valueOf: (moment: SeriesMoment) => number | null | undefined,
): ItemColumn<SeriesMoment> {
  return { name, kind: kindOfUnit(METRICS.get(name).unit), cell: (moment) => valueOf(moment) ?? null };
}
