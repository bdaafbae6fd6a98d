import { METRICS } from "@ballast/core/metrics";
import type { SeriesMoment } from "../../projections/index.ts";
import type { TraceEvent } from "./trace-event.ts";
import { pidOf } from "./tracks.ts";

const HOST_COUNTERS = {
  "free memory": METRICS.hostPlaces.freePages,
  "swap used": METRICS.hostPlaces.swapUsedPages,
  "saved by sharing": METRICS.hostPlaces.savedPages,
};
const VM_COUNTERS = {
  resident: METRICS.vmPlaces.residentPages,
  ballooned: METRICS.vmPlaces.balloonSizePages,
  swapped: METRICS.vmPlaces.swappedPages,
};
const FAULTS = METRICS.vmPlaces.faults;
const NS_PER_S = 1e9;

/** The counters of the host and of VMs over simulated time, from the kept moments of each, in order. */
export class CounterMaker {
  #last: SeriesMoment | undefined;

  counters(moment: SeriesMoment): TraceEvent[] {
    const { vm, timeNs, values } = moment;
    const counter = (name: string, args: TraceEvent["args"]): TraceEvent => ({ ph: "C", name, pid: pidOf(vm), timeNs, args: args ?? {} });
    const pages = Object.entries(vm === 0 ? HOST_COUNTERS : VM_COUNTERS).flatMap(([name, place]) => {
      const value = values[place] ?? null;
      return value === null ? [] : [counter(name, { pages: value })];
    });
    const faults = this.#faultRate(moment);
    this.#last = moment;
    return [...pages, ...faults];
  }

  /** From the moment before until this one, as a viewer shows a counter: the metric itself only grows. */
  #faultRate({ vm, timeNs, values }: SeriesMoment): TraceEvent[] {
    const before = this.#last?.vm === vm ? this.#last : undefined;
    const fromNs = before?.timeNs ?? 0;
    if (vm === 0 || timeNs <= fromNs) return [];
    const faults = (values[FAULTS] ?? 0) - (before?.values[FAULTS] ?? 0);
    const perSecond = Math.round((faults / (timeNs - fromNs)) * NS_PER_S);
    return [{ ph: "C", name: "faults", pid: pidOf(vm), timeNs: fromNs, args: { "per second": perSecond } }];
  }
}
