/** The numeric code of every event type. A code is never used again for something else. */
export const EventCode = {
  RunStarted: 1,
  RunCompleted: 2,
  RunFailed: 3,
  CommandAccepted: 4,
  OverheadReleased: 5,

  HostStarted: 10,
  VmAdmitted: 11,
  VmRefused: 12,
  VmStarted: 13,
  VmKilled: 14,
  VmFinished: 15,
  ProcessStarted: 16,
  ProcessFinished: 17,
  OverheadReserved: 18,
  KernelPagesPinned: 19,

  Trapped: 20,

  PageHit: 30,
  PageMissed: 31,
  PageMapped: 32,
  PageUnmapped: 33,

  PagePagedOut: 40,
  PagePagedIn: 41,
  PageDropped: 42,
  GuestOutOfMemory: 43,
  RefaultActivated: 44,
  FileOpened: 45,
  FileReadAhead: 46,
  BackgroundReclaimStarted: 47,
  BackgroundReclaimEnded: 48,
  DirectlyReclaimed: 49,

  HostFaulted: 50,
  FrameMapped: 51,
  FrameUnmapped: 52,
  FrameZeroed: 53,
  FrameShortage: 54,

  PageSwappedOut: 60,
  PageSwappedIn: 61,
  SwapSlotFreed: 62,

  PageStolen: 70,

  BalloonTargetSet: 80,
  BalloonTargetLearned: 81,
  BalloonPagePinned: 82,
  BalloonPageUnpinned: 83,
  BalloonPopped: 84,
  BalloonInflated: 85,
  BalloonDeflated: 86,
  BalloonAllocationRefused: 87,
  BalloonDeflatedOnOom: 88,
  FreePagesReported: 89,

  MemoryStateChanged: 90,
  PolicyDecided: 91,
  PolicyFigureSeen: 92,
  DecisionClamped: 93,
  MemoryLimitSet: 94,
  VmBlocked: 95,
  VmUnblocked: 96,
  ResourceLacked: 97,

  Sampled: 100,
  IdleScanned: 101,
  ActiveSampled: 102,
  AgeScanned: 103,

  ImageAttached: 110,

  DeviceSampled: 125,
  FrameShared: 111,
  PageShared: 112,
  SharedPageCopied: 113,
  SharedFrameUnmapped: 114,
  FrameUnshared: 115,
  SharingScanned: 116,

  LargePageMapped: 117,
  LargePageShattered: 118,
} as const;

export type EventCodeName = keyof typeof EventCode;
