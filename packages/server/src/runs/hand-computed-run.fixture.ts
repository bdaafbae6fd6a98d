import {
  AccessKind,
  Backing,
  BalloonPagePinned,
  BalloonPageUnpinned,
  BalloonTargetSet,
  CATALOGUE_VERSION,
  DecisionKind,
  DirectlyReclaimed,
  EventBatch,
  type EventType,
  FaultKind,
  FrameLossCause,
  FrameMapped,
  FrameShared,
  FrameUnmapped,
  FrameZeroed,
  HostFaulted,
  HostFaultKind,
  HostFaultNeed,
  HostStarted,
  type KnownEvents,
  knownEvents,
  Mapping,
  MemoryState,
  MemoryStateChanged,
  Mmu,
  PageMapped,
  PageMissed,
  PagePagedIn,
  PagePagedOut,
  PageShared,
  PageStolen,
  PageSwappedIn,
  PageSwappedOut,
  PageUnmapped,
  PolicyDecided,
  ProcessStarted,
  RunCompleted,
  RunEnd,
  RunStarted,
  SampleMetric,
  Sampled,
  TargetCause,
  TrapCause,
  Trapped,
  UnmapCause,
  VictimOrder,
  VmAdmitted,
  VmEnd,
  VmFinished,
  VmStarted,
  VmTerminated,
  writeValues,
} from "@ballast/core/events";

type Recorder = (type: EventType, ...values: readonly number[]) => void;

/** What the metrics take from it. */
const SCENARIO = JSON.stringify({
  vms: [
    { name: "second", shares: 2_000 },
    { name: "first", shares: 1_000 },
  ],
});

/** One after the other; `at` gives the time of the events that follow. */
function record(tell: (at: (timeNs: number) => void, event: Recorder) => void): KnownEvents {
  const batch = new EventBatch(1, 128);
  let nowNs = 0;
  batch.texts.push("first", "second", "process", "because", SCENARIO, "{}");
  tell(
    (timeNs) => (nowNs = timeNs),
    (type, ...[first, second, third, fourth, fifth, sixth]) =>
      writeValues(batch, type, nowNs, 0, first, second, third, fourth, fifth, sixth),
  );
  return knownEvents(batch);
}

const [FIRST, SECOND] = [1, 2] as const;
const PROCESS = 1;

/**
 * A run of 1.2 ms on a host with 64 frames: the first VM has 8 pages and a balloon, and completes its work; the second has 4 pages, and
 * is killed at 1 ms. Every number of the metrics can be counted here.
 */
