/** The numbers of a small closed set, by name. */
export type ChoiceSet = Readonly<Record<string, number>>;

/** One of the numbers of a set. */
export type ChoiceOf<Set extends ChoiceSet> = Set[keyof Set];

// The sets that events carry. A number is never used again for something else.

export const Mapping = { OneLevel: 1, TwoLevel: 2 } as const;
export type Mapping = ChoiceOf<typeof Mapping>;
export const Mmu = { None: 0, Shadow: 1, Nested: 2 } as const;
export type Mmu = ChoiceOf<typeof Mmu>;
export const TrapCause = {
  PageTableUpdate: 1,
  MissingRealMapEntry: 2,
  BalloonCall: 3,
  SampledPage: 4,
  StoreToSharedPage: 5,
  FreePageReport: 6,
} as const;
export type TrapCause = ChoiceOf<typeof TrapCause>;
export const FaultKind = { Minor: 0, Major: 1 } as const;
export type FaultKind = ChoiceOf<typeof FaultKind>;
export const HostFaultKind = { ...FaultKind, Compressed: 2, FromGuestDisk: 3, SwapCache: 4 } as const;
export type HostFaultKind = ChoiceOf<typeof HostFaultKind>;
/** An access to a page that its guest has mapped; or a guest fault, the guest's own paging, its balloon driver, a command. */
export const HostFaultNeed = { NotRecorded: 0, Access: 1, Other: 2 } as const;
export type HostFaultNeed = ChoiceOf<typeof HostFaultNeed>;
export const AccessKind = { Instruction: 0, Load: 1, Store: 2, Modify: 3 } as const;
export type AccessKind = ChoiceOf<typeof AccessKind>;
export const UnmapCause = { Replacement: 1, Balloon: 2, Exit: 3, Background: 4 } as const;
export type UnmapCause = ChoiceOf<typeof UnmapCause>;
export const FrameLossCause = { Steal: 1, Balloon: 2, Exit: 3, FreePageReport: 4 } as const;
export type FrameLossCause = ChoiceOf<typeof FrameLossCause>;
/** Why a VM was terminated. A user stops one by a command, given during the run or in the scenario's script. */
export const VmEnd = { HostOutOfFrames: 1, GuestOutOfMemory: 2, StoppedByUser: 3 } as const;
export type VmEnd = ChoiceOf<typeof VmEnd>;
export const TargetCause = { Policy: 1, Command: 2 } as const;
export type TargetCause = ChoiceOf<typeof TargetCause>;
export const VictimOrder = { Chosen: 1, Random: 2, Idle: 3, Fifo: 4, Clock: 5, Age: 6, Lru: 7, Furthest: 8 } as const;
export type VictimOrder = ChoiceOf<typeof VictimOrder>;
/** `Clear` lies between high and soft; it came later, and codes keep their meaning. */
export const MemoryState = { High: 0, Soft: 1, Hard: 2, Low: 3, Clear: 4 } as const;
export type MemoryState = ChoiceOf<typeof MemoryState>;
export const DecisionKind = {
  SetBalloonTarget: 1,
  StealPages: 2,
  SetMemoryLimit: 3,
  SuspendVm: 4,
  ResumeVm: 5,
  SharePages: 6,
  SetFreePageReporting: 7,
} as const;
export type DecisionKind = ChoiceOf<typeof DecisionKind>;
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
export type CommandKind = ChoiceOf<typeof CommandKind>;
export const ShatterCause = { FrameTaken: 1, Sharing: 2, Sampling: 3 } as const;
export type ShatterCause = ChoiceOf<typeof ShatterCause>;
export const Backing = { Anonymous: 1, File: 2, Cache: 3 } as const;
export type Backing = ChoiceOf<typeof Backing>;
export const LackedResource = { Commitment: 1, Memory: 2, Swap: 3, Frames: 4 } as const;
export type LackedResource = ChoiceOf<typeof LackedResource>;
export const LimitCause = { Scenario: 1, Policy: 2 } as const;
export type LimitCause = ChoiceOf<typeof LimitCause>;
export const RunEnd = { WorkloadsFinished: 1, DurationReached: 2, Stopped: 3, WorkSuspended: 4, TimeExhausted: 5 } as const;
export type RunEnd = ChoiceOf<typeof RunEnd>;
export const SampleMetric = { Accesses: 1, ClockNs: 2, WaitNs: 3, SuspendedNs: 4 } as const;
export type SampleMetric = ChoiceOf<typeof SampleMetric>;
/** How a balloon driver asks its guest for a page: free ones alone, or with reclaim. */
export const BalloonAllocation = { NoSleep: 1, MayReclaim: 2 } as const;
export type BalloonAllocation = ChoiceOf<typeof BalloonAllocation>;
export const DeviceKind = { HostSwap: 1, GuestDisk: 2 } as const;
export type DeviceKind = ChoiceOf<typeof DeviceKind>;
export const DeviceMetric = { BusyNs: 1, QueueNs: 2 } as const;
export type DeviceMetric = ChoiceOf<typeof DeviceMetric>;
export const ClampCause = { NothingToTake: 1, AboveCap: 2, SwapFull: 3, VmGone: 4, CannotReport: 5 } as const;
export type ClampCause = ChoiceOf<typeof ClampCause>;

/** The names of a set's numbers, in words: `MissingRealMapEntry` becomes `missing real map entry`. */
export function namesOf(choices: ChoiceSet): Readonly<Record<number, string>> {
  const words = (name: string): string => name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
  return Object.fromEntries(Object.entries(choices).map(([name, value]) => [value, words(name)]));
}
