import { describe, expect, test } from "vitest";
import { TrapCause } from "../../../events/index.ts";
import { parseVmSpec, type VirtioBalloonSpec } from "../../../scenario/index.ts";
import { growths, inflateGuest, type ToldEvent } from "../../../testing/inflate-guest.ts";
import { references } from "../../../testing/small-scenario.ts";

const MS = 1_000_000;
const SECOND_NS = 1_000 * MS;

/** The driver with its published figures, but for these. */
function virtio(changes: Partial<VirtioBalloonSpec> = {}): VirtioBalloonSpec {
  const { balloon } = parseVmSpec({ configuredPages: 1_000, balloon: { driver: "virtio" }, processes: [] });
  if (balloon?.driver !== "virtio") throw new Error("the form gives another driver");
  return { ...balloon, ...changes };
}

function named(told: readonly ToldEvent[], name: string): ToldEvent[] {
  return told.filter((event) => event.name === name);
}

test("the published figures are those of Linux and QEMU", () => {
  // Oracle: drivers/virtio/virtio_balloon.c (256 pages a call, 200 ms, 256 pages on OOM), QEMU's deflate-on-oom=off.
  // Min watermark of 4,000 KiB: the square root of 64,000 KiB is 252 KiB, that is 63 pages.
  expect(virtio()).toEqual({
    driver: "virtio",
    notifyNs: 0,
    capFraction: 1,
    minFreePages: 63,
    batchPages: 256,
    retryNs: 200 * MS,
    deflateOnOom: false,
    oomPages: 256,
    reporting: null,
  });
});

test.each([0, 30_000])("the driver learns a target %d ns after it is set, without polls", (notifyNs) => {
  const told = inflateGuest({ balloon: virtio({ notifyNs }), configuredPages: 1_000, targets: [[5 * MS, 10]], endNs: SECOND_NS });
  expect(named(told, "BalloonTargetLearned").map(({ timeNs }) => timeNs)).toEqual([5 * MS + notifyNs]);
});

test("it takes 256 pages in a call, batch after batch, one trap for each", () => {
  const told = inflateGuest({
    balloon: virtio(),
    configuredPages: 2_000,
    targets: [
      [0, 1_000],
      [SECOND_NS, 100],
    ],
    endNs: 2 * SECOND_NS,
  });
  expect(growths(told)).toEqual([256, 256, 256, 232]);
  expect(named(told, "BalloonDeflated").map(({ a }) => a)).toEqual([256, 256, 256, 132]);
  expect(named(told, "Trapped").filter(({ a }) => a === TrapCause.BalloonCall)).toHaveLength(8);
  // Each batch costs its trap and 4.3 us a page: the next begins at its end.
  const startsNs = named(told, "BalloonInflated").map(({ timeNs }) => timeNs);
  expect(startsNs[1] - startsNs[0]).toBe(500 + 256 * 4_300);
});

test("after a refused allocation it waits 200 ms, and takes what has come free meanwhile", () => {
  // 63 pages stay free, so 937 of 1,000 are to be had; at 1 s the target falls to what there is.
  const told = inflateGuest({
    balloon: virtio(),
    configuredPages: 1_000,
    targets: [
      [0, 1_000],
      [SECOND_NS, 937],
    ],
    endNs: 2 * SECOND_NS,
  });
  expect(growths(told)).toEqual([256, 256, 256, 169]);
  const refusals = named(told, "BalloonAllocationRefused");
  expect(refusals.map(({ a }) => a)).toEqual(refusals.map(() => 63));
  expect(refusals).toHaveLength(5);
  const gaps = refusals.slice(2).map(({ timeNs }, index) => timeNs - refusals[index + 1].timeNs);
  expect(gaps).toEqual(gaps.map(() => 200 * MS));
});

test("a target that is set while the driver waits to try again is looked at when it does, not before", () => {
  // All 1,000 pages in four batches: 937 are to be had, and the refusal comes with the fourth. 50 ms later the target falls.
  const balloon = virtio();
  const first = inflateGuest({ balloon, configuredPages: 1_000, targets: [[0, 1_000]], endNs: 100 * MS });
  const [refused] = named(first, "BalloonAllocationRefused");
  const setNs = refused.timeNs + 50 * MS;
  const told = inflateGuest({
    balloon,
    configuredPages: 1_000,
    targets: [
      [0, 1_000],
      [setNs, 900],
    ],
    endNs: SECOND_NS,
  });
  const [deflated] = named(told, "BalloonDeflated");
  // Oracle: the driver's 200 ms from the end of the fourth batch, which takes a trap and 4.3 us for each of its 169 pages.
  expect(deflated.timeNs - refused.timeNs).toBe(200 * MS + 500 + 169 * 4_300);
});

describe("a guest whose pages are all in the balloon", () => {
  const work = references("w0 w1 w2 w3 w4 w5 w6 w7 0 1 2 3 4 5 6 7");
  const scene = {
    configuredPages: 20,
    vm: { virtualPages: 8 },
    workload: { kind: "phases", times: 1, phases: [{ kind: "idle", ns: 10 * MS }, work] },
    targets: [[0, 20]],
    endNs: SECOND_NS,
  } as const;

  test("runs out of memory at its first access, which ends it", () => {
    const told = inflateGuest({ ...scene, balloon: virtio({ minFreePages: 0 }) });
    expect(named(told, "GuestOutOfMemory").map(({ b }) => b)).toEqual([20]);
    expect(named(told, "VmTerminated")).toHaveLength(1);
  });

  test("gets pages back if the driver deflates on OOM, as many in one step as the driver gives, and continues", () => {
    const told = inflateGuest({ ...scene, balloon: virtio({ minFreePages: 0, deflateOnOom: true, oomPages: 5 }) });
    // Five pages for eight: the guest pages among them from then on, for the driver does not take them again by itself.
    expect(named(told, "BalloonDeflatedOnOom").map(({ a, b }) => [a, b])).toEqual([[5, 15]]);
    expect(named(told, "BalloonPageUnpinned")).toHaveLength(5);
    expect(named(told, "GuestOutOfMemory")).toEqual([]);
    expect(named(told, "PagePagedIn").length).toBeGreaterThan(0);
    expect(named(told, "VmFinished")).toHaveLength(1);
  });

  test("gives all that the balloon has if that is less than the driver would give", () => {
    const told = inflateGuest({ ...scene, balloon: virtio({ minFreePages: 0, deflateOnOom: true }) });
    expect(named(told, "BalloonDeflatedOnOom").map(({ a, b }) => [a, b])).toEqual([[20, 0]]);
  });
});