export const HAND_COMPUTED_RUN: KnownEvents = record((at, event) => {
  event(RunStarted, 5, 6, CATALOGUE_VERSION, 1);
  event(HostStarted, 64, Mapping.TwoLevel, Mmu.Nested, 128);
  event(VmAdmitted, FIRST, 8, 0, 1, 8);
  event(VmStarted, FIRST, 8, 1);
  event(ProcessStarted, FIRST, PROCESS, 8, Backing.Anonymous, 3);
  event(VmAdmitted, SECOND, 4, 0, 2, 12);
  event(VmStarted, SECOND, 4, 2);
  event(ProcessStarted, SECOND, PROCESS, 4, Backing.File, 3);

  const firstTouch = (vm: number, virtual: number, real: number, fault: FaultKind): void => {
    event(PageMissed, vm, PROCESS, virtual, fault, AccessKind.Store);
    event(PageMapped, vm, PROCESS, virtual, real);
    event(Trapped, vm, PROCESS, TrapCause.MissingRealMapEntry, virtual, real, 500);
    event(HostFaulted, vm, real, HostFaultKind.Minor, HostFaultNeed.Other, 0);
  };
  const stealToSwap = (real: number, frame: number): void => {
    event(PageStolen, FIRST, real, frame, VictimOrder.Random);
    event(PageSwappedOut, FIRST, real, frame, 0, 9);
    event(FrameUnmapped, FIRST, real, frame, FrameLossCause.Steal);
  };

  at(1_000);
  firstTouch(FIRST, 0, 0, FaultKind.Minor);
  event(FrameMapped, FIRST, 0, 0);
  at(2_000);
  firstTouch(FIRST, 1, 1, FaultKind.Minor);
  event(FrameMapped, FIRST, 1, 1);
  at(3_000);
  firstTouch(SECOND, 0, 0, FaultKind.Major);
  event(FrameMapped, SECOND, 0, 2);
  event(PagePagedIn, SECOND, PROCESS, 0, 0, 90, 7);

  at(100_000);
  event(MemoryStateChanged, MemoryState.High, MemoryState.Soft, 61);
  event(PolicyDecided, 0, DecisionKind.SharePages, 4, 1, 0);
  event(PolicyDecided, FIRST, DecisionKind.SetBalloonTarget, 4, 2, 2);
  event(BalloonTargetSet, FIRST, 2, 0, TargetCause.Policy);

  // The driver takes one page of the process and two free ones, of which the third is beyond the target.
  at(200_000);
  event(PagePagedOut, FIRST, PROCESS, 1, 1, 5);
  event(PageUnmapped, FIRST, PROCESS, 1, 1, UnmapCause.Balloon);
  event(BalloonPagePinned, FIRST, 1);
  event(BalloonPagePinned, FIRST, 2);
  event(BalloonPagePinned, FIRST, 3);
  event(Trapped, FIRST, 0, TrapCause.BalloonCall, -1, -1, 1_000);
  event(FrameUnmapped, FIRST, 1, 1, FrameLossCause.Balloon);
  at(300_000);
  event(BalloonPageUnpinned, FIRST, 3);

  // What the balloon took comes back from the guest's disk.
  at(400_000);
  firstTouch(FIRST, 1, 3, FaultKind.Major);
  event(FrameZeroed, FIRST, 1);
  event(FrameMapped, FIRST, 3, 1);
  event(PagePagedIn, FIRST, PROCESS, 1, 3, 90, 5);

  // What was stolen comes back from the host's swap.
  at(500_000);
  stealToSwap(0, 0);
  at(600_000);
  event(Trapped, FIRST, PROCESS, TrapCause.MissingRealMapEntry, 0, 0, 500);
  event(HostFaulted, FIRST, 0, HostFaultKind.Major, HostFaultNeed.Access, 120_000);
  event(FrameZeroed, FIRST, 0);
  event(FrameMapped, FIRST, 0, 0);
  event(PageSwappedIn, FIRST, 0, 0, 0, 9);

  // A target that is replaced before it is reached, by one that the balloon has already.
  at(700_000);
  event(BalloonTargetSet, FIRST, 5, 2, TargetCause.Command);
  at(750_000);
  event(BalloonTargetSet, FIRST, 2, 5, TargetCause.Command);

  // A page of zeros is stolen, so that nothing is kept, and comes back.
  at(800_000);
  event(PageStolen, SECOND, 0, 2, VictimOrder.Random);
  event(FrameUnmapped, SECOND, 0, 2, FrameLossCause.Steal);
  at(850_000);
  event(Trapped, SECOND, PROCESS, TrapCause.MissingRealMapEntry, 0, 0, 500);
  event(HostFaulted, SECOND, 0, HostFaultKind.Minor, HostFaultNeed.Access, 0);
  event(FrameZeroed, SECOND, 2);
  event(FrameMapped, SECOND, 0, 2);
  at(900_000);
  event(MemoryStateChanged, MemoryState.Soft, MemoryState.Low, 1);
  at(1_000_000);
  event(FrameUnmapped, SECOND, 0, 2, FrameLossCause.Exit);
  event(Sampled, SECOND, SampleMetric.Accesses, 2);
  event(VmTerminated, SECOND, VmEnd.GuestOutOfMemory);

  // Direct reclaim writes a page that was stolen: its wait contains that of the host fault (double paging).
  at(1_050_000);
  stealToSwap(0, 0);
  at(1_100_000);
  event(PageMissed, FIRST, PROCESS, 3, FaultKind.Minor, AccessKind.Store);
  event(HostFaulted, FIRST, 0, HostFaultKind.Major, HostFaultNeed.Other, 4_000);
  event(FrameZeroed, FIRST, 0);
  event(FrameMapped, FIRST, 0, 0);
  event(PageSwappedIn, FIRST, 0, 0, 0, 9);
  event(PagePagedOut, FIRST, PROCESS, 0, 0, 9);
  event(PageUnmapped, FIRST, PROCESS, 0, 0, UnmapCause.Replacement);
  event(DirectlyReclaimed, FIRST, PROCESS, 3, 0, 5_000);
  event(PageMapped, FIRST, PROCESS, 3, 0);
  at(1_150_000);
  firstTouch(FIRST, 0, 5, FaultKind.Major);
  event(FrameMapped, FIRST, 5, 3);
  event(PagePagedIn, FIRST, PROCESS, 0, 5, 10, 9);
  at(1_160_000);
  event(FrameShared, FIRST, 3, 1, 5);
  event(PageShared, FIRST, 5, 3, 1, 5);

  at(1_200_000);
  event(VmFinished, FIRST, 1_200_000);
  event(Sampled, FIRST, SampleMetric.Accesses, 6);
  event(RunCompleted, RunEnd.WorkloadsFinished);
});
