import { useMemo } from "preact/hooks";
import { chartZoom, setChartZoom } from "../address/zoom.ts";
import { Chart } from "../design/chart.tsx";
import type { ChartData } from "../design/chart-data.ts";
import { ChartTable } from "../design/chart-table.tsx";
import { Failure } from "../design/notice.tsx";
import { PictureOrTable } from "../design/picture-or-table.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { count } from "../format/numbers.ts";
import type { Metric } from "./experiment.generated.ts";
import { joinSeries, type TimeSeries } from "./join-series.ts";
import { timeAxis } from "./time-axis.ts";
import { useSeries } from "./use-series.ts";

/** A final run of a variant, and the simulated time of its end. */
export type ShownRun = { readonly id: string; readonly label: string; readonly colour: string; readonly endNs: number };

type VmChartProps = {
  readonly name: string;
  /** Null: the host. */
  readonly vm: number | null;
  readonly runs: readonly ShownRun[];
  readonly metric: Metric;
  readonly title: string;
  readonly at: number | undefined;
  readonly onAt: (timeNs: number) => void;
};

const HEIGHT = 200;

/** One metric of one VM over time in several runs. */
export function VmChart({ name, vm, runs, metric, title, at, onAt }: VmChartProps) {
  const { series, error, askAgain } = useSeries(
    runs.map(({ id }) => id),
    metric,
    vm,
  );
  const data = useMemo(() => (series?.length === runs.length ? chartOf({ name, title, runs, series }) : undefined), [series, title, runs]);
  if (error !== undefined) return <Failure error={error} onRetry={askAgain} />;
  if (data === undefined) return <Skeleton height={(HEIGHT + 64) / 16} />;
  return (
    <PictureOrTable
      heading={<h3>{name}</h3>}
      picture={() => <Chart data={data} height={HEIGHT} at={at} onAt={onAt} zoom={chartZoom.value} onZoom={setChartZoom} />}
      table={() => <ChartTable data={data} />}
    />
  );
}

type Charted = Pick<VmChartProps, "name" | "title" | "runs"> & { readonly series: readonly TimeSeries[] };

function chartOf({ name, title, runs, series }: Charted): ChartData {
  const ended = series.map((each, place) => withEnd(each, runs[place]?.endNs ?? 0));
  const { times, values } = joinSeries(ended);
  return {
    name: `${title} of ${name}`,
    x: timeAxis(Math.max(...runs.map(({ endNs }) => endNs))),
    y: { label: title, show: count, from: 0 },
    xs: times,
    series: runs.map(({ label, colour }, place) => ({ name: label, colour, values: values[place] ?? [], shape: "steps" })),
  };
}

/** The last value holds until the end of its run. */
function withEnd({ times, values }: TimeSeries, endNs: number): TimeSeries {
  const last = times.at(-1);
  return last === undefined || last >= endNs ? { times, values } : { times: [...times, endNs], values: [...values, values.at(-1) ?? null] };
}
