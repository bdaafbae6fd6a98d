import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EventCode } from "../events/index.ts";
import { caseCount } from "../testing/case-count.ts";
import { METRICS } from "../metrics/index.ts";
import { MetricFold, type SeriesState } from "./index.ts";
import { TimeSeries } from "./time-series.ts";

/** Rows as a reader of the changes has them, by time. */
class StoredSeries {
  readonly points = new Map<number, { readonly vms: number[]; readonly mapped: number | undefined }>();
  private series = new TimeSeries();
  private readonly fold = new MetricFold();
  private events = 0;

  constructor(vms: number) {
    this.fold.apply(EventCode.VmStarted, 0, vms, 0, 0, 0, 0, 0);
  }

  /** Each event maps a page of VM 1, so that the metric is the number of events so far. */
  event(timeNs: number): void {
    this.series.advanceTo(timeNs, this.fold);
    this.fold.apply(EventCode.PageMapped, timeNs, 1, 0, 0, 0, 0, 0);
    this.events++;
  }

  store(): void {
    const { removedTimesNs, added } = this.series.takeChanges(this.fold);
    for (const timeNs of removedTimesNs) this.points.delete(timeNs);
    for (const [timeNs, ofTime] of Map.groupBy(added, (point) => point.timeNs)) {
      if (this.points.has(timeNs)) throw new Error(`${timeNs} ns would have a second row`);
      this.points.set(timeNs, { vms: ofTime.map(({ vm }) => vm), mapped: Number(ofTime[1].values[METRICS.vmPlaces.mappedPages]) });
    }
  }

  restart(): void {
    this.series = new TimeSeries(JSON.parse(JSON.stringify(this.series.save())) as SeriesState);
  }

  get spanNs(): number {
    return this.series.save().spanNs;
  }
}

const spanOf = (timeNs: number, spanNs: number): number => Math.floor(timeNs / spanNs);

/** How many spans have an event: what the limit is about. */
const spansWithEvents = (timesNs: readonly number[], spanNs: number): number =>
  new Set(timesNs.map((timeNs) => spanOf(timeNs, spanNs))).size;

/** The last time of each span in which anything happened, with the number of events until then. */
function lastOfSpans(timesNs: readonly number[], spanNs: number): ReadonlyMap<number, number> {
  const last = new Map<number, [number, number]>();
  for (const [index, timeNs] of timesNs.entries()) last.set(spanOf(timeNs, spanNs), [timeNs, index + 1]);
  return new Map(last.values());
}

/** `storeEvery`: after how many events changes are taken; with many VMs each time costs. */
const histories = (storeEvery: readonly number[]) =>
  fc.record({
    gaps: fc.array(
      fc.oneof({ weight: 3, arbitrary: fc.nat(1_500) }, { weight: 1, arbitrary: fc.constantFrom(0, 1, 1_023, 1_024, 9_000) }),
      {
        minLength: 2_500,
        maxLength: 4_000,
      },
    ),
    storeEvery: fc.constantFrom(...storeEvery),
    restarts: fc.boolean(),
  });

describe("the moments that are kept of a run", () => {
  // By the documented bounds: 1,024 moments, 16,384 points of the VMs and the host, but 128 moments at least.
  test.each([
    [1, 1_024],
    [40, 399],
    [150, 128],
  ])("of %i VMs are the last of each span; oracle: all times, grouped by spans", (vms, max) => {
    fc.assert(
      fc.property(histories(vms === 1 ? [1, 2, 700] : [90, 700]), ({ gaps, storeEvery, restarts }) => {
        const stored = new StoredSeries(vms);
        const timesNs: number[] = [];
        for (const [index, gap] of gaps.entries()) {
          timesNs.push((timesNs.at(-1) ?? 0) + gap);
          stored.event(timesNs[index]);
          if (index % storeEvery > 0) continue;
          stored.store();
          if (restarts) stored.restart();
        }
        stored.store();
        const { points, spanNs } = stored;
        const last = lastOfSpans(timesNs, spanNs);
        for (const [timeNs, events] of last) expect(points.get(timeNs)?.mapped, `at ${timeNs} ns`).toBe(events);
        expect(points.values().next().value?.vms).toEqual(Array.from({ length: vms + 1 }, (_, vm) => vm));
        // The span that is still open may have a moment more, of before spans became longer.
        const more = [...points.keys()].filter((timeNs) => !last.has(timeNs));
        expect(more.filter((timeNs) => spanOf(timeNs, spanNs) < spanOf(timesNs.at(-1)!, spanNs))).toEqual([]);
        expect(more.length).toBeLessThanOrEqual(1);
        expect(points.size).toBeLessThanOrEqual(max + 1);
        // At half the span there were more points than the maximum: the closed ones, and an open one.
        if (spanNs > 1_024) expect(spansWithEvents(timesNs, spanNs / 2)).toBeGreaterThan(max + 1);
      }),
      { numRuns: caseCount(vms === 1 ? 2 : 1, vms === 1 ? 40 : 10), endOnFailure: true },
    );
  });

  test("are none before the first event, and the last one is kept though its span is open", () => {
    const stored = new StoredSeries(1);
    stored.store();
    expect([...stored.points]).toEqual([]);
    stored.event(0);
    stored.store();
    stored.event(7);
    stored.store();
    expect([...stored.points]).toEqual([[7, { vms: [0, 1], mapped: 2 }]]);
    stored.event(1_023);
    stored.event(1_024);
    stored.store();
    expect([...stored.points.keys()]).toEqual([1_023, 1_024]);
  });
});
