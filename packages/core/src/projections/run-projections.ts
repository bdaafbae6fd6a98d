import { CATALOGUE, codeFlags, DecisionClamped, type KnownEvents, PolicyDecided, PolicyFigureSeen, VmEnd } from "../events/index.ts";
import { namesIn } from "../memory/index.ts";
import { METRICS, type MetricSet } from "../metrics/index.ts";
import { DecisionLog } from "./decision-log.ts";
import { MetricFold, type MetricState } from "./metric-fold.ts";
import { type RunSummary, SummaryFold, type SummaryState } from "./run-summary.ts";
import { type SeriesChanges, type SeriesState, TimeSeries } from "./time-series.ts";

export type ProjectionState = {
  readonly metrics: MetricState;
  readonly series: SeriesState;
  readonly summary: SummaryState;
};

export type ProjectionChanges = ReturnType<DecisionLog["take"]> & {
  readonly series: SeriesChanges;
  readonly summary: RunSummary;
};

/** Raised when the read models come to mean something else though their names stay. */
const MEANING = 3;

/**
 * What stored read models and saved states of folds rest on and do not say themselves: which metric has which place and what changes it, what the
 * events are called. Those of another layout are not read, but made again from events.
 */
export function projectionLayout(metrics: MetricSet = METRICS): string {
  const events = CATALOGUE.map(({ code, name }) => [code, name]);
  const state = namesIn(new RunProjections().save());
  return JSON.stringify({ meaning: MEANING, metrics: metrics.schema(), events, state, VmEnd });
}

const OF_DECISIONS = codeFlags([PolicyDecided, PolicyFigureSeen, DecisionClamped]);

/** All read models of one run, folded in one pass over its events; to be continued from a saved state at any position. */
export class RunProjections {
  private readonly fold: MetricFold;
  private readonly series: TimeSeries;
  private readonly summary: SummaryFold;
  private readonly decisions = new DecisionLog();

  constructor(state?: ProjectionState) {
    this.fold = new MetricFold(state?.metrics);
    this.series = new TimeSeries(state?.series);
    this.summary = new SummaryFold(state?.summary);
  }

  applyBatch(batch: KnownEvents, text: (id: number) => string): void {
    const { types, timesNs, vms, processes, a, b, c, d } = batch;
    for (let i = 0; i < batch.length; i++) {
      const code = types[i];
      this.series.advanceTo(timesNs[i], this.fold);
      this.fold.apply(code, timesNs[i], vms[i], processes[i], a[i], b[i], c[i], d[i]);
      if (OF_DECISIONS[code] === 1) {
        this.decisions.apply(batch.firstPosition + i, timesNs[i], code, vms[i], [a[i], b[i], c[i], d[i]], text);
      }
    }
    this.summary.applyBatch(batch, text);
  }

  /** What the events since the last call change in the stored read models. */
  takeChanges(): ProjectionChanges {
    const series = this.series.takeChanges(this.fold);
    return { ...this.decisions.take(), series, summary: this.summary.summarise(this.fold) };
  }

  /** Call after `takeChanges`: what was not taken is lost. */
  save(): ProjectionState {
    return {
      metrics: this.fold.save(),
      series: this.series.save(),
      summary: this.summary.save(),
    };
  }
}
