import type { BalloonObservations } from "../observations.ts";
import type { DerivedResults, RunOutcome } from "./outcome.ts";
import { toPageSeconds } from "./page-seconds.ts";

/** How large balloons were, and how well they followed their targets. */
export const balloonResults = {
  balloonedPages: {
    description: "Pages pinned by balloons in total.",
    unit: "pages",
    isInAllVersions: true,
    column: { title: "ballooned", rank: 80, legend: "pages that went into balloons" },
    ofVm: (vm) => vm.counter("balloonPagesPinned"),
  },
  peakBalloonPages: {
    description: "Largest balloon size at any time; of a run, the largest sum over its VMs.",
    unit: "pages",
    isInAllVersions: true,
    ofVm: ({ observed }) => observed.balloon.peakPages,
    ofRun: ({ observed }) => observed.peakBalloonPages,
  },
  balloonOvershootPages: {
    description: "Most pages beyond its target to which a balloon grew; of a run, the most of a VM.",
    unit: "pages",
    better: "lower",
    ofVm: ({ observed }) => observed.balloon.overshootPages,
    ofRun: (run) => maxOf(run, ({ overshootPages }) => overshootPages),
  },
  balloonExcessPageSeconds: {
    description:
      "Pages that balloons held beyond their targets, times the seconds for which they did, those included in which a driver had not " +
      "yet followed a lower target.",
    unit: "pageSeconds",
    better: "lower",
    ofVm: ({ observed }) => toPageSeconds(observed.balloon.excessPageNs),
  },
  balloonTargetsReached: {
    description: "Balloon targets, other than the balloon's size when they were set, whose size the balloon came to have.",
    unit: "count",
    better: "higher",
    ofVm: ({ observed }) => observed.balloon.targetsReached,
  },
  balloonTargetsUnreached: {
    description: "Balloon targets that were not reached before the next one was set, the VM ended or the run ended.",
    unit: "count",
    better: "lower",
    ofVm: ({ observed }) => observed.balloon.targetsUnreached,
  },
  balloonTimeToTargetNs: {
    description:
      "Mean time from the setting of a balloon target to the balloon's having that size, over the targets reached, in simulated ns, to " +
      "the nearest one; a driver's poll counts as one instant. Null if none was reached.",
    unit: "ns",
    better: "lower",
    ofVm: ({ observed }) => meanTime([observed.balloon]),
    ofRun: ({ vms }) => meanTime(vms.map(({ observed }) => observed.balloon)),
  },
  maxBalloonTimeToTargetNs: {
    description: "The longest of these times. Null if no target was reached.",
    unit: "ns",
    better: "lower",
    ofVm: ({ observed: { balloon } }) => (balloon.targetsReached === 0 ? null : balloon.maxTimeToTargetNs),
    ofRun: (run) =>
      run.vms.some(({ observed }) => observed.balloon.targetsReached > 0) ? maxOf(run, ({ maxTimeToTargetNs }) => maxTimeToTargetNs) : null,
  },
} as const satisfies DerivedResults;

function maxOf({ vms }: RunOutcome, of: (balloon: BalloonObservations) => number): number {
  return vms.reduce((max, { observed }) => Math.max(max, of(observed.balloon)), 0);
}

function meanTime(balloons: readonly BalloonObservations[]): number | null {
  const reached = balloons.reduce((sum, { targetsReached }) => sum + targetsReached, 0);
  const timeNs = balloons.reduce((sum, { timeToTargetNs }) => sum + timeToTargetNs, 0);
  return reached === 0 ? null : Math.round(timeNs / reached);
}
