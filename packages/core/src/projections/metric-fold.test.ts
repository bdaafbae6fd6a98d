import { describe, expect, test } from "vitest";
import { Backing, EventCode, FrameLossCause, HostFaultKind, HostFaultNeed, Mapping, UnmapCause } from "../events/index.ts";
import { MetricFold, type MetricState } from "./metric-fold.ts";
import { type HostMetricName, METRICS, type VmMetricName } from "../metrics/index.ts";

type EventName = keyof typeof EventCode;
type Columns = {
  readonly vm?: number;
  readonly process?: number;
  readonly a?: number;
  readonly b?: number;
  readonly c?: number;
  readonly d?: number;
};
type Values = Partial<Record<VmMetricName | HostMetricName, number>>;

/** Before each event every metric is 1000; VM 1 was switched on at 40 ns, and the pages of its process 2 are those of a file. */
const BEFORE: MetricState = {
  mapping: Mapping.TwoLevel,
  host: METRICS.host.map(() => 1_000),
  vms: [METRICS.vm.map(() => 1_000)],
  fileProcesses: [[2]],
  startedNs: [40],
};

/** All columns differ, so that a metric that takes the wrong one is seen. */
const COLUMNS = { vm: 1, process: 0, a: 1, b: 5, c: 7, d: 11 };

function apply(fold: MetricFold, event: EventName, columns: Columns, timeNs = 100): void {
  const { vm, process, a, b, c, d } = { ...COLUMNS, ...columns };
  fold.apply(EventCode[event], timeNs, vm, process, a, b, c, d);
}

/** The metrics that are no longer 1000. */
function changed({ host, vms }: MetricFold): Values {
  const all = [...METRICS.host.map((name, place) => [name, host[place]]), ...METRICS.vm.map((name, place) => [name, vms[0][place]])];
  return Object.fromEntries(all.filter(([, value]) => value !== 1_000)) as Values;
}

