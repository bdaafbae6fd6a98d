import { BallastError } from "@ballast/core/errors";
import { type HostMetricName, METRICS, type VmMetricName } from "@ballast/core/metrics";
import { readAllSeries, type SeriesMoment } from "../projections/index.ts";
import type { RunSource } from "./event-table.ts";
import { runFacts } from "./run-facts.ts";
import { kindOfUnit } from "./result-columns.ts";
import { type Cell, type ExportTable, type ItemColumn, tableOf } from "./table.ts";

const PLACE_COLUMNS: readonly ItemColumn<SeriesMoment>[] = [
  { name: "vm", kind: "integer", cell: ({ vm }) => (vm === 0 ? null : vm) },
  { name: "timeNs", kind: "integer", isRequired: true, cell: ({ timeNs }) => timeNs },
];

type MetricColumn = ItemColumn<SeriesMoment> & { readonly isOfHost: boolean };

const METRIC_COLUMNS: readonly MetricColumn[] = [
  ...METRICS.host.map((name, place) => metricColumn(name, true, place)),
  ...METRICS.vm.map((name, place) => metricColumn(name, false, place)),
];

/** `metrics`: all if not given. Times are included. */
type Query = {
  readonly vm?: number | undefined;
  readonly metrics?: readonly string[] | undefined;
  readonly fromTimeNs?: number | undefined;
  readonly toTimeNs?: number | undefined;
};

/**
 * How the metrics of a run went over simulated time: a row for each VM (none: the host) and kept moment, a column for each metric. The host
 * or VMs that have none of the metrics have no rows.
 * @throws BallastError INPUT_INVALID for a metric that does not exist.
 */
export function seriesTable({ pool, run, signal }: RunSource, query: Query = {}): ExportTable {
  const { vm, metrics, fromTimeNs = 0, toTimeNs = Infinity } = query;
  const columns = metrics === undefined ? METRIC_COLUMNS : columnsOf(metrics);
  const isShown = ({ vm: of, timeNs }: SeriesMoment): boolean =>
    timeNs >= fromTimeNs && timeNs <= toTimeNs && columns.some(({ isOfHost }) => isOfHost === (of === 0));
  const moments = filtered(readAllSeries(pool, run.logId, { vm, signal }), isShown);
  return tableOf([...PLACE_COLUMNS, ...columns], moments, runFacts(run, "series"));
}

function metricColumn(name: HostMetricName | VmMetricName, isOfHost: boolean, place: number): MetricColumn {
  const cell = ({ vm, values }: SeriesMoment): Cell => (isOfHost === (vm === 0) ? (values[place] ?? null) : null);
  return { name, kind: kindOfUnit(METRICS.get(name).unit), cell, isOfHost };
}

function columnsOf(metrics: readonly string[]): readonly MetricColumn[] {
  const known = METRIC_COLUMNS.map(({ name }) => name);
  const unknown = metrics.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new BallastError("INPUT_INVALID", `there is no metric "${unknown}"; there are ${known.join(", ")}`);
  return METRIC_COLUMNS.filter(({ name }) => metrics.includes(name));
}

async function* filtered<Item>(items: AsyncIterable<Item>, isWanted: (item: Item) => boolean): AsyncGenerator<Item, void, void> {
  for await (const item of items) if (isWanted(item)) yield item;
}
