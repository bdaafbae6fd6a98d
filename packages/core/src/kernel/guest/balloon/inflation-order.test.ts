import { expect, test } from "vitest";
import type { BalloonSpec, VmSpec } from "../../../scenario/index.ts";
import { inflateGuest } from "../../../testing/inflate-guest.ts";
import { smallVm } from "../../../testing/small-scenario.ts";

const MS = 1_000_000;

const DRIVERS: readonly BalloonSpec[] = [
  { driver: "simple", pollNs: 10 * MS, pollPages: 1_000, capFraction: 1 },
  {
    driver: "vmware",
    pollNs: 10 * MS,
    capFraction: 1,
    minFreePages: 0,
    noSleepPages: 100,
    allocLeastPages: 100,
    allocMostPages: 100,
    allocStepPages: 1,
    slowPolls: 4,
    freePages: 100,
  },
  {
    driver: "virtio",
    notifyNs: 0,
    capFraction: 1,
    minFreePages: 0,
    batchPages: 7,
    retryNs: 200 * MS,
    deflateOnOom: false,
    oomPages: 1,
    reporting: null,
  },
];

/** Ten pages of a file read, and ten anonymous pages written, as Linux's replacement knows them. */
function mixedGuest(): Partial<VmSpec> {
  const [process] = smallVm("guest", 40, { kind: "sequential", firstPage: 0, pages: 10, writeRatio: 0 }, { virtualPages: 10 }).processes;
  const written = { kind: "sequential", firstPage: 0, pages: 10, writeRatio: 1 } as const;
  const processes: VmSpec["processes"] = [
    { ...process, name: "reader", backing: "file" },
    { ...process, name: "writer", workload: written },
  ];
  return { replacement: "two-list", swappiness: 60, kernelPages: 5, processes };
}

test.each(DRIVERS)("inflation takes free pages, then drops clean ones, then pages dirty ones out: $driver", (balloon) => {
  // Of 40 pages 5 are the kernel's, 20 in use and 15 free.
  const told = inflateGuest({ balloon, configuredPages: 40, vm: mixedGuest(), targets: [[5 * MS, 35]], endNs: 500 * MS });
  const taking = { PageDropped: "clean", PagePagedOut: "dirty", BalloonPagePinned: "pin" } as const;
  const steps = told.flatMap(({ name }) => (name in taking ? [taking[name as keyof typeof taking]] : []));
  const times = (count: number, ...sequence: string[]): string[] => Array.from({ length: count }, () => sequence).flat();
  const expected = [...times(15, "pin"), ...times(10, "clean", "pin"), ...times(10, "dirty", "pin")];
  // The loop of vmware counts the round that failed: one page less, see its test.
  expect(steps).toEqual(balloon.driver === "vmware" ? expected.slice(0, -2) : expected);
});

test.each(DRIVERS)("a guest of which nothing is left runs out of memory at its next access, and no sooner: $driver", (balloon) => {
  const access = {
    kind: "phases",
    times: 1,
    phases: [
      { kind: "idle", ns: 100 * MS },
      { kind: "sequential", firstPage: 0, pages: 1, writeRatio: 1 },
    ],
  } as const;
  const told = inflateGuest({ balloon, configuredPages: 8, workload: access, targets: [[0, 8]], endNs: 500 * MS });
  const outOfMemory = told.find(({ name }) => name === "GuestOutOfMemory");
  expect(outOfMemory?.b).toBe(8);
  expect(outOfMemory?.timeNs).toBeGreaterThanOrEqual(100 * MS);
});