/** What each event changes, by its description in docs/events.md: those that are not here change no metric. */
const CHANGES: Readonly<Partial<Record<EventName, readonly [Columns, Values]>>> = {
  HostStarted: [{ vm: 0, a: 64, b: Mapping.OneLevel }, { freePages: 64 }],
  OverheadReserved: [
    { vm: 0, a: 3, b: 5 },
    { overheadPages: 1_002, freePages: 998 },
  ],
  OverheadReleased: [
    { vm: 0, a: 3, b: 5 },
    { overheadPages: 998, freePages: 1_002 },
  ],
  MemoryStateChanged: [{ vm: 0, a: 0, b: 3 }, { memoryState: 3 }],
  VmAdmitted: [{ a: 6 }, { memoryLimitPages: 6 }],
  VmRefused: [{ a: 6 }, { memoryLimitPages: 6 }],
  VmFinished: [{}, { workNs: 11 }],
  Trapped: [{ a: 1 }, { trapPageTableUpdate: 1_001, trapCostNs: 1_011 }],
  PageMissed: [{ b: 1 }, { faults: 1_001, guestMajorFaults: 1_001 }],
  PageMapped: [{}, { mappedPages: 1_001 }],
  PageUnmapped: [{ c: UnmapCause.Replacement }, { mappedPages: 999, guestReclaimedPages: 1_001 }],
  PagePagedOut: [{}, { pageOuts: 1_001 }],
  PagePagedIn: [{}, { pageIns: 1_001 }],
  PageDropped: [{}, { pagesDropped: 1_001 }],
  GuestOutOfMemory: [{}, { guestOutOfMemory: 1_001 }],
  RefaultActivated: [{}, { refaultsActivated: 1_001 }],
  FileReadAhead: [
    { process: 2, b: 5 },
    { pagesReadAhead: 1_005, faults: 1_005 },
  ],
  BackgroundReclaimStarted: [{}, { backgroundReclaims: 1_001 }],
  BackgroundReclaimEnded: [{ b: 5 }, { backgroundReclaimPages: 1_005 }],
  DirectlyReclaimed: [{}, { directReclaims: 1_001, directReclaimNs: 1_011 }],
  HostFaulted: [
    { b: HostFaultKind.Major, c: HostFaultNeed.Access },
    { hostMajorFaults: 1_001, faults: 1_001, hostWaitNs: 1_011, swapPagesRead: 1_001 },
  ],
  FrameMapped: [{}, { residentPages: 1_001, freePages: 999 }],
  FrameUnmapped: [{ c: FrameLossCause.Balloon }, { residentPages: 999, freePages: 1_001, balloonFrames: 1_001 }],
  FrameZeroed: [{}, { framesZeroed: 1_001 }],
  FrameShortage: [{}, { frameShortages: 1_001 }],
  PageSwappedOut: [{}, { swapOuts: 1_001, swappedPages: 1_001, swapUsedPages: 1_001 }],
  PageSwappedIn: [{}, { swapIns: 1_001, swappedPages: 999, swapUsedPages: 999 }],
  SwapSlotFreed: [{}, { swappedPages: 999, swapUsedPages: 999 }],
  SilentSwapWrite: [{}, { silentSwapWrites: 1_001 }],
  StaleSwapRead: [{}, { staleSwapReads: 1_001 }],
  FalseSwapRead: [{}, { falseSwapReads: 1_001 }],
  PageUnmappedByMapper: [{}, { mapperUnmaps: 1_001, diskKeptPages: 1_001 }],
  PageReadByMapper: [{}, { mapperReads: 1_001, diskKeptPages: 999 }],
  MappedBlockForgotten: [{}, { diskKeptPages: 999 }],
  PageStolen: [{}, { pagesStolen: 1_001 }],
  PageCompressed: [{}, { pagesCompressed: 1_001, compressedPages: 1_001 }],
  PageDecompressed: [{}, { pagesDecompressed: 1_001, compressedPages: 999 }],
  CompressedPageEvicted: [{}, { compressedPagesEvicted: 1_001, compressedPages: 999 }],
  CompressedPageFreed: [{}, { compressedPages: 999 }],
  CompressionCacheGrown: [{}, { cacheFramePages: 1_001, overheadPages: 1_001, freePages: 999 }],
  CompressionCacheShrunk: [{}, { cacheFramePages: 999, overheadPages: 999, freePages: 1_001 }],
  BalloonTargetSet: [{ a: 6 }, { balloonTargetsSet: 1_001, balloonTargetPages: 6 }],
  BalloonPagePinned: [{}, { balloonPagesPinned: 1_001, balloonSizePages: 1_001 }],
  BalloonPageUnpinned: [{}, { balloonPagesUnpinned: 1_001, balloonSizePages: 999 }],
  BalloonPopped: [{}, { balloonPops: 1_001, balloonSizePages: 999 }],
  BalloonAllocationRefused: [{}, { balloonRefusals: 1_001 }],
  BalloonDeflatedOnOom: [{}, { balloonOomDeflations: 1_001 }],
  FreePagesReported: [{ b: 5 }, { reportedFrames: 1_005 }],
  PolicyDecided: [{}, { decisions: 1_001 }],
  MemoryLimitSet: [{ a: 6 }, { memoryLimitPages: 6 }],
  VmResumed: [{}, { suspendedNs: 11 }],
  Sampled: [{ a: 1 }, { accesses: 11 }],
  IdleScanned: [{}, { idleScanCostNs: 1_011 }],
  AgeScanned: [{}, { idleScanCostNs: 1_011 }],
  FrameShared: [{}, { sharedPages: 1_001, sharedFramePages: 1_001 }],
  PageShared: [{}, { sharedPages: 1_001, pagesMerged: 1_001, savedPages: 1_001, freePages: 1_001 }],
  SharedPageCopied: [{}, { sharedPages: 999, sharedPageCopies: 1_001, sharedPageCopyNs: 1_011, savedPages: 999, freePages: 999 }],
  SharedFrameUnmapped: [
    { c: FrameLossCause.Steal, d: 2 },
    { residentPages: 999, sharedPages: 999, savedPages: 999 },
  ],
  FrameUnshared: [{}, { sharedPages: 999, sharedFramePages: 999 }],
  SharingScanned: [{ a: 6 }, { sharingScannedPages: 1_006, sharingScanCostNs: 1_011 }],
  LargePageMapped: [{}, { largePagesMapped: 1_001, largePages: 1_512, residentPages: 1_512, freePages: 488 }],
  LargePageShattered: [{}, { largePagesShattered: 1_001, largePages: 488 }],
  DeviceSampled: [{ a: 2, b: 1 }, { diskBusyNs: 11 }],
  SwapClusterRead: [{}, { swapClustersRead: 1_001, swapPagesRead: 1_004 }],
  SwapPageReadAhead: [{}, { swapPagesReadAhead: 1_001, swapCachePages: 1_001, overheadPages: 1_001, freePages: 999 }],
  SwapCacheHit: [{}, { swapCacheHits: 1_001, swapCachePages: 999, overheadPages: 999, freePages: 1_001 }],
  SwapCachePageDropped: [{}, { swapReadsWasted: 1_001, swapCachePages: 999, overheadPages: 999, freePages: 1_001 }],
  SwapClusterWritten: [{}, { swapClustersWritten: 1_001 }],
};

