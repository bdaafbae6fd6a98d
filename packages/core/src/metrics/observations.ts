import type { MemoryState } from "../events/index.ts";
import type { QuantileSketch } from "./quantile-sketch.ts";

/** What the events of a run tell of a VM besides its counters and gauges: what takes remembering more than the last value. */
export type VmObservations = {
  readonly balloon: BalloonObservations;
  /** Waits of accesses in ns, of those that waited; null where an earlier version did not record which host faults were those of accesses. */
  readonly stalls: QuantileSketch | null;
  readonly refaults: RefaultObservations;
  /** Pages without a frame, times the nanoseconds for which they had none, while the VM was on. */
  readonly unbackedPageNs: number;
};

export type BalloonObservations = {
  readonly peakPages: number;
  /** Most pages beyond the target that a growing balloon came to hold. */
  readonly overshootPages: number;
  /** Pages beyond the target, times the nanoseconds for which they were. */
  readonly excessPageNs: number;
  readonly targetsReached: number;
  readonly targetsUnreached: number;
  /** From a target's setting to the balloon's having that size, added up over the targets reached. */
  readonly timeToTargetNs: number;
  readonly maxTimeToTargetNs: number;
};

/** Pages that were taken and came back, where no counter of one event tells it. */
export type RefaultObservations = {
  /** Stolen pages of zeros, of which nothing was kept. */
  readonly zeroPages: number;
  /** Pages that the guest had reported free. */
  readonly reportedPages: number;
  /** Pages that the guest gave up for its balloon. */
  readonly balloonedPages: number;
  /** Pages that the guest gave up of its own. */
  readonly guestPages: number;
};

export type RunObservations = {
  /** The largest sum of all balloons. */
  readonly peakBalloonPages: number;
  readonly decisions: number;
  /** Until the last event, by state. */
  readonly memoryStateNs: Readonly<Record<keyof typeof MemoryState, number>>;
  /** Frames saved by sharing, times the nanoseconds for which they were. */
  readonly sharingSavedPageNs: number;
};
