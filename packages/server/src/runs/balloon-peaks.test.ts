import { EventBatch, EventCode } from "@ballast/core/events";
import { describe, expect, test } from "vitest";
import { BalloonPeaks } from "./balloon-peaks.ts";

function batchOf(...events: readonly (readonly [code: number, vm: number])[]): EventBatch {
  const batch = new EventBatch(1, events.length);
  for (const [code, vm] of events) batch.append(code, 0, vm, 0, 0, 0, 0, 0);
  return batch;
}

const { BalloonPagePinned, BalloonPageUnpinned, BalloonPopped, VmTerminated } = EventCode;

/** The oracle is counting by hand. */
describe("the peaks of balloons", () => {
  const first = batchOf([BalloonPagePinned, 1], [BalloonPagePinned, 1], [BalloonPageUnpinned, 1], [BalloonPagePinned, 2]);
  const second = batchOf([BalloonPopped, 1], [BalloonPagePinned, 2], [VmTerminated, 2], [BalloonPagePinned, 1]);

  test("are the most that each VM and all of them together held at a time", () => {
    const peaks = new BalloonPeaks();
    peaks.update(first);
    peaks.update(second);
    // VM 1: 1 2 1, 0, 1. VM 2: 1, 2, 0. Together: 1 2 1 2, 1 2 0 1.
    expect([peaks.ofVm(1), peaks.ofVm(2), peaks.ofVm(3), peaks.ofRun]).toEqual([2, 2, 0, 2]);
  });

  test("continue equally from what was saved", () => {
    const peaks = new BalloonPeaks();
    peaks.update(first);
    const restored = BalloonPeaks.restore(peaks.save());
    for (const each of [peaks, restored]) each.update(second);
    expect(restored.save()).toEqual(peaks.save());
  });
});
