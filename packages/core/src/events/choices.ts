/** Small closed sets of numbers that events carry, each with its names in the catalogue. */
export const Mapping = { OneLevel: 1, TwoLevel: 2 } as const;
export const Mmu = { None: 0, Shadow: 1, Nested: 2 } as const;
export const TrapCause = {
  PageTableUpdate: 1,
  MissingRealMapEntry: 2,
  BalloonCall: 3,
  SampledPage: 4,
  StoreToSharedPage: 5,
  FreePageReport: 6,
} as const;
export const FaultKind = { Minor: 0, Major: 1 } as const;
export const HostFaultKind = { ...FaultKind, Compressed: 2, FromGuestDisk: 3, SwapCache: 4 } as const;
/** An access to a page that its guest has mapped; or a guest fault, the guest's own paging, its balloon driver, a command. */
export const HostFaultNeed = { NotRecorded: 0, Access: 1, Other: 2 } as const;
export const AccessKind = { Instruction: 0, Load: 1, Store: 2, Modify: 3 } as const;
export const UnmapCause = { Replacement: 1, Balloon: 2, Exit: 3, Background: 4 } as const;
export const FrameLossCause = { Steal: 1, Balloon: 2, Exit: 3, FreePageReport: 4 } as const;
/** Why a VM was terminated. A user stops one by a command, at once or in the scenario's script. */
export const VmEnd = { HostOutOfFrames: 1, GuestOutOfMemory: 2, StoppedByUser: 3 } as const;
export const TargetCause = { Policy: 1, Command: 2 } as const;
export const VictimOrder = { Chosen: 1, Random: 2, Idle: 3, Fifo: 4, Clock: 5, Age: 6, Lru: 7, Furthest: 8 } as const;
/** `Clear` lies between high and soft; it came later, and codes keep their meaning. */
export const MemoryState = { High: 0, Soft: 1, Hard: 2, Low: 3, Clear: 4 } as const;
export const DecisionKind = {
  SetBalloonTarget: 1,
  StealPages: 2,
  SetMemoryLimit: 3,
  BlockVm: 4,
  UnblockVm: 5,
  SharePages: 6,
  SetFreePageReporting: 7,
} as const;
export const CommandKind = {
  Pause: 1,
  Resume: 2,
  Step: 3,
  Stop: 4,
  TouchPage: 5,
  TouchRealPage: 6,
  SetBalloonTarget: 7,
  AddVm: 8,
  StopVm: 9,
} as const;
export const ShatterCause = { FrameTaken: 1, Sharing: 2, Sampling: 3 } as const;
export const Backing = { Anonymous: 1, File: 2, Cache: 3 } as const;
export const LackedResource = { Commitment: 1, Memory: 2, Swap: 3, Frames: 4 } as const;
export const LimitCause = { Scenario: 1, Policy: 2 } as const;
export const RunEnd = { WorkloadsFinished: 1, DurationReached: 2, Stopped: 3, WorkBlocked: 4, TimeExhausted: 5 } as const;
export const SampleMetric = { Accesses: 1, ClockNs: 2, WaitNs: 3, BlockedNs: 4 } as const;
/** How a balloon driver asks its guest for a page: free ones alone, or with reclaim. */
export const BalloonAllocation = { NoSleep: 1, MayReclaim: 2 } as const;
export const DeviceKind = { HostSwap: 1, GuestDisk: 2 } as const;
export const DeviceMetric = { BusyNs: 1, QueueNs: 2 } as const;
export const ClampCause = { NothingToTake: 1, AboveCap: 2, SwapFull: 3, VmGone: 4, CannotReport: 5 } as const;

/** The names of a set's numbers, in words: `MissingRealMapEntry` becomes `missing real map entry`. */
export function namesOf(choices: Readonly<Record<string, number>>): Readonly<Record<number, string>> {
  const words = (name: string): string => name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
  return Object.fromEntries(Object.entries(choices).map(([name, value]) => [value, words(name)]));
}
