import { isDeepStrictEqual } from "node:util";
import { applyBatch, MachineTables } from "@ballast/core/memory";
import { RunObserver } from "@ballast/core/projections";
import { expect, test } from "vitest";
import { HAND_COMPUTED_RUN } from "./hand-computed-run.fixture.ts";
import { type RunMetrics, summariseRun } from "./run-metrics.ts";

/** Cut into parts, the state of the fold saved and loaded between them, as a run that is killed and continued has it. */
function summarise(eventsAtOnce: number): RunMetrics {
  const machine = new MachineTables();
  let observer = new RunObserver();
  for (let from = 0; from < HAND_COMPUTED_RUN.length; from += eventsAtOnce) {
    const part = HAND_COMPUTED_RUN.slice(from, Math.min(HAND_COMPUTED_RUN.length, from + eventsAtOnce));
    applyBatch(machine, part);
    observer.update(part);
    observer = new RunObserver(structuredClone(observer.save()));
  }
  return summariseRun(machine, observer, null);
}

const NS = 1e-9;

test("every result of a run of a few dozen events is what counting the events by hand gives", () => {
  const metrics = summarise(HAND_COMPUTED_RUN.length);
  const [first, second] = metrics.vms;
  expect(first).toMatchObject({
    accesses: 6,
    shares: 1_000,
    workNs: 1_200_000,
    // 500 ns at 1, 2, 400, 600 and 1,150 us; the balloon's call.
    traps: 6,
    trapCostNs: 5 * 500 + 1_000,
    guestMinorFaults: 3,
    guestMajorFaults: 2,
    hostMinorFaults: 4,
    hostMajorFaults: 2,
    faults: 3 + 2 + 1,
    // 90 us from the guest's disk, 120 us from the swap, 5 us of direct reclaim in which the 4 us of the swap are, 10 us from the disk.
    stalledAccesses: 4,
    stallNs: 90_000 + 120_000 + 5_000 + 10_000,
    // Ascending: 5, 10, 90, 120. The ranks are ceil(4 x 0.5) = 2, ceil(4 x 0.95) = 4 and ceil(4 x 0.99) = 4.
    stallP50Ns: 10_000,
    stallP95Ns: 120_000,
    stallP99Ns: 120_000,
    maxStallNs: 120_000,
    pagesStolen: 2,
    pagesStolenToSwap: 2,
    zeroPagesStolen: 0,
    balloonedPages: 3,
    balloonFrames: 1,
    balloonReclaimedPages: 1,
    guestReclaimedPages: 1,
    pagesMerged: 1,
    // Twice from the swap, and what the balloon had taken.
    refaults: 2 + 1,
    balloonRefaults: 1,
    zeroPageRefaults: 0,
    guestRefaults: 1,
    swapWrittenBytes: 2 * 4096,
    swapReadBytes: 2 * 4096,
    diskReadBytes: 2 * 4096,
    diskWrittenBytes: 2 * 4096,
    zeroedBytes: 3 * 4096,
    // 3 pages at a target of 2, from 200 to 300 us.
    peakBalloonPages: 3,
    balloonOvershootPages: 1,
    balloonExcessPageSeconds: 100_000 * NS,
    // 2 pages, set at 100 us, at the poll of 200 us; never the 5 pages.
    balloonTargetsReached: 1,
    balloonTargetsUnreached: 1,
    balloonTimeToTargetNs: 100_000,
    maxBalloonTimeToTargetNs: 100_000,
    decisions: 1,
  });
  expect(second).toMatchObject({
    killed: true,
    shares: 2_000,
    workNs: null,
    accesses: 2,
    stalledAccesses: 1,
    stallP50Ns: 90_000,
    zeroPagesStolen: 1,
    refaults: 1,
    zeroPageRefaults: 1,
    diskReadBytes: 4096,
    balloonTimeToTargetNs: null,
    decisions: 0,
  });
  // Pages without a frame of 8, over the spans in which 0, 1, 2, 1, 2, 1, 2, 1, 2, 3 pages had one.
  const unbacked = 8 * 1 + 7 * 1 + 6 * 198 + 7 * 200 + 6 * 100 + 7 * 100 + 6 * 450 + 7 * 50 + 6 * 50 + 5 * 50;
  expect(first?.unbackedPageSeconds).toBeCloseTo(unbacked * 1_000 * NS, 12);
  // Of 4, over 0, 1, 0, 1; it ends at 1,000 us.
  expect(second?.unbackedPageSeconds).toBeCloseTo((4 * 3 + 3 * 797 + 4 * 50 + 3 * 150) * 1_000 * NS, 12);
  expect(metrics).toMatchObject({
    // 5, 10, 90, 90, 120 us: the third is the median.
    stalledAccesses: 5,
    stallP50Ns: 90_000,
    stallP99Ns: 120_000,
    maxStallNs: 120_000,
    refaults: 4,
    zeroedBytes: 4 * 4096,
    balloonOvershootPages: 1,
    balloonTimeToTargetNs: 100_000,
    decisions: 2,
    vmsKilled: 1,
    // Until 100 us, until 900 us, until 1,200 us.
    highStateNs: 100_000,
    softStateNs: 800_000,
    lowStateNs: 300_000,
    clearStateNs: 0,
    hardStateNs: 0,
  });
  // 8 accesses in 1.2 ms; one frame from 1,160 to 1,200 us.
  expect(metrics.hostAccessesPerSecond).toBeCloseTo(8 / 0.0012, 6);
  expect(metrics.sharingSavedPageSeconds).toBeCloseTo(40_000 * NS, 12);
});

test("results do not depend on where a run was cut and continued; oracle: the run in one piece", () => {
  const whole = summarise(HAND_COMPUTED_RUN.length);
  for (const eventsAtOnce of [1, 7, 40]) expect(isDeepStrictEqual(summarise(eventsAtOnce), whole), `${eventsAtOnce}`).toBe(true);
});
