import { type EventBatch, EventCode } from "../events/index.ts";
import { DecisionLog } from "./decision-log.ts";
import { FigureFold, type FigureState } from "./figure-fold.ts";
import { HOST_FIGURES, VM_FIGURES } from "./figures.ts";
import { type RunSummary, SummaryFold, type SummaryState } from "./run-summary.ts";
import { type SeriesChanges, type SeriesState, TimeSeries } from "./time-series.ts";

export type ProjectionState = {
  /** What the figures are, in their order: a state with others cannot be continued. */
  readonly figureNames: readonly string[];
  readonly figures: FigureState;
  readonly series: SeriesState;
  readonly summary: SummaryState;
};

export type ProjectionChanges = ReturnType<DecisionLog["take"]> & {
  readonly series: SeriesChanges;
  readonly summary: RunSummary;
};

const FIGURE_NAMES: readonly string[] = [...HOST_FIGURES, ...VM_FIGURES];

/** Whether a state was saved by a version that kept the same figures; if not, the read models are to be made anew. */
export function canContinue(state: ProjectionState): boolean {
  return state.figureNames.join() === FIGURE_NAMES.join();
}

/** All read models of one run, folded in one pass over its events; to be continued from a saved state at any position. */
export class RunProjections {
  private readonly fold: FigureFold;
  private readonly series: TimeSeries;
  private readonly summary: SummaryFold;
  private readonly decisions = new DecisionLog();

  constructor(state?: ProjectionState) {
    this.fold = new FigureFold(state?.figures);
    this.series = new TimeSeries(state?.series);
    this.summary = new SummaryFold(state?.summary);
  }

  applyBatch(batch: EventBatch, text: (id: number) => string): void {
    const { types, timesNs, vms, processes, a, b, c, d } = batch;
    for (let i = 0; i < batch.length; i++) {
      const code = types[i];
      this.series.advanceTo(timesNs[i], this.fold);
      this.fold.apply(code, timesNs[i], vms[i], processes[i], a[i], b[i], c[i], d[i]);
      if (code >= EventCode.PolicyDecided && code <= EventCode.DecisionClamped) {
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
      figureNames: FIGURE_NAMES,
      figures: this.fold.save(),
      series: this.series.save(),
      summary: this.summary.save(),
    };
  }
}
