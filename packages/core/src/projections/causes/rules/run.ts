import { byNumber, type EventsOf, LimitCause, MemoryState, RunEnd, valueOf, VmEnd } from "../../../events/index.ts";
import { causes, type CauseRule, decided, type EventAt, from, isA, neighbour, numberOf } from "../cause-rule.ts";
import { command } from "../commands.ts";
import { outOfFrames, outOfGuestMemory, stopOfVm, vmEnd } from "../vm-end.ts";

const started = causes([from("VmStarted", ["vm"], "The VM was switched on.")]);
const ofDecision = causes([decided("It belongs to this decision.")]);

/** From the most free memory to the least. */
const STATES = byNumber(MemoryState, { High: 0, Clear: 1, Soft: 2, Hard: 3, Low: 4 });

const run: Readonly<Record<keyof EventsOf<"run">, CauseRule>> = {
  RunStarted: causes([], "The run was started."),
  RunCompleted: (event) => valueOf(ENDS, numberOf(event, "reason"), "the reason of a run's end"),
  RunFailed: causes([], "Its message says what happened."),
  CommandAccepted: causes([], "A user gave the command."),
  ScriptedCommandSkipped: causes([], "The scenario's script had the command at this time."),
};

const ENDS = byNumber(RunEnd, {
  WorkloadsFinished: causes(
    [from(["VmFinished", "VmTerminated"], [], "With it the last work had ended.", { reach: "run" })],
    "No VM has work.",
  ),
  DurationReached: causes([], "The scenario's duration had passed."),
  Stopped: causes([command("Stop", "A command stopped the run.", { reach: "operation" })], "The scenario's script stopped the run."),
  WorkSuspended: causes([], "Every VM with work stayed suspended."),
  TimeExhausted: causes([], "The simulated time of a run was used up."),
});

const admission: CauseRule = {
  links: [command("AddVm", "A command added the VM.", { reach: "operation" })],
  until: (_, at) => isA(at, "VmAdmitted", "VmRefused", "VmStarted"),
  otherwise: "The scenario has the VM start at this time.",
};

const life: Readonly<Record<keyof EventsOf<"life">, CauseRule>> = {
  HostStarted: causes([from("RunStarted", [], "The run began.", { reach: 1 })]),
  VmAdmitted: admission,
  VmRefused: admission,
  ResourceLacked: causes([from("VmRefused", ["vm"], "It says why the VM was refused.", { reach: 1 })]),
  VmStarted: causes([from("VmAdmitted", ["vm"], "The VM was admitted.")], "The scenario has it start at this time."),
  VmTerminated: (event) => valueOf(VM_ENDS, numberOf(event, "cause"), "the cause of a VM's end"),
  VmFinished: causes([from("ProcessFinished", ["vm"], "With it the last process of the VM had finished.")]),
  ProcessStarted: started,
  ProcessFinished: causes([], "Its workload had made all of its accesses."),
  OverheadReserved: causes([from("VmAdmitted", ["vm"], "The VM was admitted."), from("HostStarted", ["vm"], "The host was switched on.")]),
  OverheadReleased: vmEnd,
  KernelPagesPinned: started,
};

const VM_ENDS = byNumber(VmEnd, {
  HostOutOfFrames: causes([outOfFrames]),
  GuestOutOfMemory: causes([outOfGuestMemory]),
  StoppedByUser: stopOfVm,
});

const TAKING = [
  "FrameMapped",
  "LargePageMapped",
  "OverheadReserved",
  "SharedPageCopied",
  "SwapPageReadAhead",
  "CompressionCacheGrown",
] as const;
const GIVING = [
  "FrameUnmapped",
  "SharedFrameUnmapped",
  "PageShared",
  "OverheadReleased",
  "CompressionCacheShrunk",
  "SwapCachePageDropped",
] as const;
/** Neither of both: from the swap cache to its page, or one of several pages that a frame backs. */
const isTaking = (_: EventAt, at: EventAt): boolean => neighbour(at, -1, "SwapCacheHit") === undefined;
const isGiving = (_: EventAt, at: EventAt): boolean => !isA(at, "SharedFrameUnmapped") || numberOf(at, "sharers") === 0;
const scarcer = causes([from(TAKING, [], "It took frames that were free.", { reach: "run", where: isTaking })]);
const ampler = causes([from(GIVING, [], "It gave frames back.", { reach: "run", where: isGiving })]);

/** Before the decisions of the same call, all of which have numbers, is what had the policy called. */
const ASKING = ["FrameShortage", "MemoryStateChanged", "IdleScanned"] as const;
const asked: CauseRule = {
  links: [
    from("FrameShortage", [], "No frame was free, so the policy was called."),
    from("MemoryStateChanged", [], "The memory state had changed, so the policy was called."),
    from("IdleScanned", [], "The policy's period had passed: accessed bits were scanned, and it was called."),
  ],
  until: (_, at) => numberOf(at, "decision") === 0 && !isA(at, ...ASKING),
  otherwise: "The policy was called at its period, or for frames that a VM needed to start.",
};

const policy: Readonly<Record<keyof EventsOf<"policy">, CauseRule>> = {
  MemoryStateChanged: (event) => (rankOf(event, "to") > rankOf(event, "from") ? scarcer : ampler),
  PolicyDecided: asked,
  PolicyFigureSeen: ofDecision,
  DecisionClamped: ofDecision,
  MemoryLimitSet: (event) =>
    numberOf(event, "cause") === LimitCause.Policy ? causes([decided("The policy decided on the limit.")]) : started,
  VmSuspended: ofDecision,
  VmResumed: (event) => (numberOf(event, "decision") === 0 ? vmEnd : ofDecision),
};

function rankOf(event: EventAt, field: "from" | "to"): number {
  return valueOf(STATES, numberOf(event, field), "a memory state");
}

const AT_SAMPLING = "The sampling period had passed, or the VM or the run ended.";

const sample: Readonly<Record<keyof EventsOf<"sample"> | keyof EventsOf<"device">, CauseRule>> = {
  Sampled: causes([], AT_SAMPLING),
  DeviceSampled: causes([], AT_SAMPLING),
  IdleScanned: causes([], "The policy's period had passed."),
  ActiveSampled: causes([], "The VM's sampling period had passed."),
  AgeScanned: causes([], "The period of scans had passed."),
};

/** Of the run, the lives of VMs, the policy and samples. */
export const RUN_RULES = { ...run, ...life, ...policy, ...sample };
