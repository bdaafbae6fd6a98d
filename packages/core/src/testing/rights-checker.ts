import { type EventBatch, EventCode } from "../events/index.ts";
import { LARGE_PAGE_PAGES } from "../ids/index.ts";

/** Counts on its own what each VM holds, and notes when one gets beyond what the policy lets it have or do. */
export class RightsChecker {
  private readonly limits = new Map<number, number>();
  /** Frames that a VM holds for itself: shared ones have no owner. */
  private readonly own = new Map<number, number>();
  private readonly suspended = new Set<number>();
  private swapPages = 0;
  private swapUsedPages = 0;

  /** What is wrong with an event after those before it, as a sentence. */
  findFault(batch: EventBatch, i: number): string | undefined {
    const vm = batch.vms[i];
    switch (batch.types[i]) {
      case EventCode.HostStarted:
        this.swapPages = batch.d[i];
        return undefined;
      case EventCode.MemoryLimitSet:
        this.limits.set(vm, batch.a[i]);
        return undefined;
      case EventCode.PageSwappedOut:
        this.swapUsedPages++;
        return undefined;
      case EventCode.PageSwappedIn:
      case EventCode.SwapSlotFreed:
        this.swapUsedPages--;
        return undefined;
      case EventCode.FrameUnmapped:
      case EventCode.FrameShared:
      case EventCode.PageShared:
        this.own.set(vm, (this.own.get(vm) ?? 0) - 1);
        return undefined;
      case EventCode.LargePageMapped:
        return this.findLimitFault(vm, LARGE_PAGE_PAGES);
      case EventCode.FrameMapped:
      case EventCode.SharedPageCopied:
      case EventCode.FrameUnshared:
        return this.findLimitFault(vm, 1);
      default:
        return this.findSuspensionFault(batch.types[i], vm);
    }
  }

  private findLimitFault(vm: number, pages: number): string | undefined {
    const own = (this.own.get(vm) ?? 0) + pages;
    this.own.set(vm, own);
    // A page is needed all the same: at a limit of 0 too, and when the swap cannot take one for it.
    const limit = Math.max(1, this.limits.get(vm) ?? Number.POSITIVE_INFINITY);
    if (own <= limit || this.swapUsedPages === this.swapPages) return undefined;
    return `VM ${vm} gets its frame ${own} at a limit of ${limit}`;
  }

  private findSuspensionFault(code: number, vm: number): string | undefined {
    if (code === EventCode.VmSuspended) this.suspended.add(vm);
    else if (code === EventCode.VmResumed) this.suspended.delete(vm);
    else if ((code === EventCode.PageMissed || code === EventCode.PageHit) && this.suspended.has(vm)) {
      return `VM ${vm} makes an access while it is suspended`;
    }
    return undefined;
  }
}
