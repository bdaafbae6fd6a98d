import type { EventBatch } from "@ballast/core/events";
import { type HostMetricName, METRICS, type VmMetricName } from "@ballast/core/metrics";
import { MetricFold } from "@ballast/core/projections";

/** The metrics as they stood at a simulated time, all events of that time included. */
export type WatchedMoment = {
  readonly timeNs: number;
  readonly host: (metric: HostMetricName) => number;
  readonly vm: (vm: number, metric: VmMetricName) => number;
};

/** Notes metrics at regular simulated times, from the events alone. Samples of such a time are included in it. */
export class MetricWatch {
  readonly moments: WatchedMoment[] = [];
  private readonly fold = new MetricFold();
  private readonly periodNs: number;
  private nextNs: number;

  constructor(periodNs: number) {
    this.periodNs = periodNs;
    this.nextNs = periodNs;
  }

  readonly onBatch = ({ length, types, timesNs, vms, processes, a, b, c, d }: EventBatch): void => {
    for (let i = 0; i < length; i++) {
      for (const timeNs = timesNs[i] ?? 0; timeNs > this.nextNs; this.nextNs += this.periodNs) this.note(this.nextNs);
      this.fold.apply(types[i]!, timesNs[i]!, vms[i]!, processes[i]!, a[i]!, b[i]!, c[i]!, d[i]!);
    }
  };

  private note(timeNs: number): void {
    const host = this.fold.host.slice();
    const vms = this.fold.vms.map((values) => values.slice());
    this.moments.push({
      timeNs,
      host: (metric) => host[METRICS.hostPlaces[metric]] ?? 0,
      vm: (vm, metric) => vms[vm - 1]?.[METRICS.vmPlaces[metric]] ?? 0,
    });
  }
}