/** The same events with other columns; a later one of a group begins where the former ended. */
const MORE_CASES: readonly (readonly [string, readonly (readonly [EventName, Columns])[], Values])[] = [
  ["a minor guest fault", [["PageMissed", { b: 0 }]], { faults: 1_001, guestMinorFaults: 1_001 }],
  [
    "a host fault for the guest's own paging",
    [["HostFaulted", { b: HostFaultKind.Minor, c: HostFaultNeed.Other }]],
    { hostMinorFaults: 1_001, hostWaitNs: 1_011 },
  ],
  [
    "a host fault from the compression cache",
    [["HostFaulted", { b: HostFaultKind.Compressed, c: HostFaultNeed.Access }]],
    { faults: 1_001, hostWaitNs: 1_011 },
  ],
  [
    "paging of a file's process",
    [
      ["PagePagedOut", { process: 2 }],
      ["PagePagedIn", { process: 2 }],
    ],
    { pageOuts: 1_001, pageIns: 1_001, filePageOuts: 1_001, filePageIns: 1_001 },
  ],
  [
    "paging of an anonymous process",
    [
      ["PagePagedOut", { process: 1 }],
      ["PagePagedIn", { process: 1 }],
    ],
    { pageOuts: 1_001, pageIns: 1_001 },
  ],
  [
    "a process whose pages are a file's",
    [
      ["ProcessStarted", { process: 3, b: Backing.File }],
      ["PagePagedIn", { process: 3 }],
    ],
    { pageIns: 1_001, filePageIns: 1_001 },
  ],
  [
    "a process with anonymous pages",
    [
      ["ProcessStarted", { process: 3, b: Backing.Anonymous }],
      ["PagePagedIn", { process: 3 }],
    ],
    { pageIns: 1_001 },
  ],
  [
    "a file that was opened",
    [
      ["FileOpened", { process: 4 }],
      ["PagePagedOut", { process: 4 }],
    ],
    { pageOuts: 1_001, filePageOuts: 1_001 },
  ],
  [
    "the last sharer of a frame",
    [["SharedFrameUnmapped", { c: FrameLossCause.Balloon, d: 0 }]],
    { residentPages: 999, sharedPages: 999, sharedFramePages: 999, freePages: 1_001, balloonFrames: 1_001 },
  ],
  ["a page given up in the background", [["PageUnmapped", { c: UnmapCause.Background }]], { mappedPages: 999, guestReclaimedPages: 1_001 }],
  ["a page given up for the balloon", [["PageUnmapped", { c: UnmapCause.Balloon }]], { mappedPages: 999, balloonReclaimedPages: 1_001 }],
  ["a page of a process that exited", [["PageUnmapped", { c: UnmapCause.Exit }]], { mappedPages: 999 }],
  ["a frame that was stolen", [["FrameUnmapped", { c: FrameLossCause.Steal }]], { residentPages: 999, freePages: 1_001 }],
  ["a guest disk's queue", [["DeviceSampled", { a: 2, b: 2 }]], { diskQueueNs: 11 }],
  [
    "the host's swap device",
    [
      ["DeviceSampled", { vm: 0, b: 1, d: 12 }],
      ["DeviceSampled", { vm: 0, b: 2, d: 13 }],
    ],
    { swapBusyNs: 12, swapQueueNs: 13 },
  ],
  [
    "samples of a VM",
    [
      ["Sampled", { a: 2, d: 12 }],
      ["Sampled", { a: 3, d: 13 }],
      ["Sampled", { a: 4, d: 14 }],
    ],
    { clockNs: 12, waitNs: 13, suspendedNs: 14 },
  ],
  ["work whose time is not recorded", [["VmFinished", { d: 0 }]], { workNs: Number.NaN }],
  [
    "work of a VM that was switched on later",
    [
      ["VmStarted", { a: 6 }],
      ["VmFinished", { d: 0 }],
    ],
    { workNs: 0 },
  ],
  [
    "a native system, which has every frame",
    [
      ["HostStarted", { vm: 0, a: 64, b: Mapping.OneLevel }],
      ["VmStarted", { a: 64 }],
    ],
    { residentPages: 1_064, memoryLimitPages: 64, freePages: 0 },
  ],
  ["overhead of a VM", [["OverheadReserved", { a: 3, b: 5 }]], { overheadPages: 1_002, freePages: 998 }],
  ["a decision about no VM", [["PolicyDecided", { vm: 0 }]], {}],
];

