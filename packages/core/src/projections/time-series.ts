import { knownOrNull } from "../metrics/index.ts";
import type { MetricFold } from "./metric-fold.ts";

/** The values of the metrics of a VM (0: of the host) after the last event of a span of simulated time. */
export type SeriesPoint = { readonly timeNs: number; readonly vm: number; readonly values: readonly (number | null)[] };

/** What a reader of events has to change in the stored series. */
export type SeriesChanges = { readonly removedTimesNs: readonly number[]; readonly added: readonly SeriesPoint[] };

export type SeriesState = {
  readonly spanNs: number;
  /** Times of the kept moments, ascending. */
  readonly timesNs: readonly number[];
  /** The moment in the span that is still open; -1 if none is stored. */
  readonly openTimeNs: number;
  readonly lastTimeNs: number;
};

const FIRST_SPAN_NS = 1_024;
/** Moments kept of a run, and points (a moment has one for each VM and the host). */
const MAX_MOMENTS = 1_024;
const MAX_POINTS = 16_384;
const MIN_MOMENTS = 128;

/**
 * One moment for each span of simulated time in which anything happened. When there are too many, spans become twice as
 * long and every moment that is not the last of its new span goes. The result follows from the events alone.
 */
export class TimeSeries {
  private spanNs: number;
  private timesNs: number[];
  private openTimeNs: number;
  private lastTimeNs: number;
  private spanEndNs: number;
  private removed: number[] = [];
  private readonly added = new Map<number, SeriesPoint[]>();

  constructor(state?: SeriesState) {
    this.spanNs = state?.spanNs ?? FIRST_SPAN_NS;
    this.timesNs = [...(state?.timesNs ?? [])];
    this.openTimeNs = state?.openTimeNs ?? -1;
    this.lastTimeNs = state?.lastTimeNs ?? -1;
    this.spanEndNs = this.lastTimeNs < 0 ? Infinity : this.endOfSpan(this.lastTimeNs);
  }

  /** Call before an event at this time is folded. */
  advanceTo(timeNs: number, fold: MetricFold): void {
    if (timeNs >= this.spanEndNs) {
      this.keep(this.lastTimeNs, fold);
      this.spanEndNs = this.endOfSpan(timeNs);
    } else if (this.lastTimeNs < 0) this.spanEndNs = this.endOfSpan(timeNs);
    this.lastTimeNs = timeNs;
  }

  /** What changed since the last call. It includes a point for the open span, which is withdrawn when the span continues. */
  takeChanges(fold: MetricFold): SeriesChanges {
    const open = this.openTimeNs;
    if (open >= 0 && open !== this.lastTimeNs) this.removed.push(open);
    const points = [...this.added.values()].flat();
    const isOpenKept = this.added.has(this.lastTimeNs);
    if (this.lastTimeNs >= 0 && !isOpenKept) points.push(...pointsOf(this.lastTimeNs, fold));
    const addedTimes = new Set(points.map((point) => point.timeNs));
    const removedTimesNs = [...new Set([...this.removed, ...addedTimes])];
    this.openTimeNs = this.lastTimeNs;
    this.removed = [];
    this.added.clear();
    return { removedTimesNs, added: points };
  }

  save(): SeriesState {
    const { spanNs, timesNs, openTimeNs, lastTimeNs } = this;
    return { spanNs, timesNs: [...timesNs], openTimeNs, lastTimeNs };
  }

  private keep(timeNs: number, fold: MetricFold): void {
    const previous = this.timesNs.at(-1);
    if (previous !== undefined && this.endOfSpan(previous) === this.endOfSpan(timeNs)) this.dropLast(previous);
    this.timesNs.push(timeNs);
    this.added.set(timeNs, pointsOf(timeNs, fold));
    while (this.timesNs.length > maxMoments(fold)) this.lengthenSpans();
  }

  /** A span that was lengthened after its first moment was kept has a later one. */
  private dropLast(timeNs: number): void {
    this.timesNs.pop();
    if (!this.added.delete(timeNs)) this.removed.push(timeNs);
  }

  private lengthenSpans(): void {
    this.spanNs *= 2;
    const kept: number[] = [];
    for (const [index, timeNs] of this.timesNs.entries()) {
      const next = this.timesNs[index + 1];
      const isLast = next === undefined || this.endOfSpan(next) !== this.endOfSpan(timeNs);
      if (isLast) kept.push(timeNs);
      else if (!this.added.delete(timeNs)) this.removed.push(timeNs);
    }
    this.timesNs = kept;
  }

  private endOfSpan(timeNs: number): number {
    return (Math.floor(timeNs / this.spanNs) + 1) * this.spanNs;
  }
}

function maxMoments(fold: MetricFold): number {
  const wanted = Math.floor(MAX_POINTS / (fold.vms.length + 1));
  return Math.max(MIN_MOMENTS, Math.min(MAX_MOMENTS, wanted));
}

function pointsOf(timeNs: number, fold: MetricFold): SeriesPoint[] {
  return [
    { timeNs, vm: 0, values: Array.from(fold.host, knownOrNull) },
    ...fold.vms.map((values, index) => ({ timeNs, vm: index + 1, values: Array.from(values, knownOrNull) })),
  ];
}
