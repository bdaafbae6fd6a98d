import { expect, test } from "vitest";
import { completeMetrics, type StoredMetrics } from "./stored-metrics.ts";

/** As the first version stored them, less what a migration takes out because it came to mean something else. */
const FIRST = {
  accesses: 480,
  simulatedNs: 1_000,
  guestMinorFaults: 4,
  guestMajorFaults: 0,
  hostMinorFaults: 4,
  hostMajorFaults: 2,
  trapCostNs: 9,
  pagesStolen: 1,
  swapOuts: 1,
  swapIns: 1,
  balloonedPages: 0,
  peakBalloonPages: 0,
  zeroedFrames: 1,
  vmsKilled: 0,
  vmsRefused: 0,
  faultBound: { faults: 6, minFaults: 5 },
  vms: [
    {
      vm: 1,
      name: "vm",
      killed: false,
      accesses: 480,
      guestMinorFaults: 4,
      guestMajorFaults: 0,
      hostMinorFaults: 4,
      hostMajorFaults: 2,
      trapCostNs: 9,
      pagesStolen: 1,
      swapOuts: 1,
      swapIns: 1,
      balloonedPages: 0,
      peakBalloonPages: 0,
      zeroedFrames: 1,
    },
  ],
} as const satisfies StoredMetrics;

test("metrics that an earlier version stored have null for what came later, and keep what they have", () => {
  const metrics = completeMetrics(FIRST);
  expect(metrics).toMatchObject({ ...FIRST, faults: 6, workNs: null, slowestWorkNs: null, traps: null, vmsCompleted: null });
  expect(metrics.vms[0]).toMatchObject({ workNs: null, traps: null, endCause: null, accesses: 480 });
});

test("VMs that an earlier version stored as killed may have been stopped: null, but for none; oracle: that version's terms", () => {
  const killed = completeMetrics({ ...FIRST, vmsKilled: 1, vms: [{ ...FIRST.vms[0], killed: true }] });
  expect([killed.vmsKilled, killed.vms[0]?.killed]).toEqual([null, null]);
  const none = completeMetrics(FIRST);
  expect([none.vmsKilled, none.vms[0]?.killed]).toEqual([0, false]);
  const told = completeMetrics({
    ...FIRST,
    vmsKilled: 1,
    vmsStopped: 0,
    vms: [{ ...FIRST.vms[0], killed: true, endCause: "HostOutOfFrames" }],
  });
  expect([told.vmsKilled, told.vms[0]?.killed]).toEqual([1, true]);
});