describe("the fold of metrics", () => {
  test.each(Object.keys(EventCode) as EventName[])("takes %s as its description has it", (name) => {
    const [columns, expected] = CHANGES[name] ?? [{}, {}];
    const fold = new MetricFold(BEFORE);
    apply(fold, name, columns);
    expect(changed(fold)).toEqual(expected);
  });

  test.each(MORE_CASES)("takes %s", (_, events, expected) => {
    const fold = new MetricFold(BEFORE);
    for (const [name, columns] of events) apply(fold, name, columns);
    expect(changed(fold)).toEqual(expected);
  });

  test("begins with nothing, and has a VM's metrics from its first event on; oracle: zeros but for what happened", () => {
    const fold = new MetricFold();
    expect([...fold.host]).toEqual(METRICS.host.map(() => 0));
    apply(fold, "PageMapped", { vm: 3 });
    expect(fold.vms.map((values) => [values.length, values.reduce((sum, value) => sum + value)])).toEqual(
      [0, 0, 1].map((sum) => [METRICS.vm.length, sum]),
    );
    apply(fold, "VmFinished", { vm: 2, d: 0 });
    expect(fold.vms[1][METRICS.vm.indexOf("workNs")]).toBeNaN();
    expect(fold.save().mapping).toBe(Mapping.TwoLevel);
  });

  test("continues from what it saved as JSON, and leaves that alone; oracle: the saved text", () => {
    const saved = new MetricFold(BEFORE).save();
    expect(saved).toEqual(BEFORE);
    const fold = new MetricFold(saved);
    apply(fold, "HostStarted", { vm: 0, a: 64, b: Mapping.OneLevel });
    apply(fold, "VmStarted", { vm: 2 });
    apply(fold, "FileOpened", { process: 9 });
    expect(saved).toEqual(BEFORE);
    const again = fold.save();
    apply(fold, "FileOpened", { process: 10 });
    expect(again).toMatchObject({ mapping: Mapping.OneLevel, fileProcesses: [[2, 9], []], startedNs: [40, 100] });
  });
});
