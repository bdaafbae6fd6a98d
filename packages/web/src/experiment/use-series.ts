import { useEffect, useState } from "preact/hooks";
import { isAbort } from "../api/api-error.ts";
import { askImmutable } from "../api/immutable-answers.ts";
import { type Metric, SeriesOfVm } from "./experiment.generated.ts";
import { type TimeSeries, unpackSeries } from "./join-series.ts";

export type SeriesAnswer = { readonly series: readonly TimeSeries[] | undefined; readonly error: unknown; readonly askAgain: () => void };

/** How a metric of a VM (null: of the host) went in each of some final runs; what was shown stays until the next is there. */
export function useSeries(runs: readonly string[], metric: Metric, vm: number | null): SeriesAnswer {
  const [answer, setAnswer] = useState<Omit<SeriesAnswer, "askAgain">>({ series: undefined, error: undefined });
  const [again, setAgain] = useState(0);
  const key = `${runs.join(" ")} ${metric} ${vm} ${again}`;
  useEffect(() => {
    const abort = new AbortController();
    Promise.all(runs.map((run) => seriesOf({ run, metric, vm }, abort.signal))).then(
      (series) => setAnswer({ series, error: undefined }),
      (error: unknown) => {
        if (!isAbort(error)) setAnswer((before) => ({ ...before, error }));
      },
    );
    return () => abort.abort();
  }, [key]);
  return { ...answer, askAgain: () => setAgain((count) => count + 1) };
}

async function seriesOf(
  variables: { readonly run: string; readonly metric: Metric; readonly vm: number | null },
  signal: AbortSignal,
): Promise<TimeSeries> {
  const { run } = await askImmutable(SeriesOfVm, variables, signal);
  return run === null ? { times: [], values: [] } : unpackSeries(run.series.packed);
}
