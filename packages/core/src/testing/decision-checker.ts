import { DecisionKind, type EventBatch, EventCode, LimitCause, TargetCause } from "../events/index.ts";

const { SetBalloonTarget, StealPages, SetMemoryLimit, SuspendVm, ResumeVm, SharePages, SetFreePageReporting } = DecisionKind;

/** What an event that names a decision may be a consequence of, by its code; those left out go with any. */
const CAUSES: Readonly<Record<number, readonly number[]>> = {
  [EventCode.PageStolen]: [StealPages, SetMemoryLimit],
  [EventCode.BalloonTargetSet]: [SetBalloonTarget],
  [EventCode.BalloonTargetLearned]: [SetBalloonTarget],
  [EventCode.BalloonPagePinned]: [SetBalloonTarget],
  [EventCode.BalloonInflated]: [SetBalloonTarget],
  [EventCode.BalloonDeflated]: [SetBalloonTarget],
  [EventCode.BalloonAllocationRefused]: [SetBalloonTarget],
  [EventCode.MemoryLimitSet]: [SetMemoryLimit],
  [EventCode.VmSuspended]: [SuspendVm],
  [EventCode.VmResumed]: [ResumeVm, SetBalloonTarget, StealPages, SetMemoryLimit],
  [EventCode.SharingScanned]: [SharePages],
  [EventCode.FrameShared]: [SharePages, StealPages, SetMemoryLimit],
  [EventCode.PageShared]: [SharePages, StealPages, SetMemoryLimit],
  [EventCode.PageCompressed]: [StealPages, SetMemoryLimit],
  [EventCode.FreePagesReported]: [SetFreePageReporting],
};

/** What a balloon driver does goes back to the decision that set the target which it has learned. */
const OF_TARGET: ReadonlySet<number> = new Set([
  EventCode.BalloonPagePinned,
  EventCode.BalloonInflated,
  EventCode.BalloonDeflated,
  EventCode.BalloonAllocationRefused,
]);

/** One decision shares pages of several VMs, also when it was to steal a page of one of them. */
const SHARING: ReadonlySet<number> = new Set([EventCode.SharingScanned, EventCode.FrameShared, EventCode.PageShared]);

type Decided = { readonly kind: number; readonly vm: number };

/** Notes events that name a decision which was not made before, or does not fit them, or none where there must be one. */
export class DecisionChecker {
  private readonly decided = new Map<number, Decided>();
  /** Of each VM: the decision that its balloon's target, that which the driver knows, and its limit name; none if not set. */
  private readonly targets = new Map<number, number>();
  private readonly learned = new Map<number, number>();
  private readonly limits = new Map<number, number>();

  /** What is wrong with an event after those before it, as a sentence. */
  findFault(batch: EventBatch, i: number): string | undefined {
    const { types, vms, a, c, decisions } = batch;
    const [code, vm, decision] = [types[i], vms[i], decisions[i]];
    if (code === EventCode.PolicyDecided) this.decided.set(c[i], { kind: a[i], vm });
    if (code === EventCode.BalloonTargetSet) this.targets.set(vm, decision);
    if (code === EventCode.BalloonTargetLearned) this.learned.set(vm, decision);
    if (code === EventCode.MemoryLimitSet) this.limits.set(vm, decision);
    if (decision === 0) return this.mayNameNone(code, vm, c[i]) ? undefined : `event ${code} of VM ${vm} names no decision`;
    const known = this.decided.get(decision);
    if (known === undefined) return `event ${code} names decision ${decision}, which was not made`;
    return this.fits(code, vm, decision, known)
      ? undefined
      : `event ${code} of VM ${vm} names decision ${decision}, which is for VM ${known.vm}, of kind ${known.kind}`;
  }

  private mayNameNone(code: number, vm: number, cause: number): boolean {
    if (OF_TARGET.has(code)) return (this.learned.get(vm) ?? 0) === 0;
    switch (code) {
      case EventCode.BalloonTargetLearned:
        return (this.targets.get(vm) ?? 0) === 0;
      case EventCode.PolicyDecided:
      case EventCode.VmSuspended:
      case EventCode.SharingScanned:
        return false;
      case EventCode.BalloonTargetSet:
        return cause !== TargetCause.Policy;
      case EventCode.MemoryLimitSet:
        return cause !== LimitCause.Policy;
      case EventCode.PageStolen:
        return this.limits.get(vm) === 0;
      default:
        return true;
    }
  }

  private fits(code: number, vm: number, decision: number, { kind, vm: ofVm }: Decided): boolean {
    if (OF_TARGET.has(code) && this.learned.get(vm) !== decision) return false;
    if (code === EventCode.BalloonTargetLearned && this.targets.get(vm) !== decision) return false;
    const causes = CAUSES[code];
    return causes === undefined || (causes.includes(kind) && (ofVm === vm || SHARING.has(code)));
  }
}
