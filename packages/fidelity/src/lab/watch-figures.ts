import type { EventBatch } from "@ballast/core/events";
import { FigureFold, type HostFigure, HostPlace, type VmFigure, vmFigurePlace } from "@ballast/core/projections";

/** The figures as they stood at a simulated time, all events of that time included. */
export type WatchedMoment = {
  readonly timeNs: number;
  readonly host: (figure: HostFigure) => number;
  readonly vm: (vm: number, figure: VmFigure) => number;
};

/** Notes figures at regular simulated times, from the events alone. Samples of such a time are included in it. */
export class FigureWatch {
  readonly moments: WatchedMoment[] = [];
  private readonly fold = new FigureFold();
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
    const vms = this.fold.vms.map((figures) => figures.slice());
    this.moments.push({
      timeNs,
      host: (figure) => host[HostPlace[figure]] ?? 0,
      vm: (vm, figure) => vms[vm - 1]?.[vmFigurePlace(figure) ?? -1] ?? 0,
    });
  }
}
