import { Backing, EventBatch, EventCode, FaultKind, FrameLossCause, HostFaultKind, Mapping, Mmu, TrapCause } from "@ballast/core/events";
import { NO_PAGE } from "@ballast/core/ids";
import { applyEvent, Kept, MachineTables, RealUse, type VmTables } from "@ballast/core/memory";
import { Prng } from "@ballast/core/prng";
import { NumberStack } from "./number-stack.ts";
import { SyntheticSharing } from "./synthetic-sharing.ts";

export type SyntheticOptions = {
  readonly seed: number;
  readonly framePages: number;
  readonly vms: number;
  /** Sum of configured pages over frames, above 1. */
  readonly overcommitment?: number;
  /** Whether frames are shared too; false if not given. */
  readonly sharing?: boolean;
  /** Frames that are given to VMs, drawn one by one, before anything else happens; 0 if not given. */
  readonly filledFrames?: number;
};

const OVERHEAD_PAGES = 16;
const KERNEL_PAGES = 8;
const PROCESSES = 2;

/**
 * Histories as a kernel could write them, made at millions of events a second: VMs whose processes touch pages, guests
 * that replace, a host that steals and swaps, balloons. Everything follows from the seed. Not a simulation: who touches
 * what and which page goes is drawn, but the machine accepts every event.
 */
export class SyntheticHistory {
  /** The tables after all events so far. */
  readonly machine = new MachineTables();
  private batch = new EventBatch(1, 0);
  private timeNs = 0;
  private decision = 0;
  private readonly prng: Prng;
  private readonly freeFrames: NumberStack;
  private readonly freeSlots: NumberStack;
  private readonly freeReal: NumberStack[] = [];
  private readonly pinned: NumberStack[] = [];
  /** Frames of the swap cache, by slot. */
  private readonly cached = new Map<number, number>();
  private readonly options: SyntheticOptions;
  private readonly sharing: SyntheticSharing;

  constructor(options: SyntheticOptions) {
    this.options = options;
    this.prng = Prng.named(options.seed, "synthetic-history");
    this.freeFrames = NumberStack.range(OVERHEAD_PAGES, options.framePages);
    this.freeSlots = NumberStack.range(0, options.framePages * 4);
    this.sharing = new SyntheticSharing(this.machine, this.prng, this.freeFrames, (...event) => this.emit(...event));
  }

  /** The next events: at least `count`, a few more to finish an action. */
  next(count: number): EventBatch {
    this.batch = new EventBatch(this.machine.position + 1, count + 64, this.machine.texts.length);
    if (this.machine.position === 0) this.start();
    while (this.batch.length < count) if (!this.fill()) this.act();
    return this.batch;
  }

  private start(): void {
    const { framePages, vms, overcommitment = 1.5 } = this.options;
    this.emit(EventCode.RunStarted, 0, 0, this.text('{"scenario":"synthetic"}'), this.text('{"policy":"drawn"}'), 1, this.options.seed);
    this.emit(EventCode.HostStarted, 0, 0, framePages, Mapping.TwoLevel, Mmu.Nested, framePages * 4);
    this.emit(EventCode.OverheadReserved, 0, 0, 0, OVERHEAD_PAGES, 0, 0);
    const pages = Math.floor((framePages * overcommitment) / vms);
    for (let vm = 1; vm <= vms; vm++) this.startVm(vm, pages);
  }

  private startVm(vm: number, pages: number): void {
    const name = this.text(`vm-${vm}`);
    this.emit(EventCode.VmAdmitted, vm, 0, pages, 0, name, pages * vm);
    this.emit(EventCode.VmStarted, vm, 0, pages, 0, name, 0);
    this.emit(EventCode.KernelPagesPinned, vm, 0, 0, KERNEL_PAGES, 0, 0);
    for (let process = 1; process <= PROCESSES; process++) {
      const backing = process === 1 ? Backing.Anonymous : Backing.File;
      this.emit(EventCode.ProcessStarted, vm, process, Math.ceil(pages * 0.6), backing, this.text(`process-${vm}-${process}`), 0);
    }
    this.freeReal[vm] = NumberStack.range(KERNEL_PAGES, pages);
    this.pinned[vm] = NumberStack.empty(pages);
  }

  /** The next page of a process that is drawn gets a frame; false if enough of them have one. */
  private fill(): boolean {
    const { framePages, filledFrames = 0 } = this.options;
    if (framePages - OVERHEAD_PAGES - this.freeFrames.size >= filledFrames || this.freeFrames.size === 0) return false;
    const vm = this.machine.vm(this.prng.nextBelow(this.machine.vms.length) + 1);
    const process = vm.process(this.prng.nextBelow(PROCESSES) + 1);
    const real = process.mappedPages < process.virtualPages ? this.freeReal[vm.vm]!.pop() : undefined;
    if (real === undefined) return true;
    this.emit(EventCode.PageMapped, vm.vm, process.process, process.mappedPages, real, 0, 0);
    this.emit(EventCode.FrameMapped, vm.vm, 0, real, this.freeFrames.pop()!, 0, 0);
    return true;
  }

  private act(): void {
    this.timeNs += this.prng.nextBelow(4_000);
    const draw = this.prng.nextBelow(10_000);
    const vm = this.machine.vm(this.prng.nextBelow(this.machine.vms.length) + 1);
    if (this.options.sharing === true && draw % 8 === 0) this.sharing.share();
    if (draw < 9_600) this.touch(vm, this.prng.nextBelow(PROCESSES) + 1);
    else if (draw < 9_750) this.pin(vm);
    else if (draw < 9_800) this.unpin(vm);
    else if (draw < 9_850) this.readAhead(vm);
    else if (draw < 9_990) this.emit(EventCode.Sampled, vm.vm, 0, 1 + this.prng.nextBelow(4), 0, 0, this.timeNs);
    else this.decide(vm);
  }

  /** Half of the touches go to the first eighth of the address space. */
  private touch(vm: VmTables, number: number): void {
    const process = vm.process(number);
    const span = this.prng.nextBelow(2) === 0 ? process.virtualPages : Math.ceil(process.virtualPages / 8);
    const virtual = this.prng.nextBelow(span);
    let real = process.pageTable[virtual]!;
    if (real === NO_PAGE) {
      this.emit(EventCode.PageMissed, vm.vm, number, virtual, FaultKind.Minor, 1, 0);
      real = this.takeRealPage(vm);
      if (real === NO_PAGE) return;
      this.emit(EventCode.PageMapped, vm.vm, number, virtual, real, 0, 0);
    }
    if (this.options.sharing === true && virtual % 2 === 0) this.sharing.store(vm, real);
    if (vm.realMap[real] === NO_PAGE) this.backWithFrame(vm, number, virtual, real);
    else this.emit(EventCode.PageHit, vm.vm, number, virtual, real, vm.realMap[real]!, 1);
  }

  private takeRealPage(vm: VmTables): number {
    const free = this.freeReal[vm.vm]!.pop();
    if (free !== undefined) return free;
    const victim = KERNEL_PAGES + this.prng.nextBelow(vm.configuredPages - KERNEL_PAGES);
    if (vm.use[victim] !== RealUse.Process) return NO_PAGE;
    const [process, page] = [vm.userProcess[victim]!, vm.userPage[victim]!];
    if (this.prng.nextBelow(2) === 0) {
      this.emit(EventCode.PagePagedOut, vm.vm, process, page, victim, 0, 1 + this.prng.nextBelow(2 ** 31));
    } else this.emit(EventCode.PageDropped, vm.vm, process, page, victim, 0, 0);
    this.emit(EventCode.PageUnmapped, vm.vm, process, page, victim, 1, 0);
    return victim;
  }

  private backWithFrame(vm: VmTables, process: number, virtual: number, real: number): void {
    if (vm.kept[real] === Kept.InSwapCache) this.leaveSwapCache(EventCode.SwapCacheHit, vm, real);
    const isSwapped = vm.swapSlot[real] !== NO_PAGE;
    const isOnDisk = vm.kept[real] === Kept.OnGuestDisk;
    this.emit(EventCode.Trapped, vm.vm, process, TrapCause.MissingRealMapEntry, virtual, real, 3_550);
    this.emit(
      EventCode.HostFaulted,
      vm.vm,
      0,
      real,
      isSwapped ? HostFaultKind.Major : isOnDisk ? HostFaultKind.FromGuestDisk : HostFaultKind.Minor,
      0,
      isSwapped ? 90_000 : 0,
    );
    if (this.freeFrames.size === 0) this.steal();
    const frame = this.freeFrames.pop();
    if (frame === undefined) throw new Error("a steal left no free frame");
    if (this.machine.frames.content[frame] !== 0) this.emit(EventCode.FrameZeroed, vm.vm, 0, 0, frame, 0, 0);
    if (isSwapped) {
      const slot = vm.swapSlot[real]!;
      this.emit(EventCode.PageSwappedIn, vm.vm, 0, real, frame, slot, vm.swapContent[real]!);
      this.freeSlots.push(slot);
    }
    if (isOnDisk) this.emit(EventCode.PageReadByMapper, vm.vm, 0, real, frame, 7, vm.swapContent[real]!);
    this.emit(EventCode.FrameMapped, vm.vm, 0, real, frame, 0, 0);
  }

  private steal(): void {
    const { frames } = this.machine;
    let frame = this.prng.nextBelow(frames.count);
    while (frames.ownerVm[frame]! <= 0) frame = (frame + 1) % frames.count;
    const vm = frames.ownerVm[frame]!;
    const real = frames.realPage[frame]!;
    this.emit(EventCode.PageStolen, vm, 0, real, frame, 2, 0);
    const content = 1 + this.prng.nextBelow(2 ** 31);
    if (content % 4 === 0) this.emit(EventCode.PageUnmappedByMapper, vm, 0, real, frame, 7, content);
    else this.emit(EventCode.PageSwappedOut, vm, 0, real, frame, this.freeSlots.pop() ?? 0, content);
    if (content % 4 === 1) this.emit(EventCode.SilentSwapWrite, vm, 0, real, 0, 7, content);
    this.emit(EventCode.FrameUnmapped, vm, 0, real, frame, FrameLossCause.Steal, 0);
    this.freeFrames.push(frame);
  }

  /** The first swapped page comes into the swap cache, if a frame is free. */
  private readAhead(vm: VmTables): void {
    const real = vm.swapSlot.findIndex((slot, page) => slot !== NO_PAGE && vm.kept[page] !== Kept.InSwapCache);
    const frame = real < 0 ? undefined : this.freeFrames.pop();
    if (frame === undefined) return;
    const [slot, content] = [vm.swapSlot[real]!, vm.swapContent[real]!];
    this.emit(EventCode.SwapClusterRead, vm.vm, 0, slot, 2, 1, 90_000);
    this.emit(EventCode.SwapPageReadAhead, vm.vm, 0, real, frame, slot, content);
    this.cached.set(slot, frame);
  }

  private leaveSwapCache(code: number, vm: VmTables, real: number): void {
    const slot = vm.swapSlot[real]!;
    const frame = this.cached.get(slot);
    if (frame === undefined) throw new Error(`swap slot ${slot} is not in the swap cache`);
    this.cached.delete(slot);
    this.emit(code, vm.vm, 0, real, frame, slot, 0);
    this.freeFrames.push(frame);
  }

  private pin(vm: VmTables): void {
    const real = this.freeReal[vm.vm]!.pop();
    if (real === undefined) return;
    this.emit(EventCode.BalloonPagePinned, vm.vm, 0, real, 0, 0, 0);
    this.pinned[vm.vm]!.push(real);
    if (vm.kept[real] === Kept.InSwapCache) this.leaveSwapCache(EventCode.SwapCachePageDropped, vm, real);
    const slot = vm.swapSlot[real]!;
    if (slot !== NO_PAGE) {
      this.emit(EventCode.SwapSlotFreed, vm.vm, 0, real, 0, slot, 0);
      this.freeSlots.push(slot);
    }
    if (vm.kept[real] === Kept.OnGuestDisk) this.emit(EventCode.MappedBlockForgotten, vm.vm, 0, real, 0, 7, 0);
    if (vm.realMap[real] === NO_PAGE) return;
    this.sharing.unmap(vm, real, FrameLossCause.Balloon);
  }

  private unpin(vm: VmTables): void {
    const real = this.pinned[vm.vm]!.pop();
    if (real === undefined) return;
    this.emit(EventCode.BalloonPageUnpinned, vm.vm, 0, real, 0, 0, 0);
    this.freeReal[vm.vm]!.push(real);
  }

  private decide(vm: VmTables): void {
    this.decision++;
    const pages = this.prng.nextBelow(vm.configuredPages);
    const reason = this.text(`decision ${this.decision}: the VM holds ${vm.residentPages} pages`);
    this.emit(EventCode.PolicyDecided, vm.vm, 0, 1, reason, this.decision, pages);
    const figure = this.text(`figure ${this.decision % 7} of decision ${this.decision}`);
    this.emit(EventCode.PolicyFigureSeen, vm.vm, 0, figure, 0, this.decision, vm.residentPages * 1_000_000);
    if (this.decision % 3 === 0) this.emit(EventCode.DecisionClamped, vm.vm, 0, 1, 2, this.decision, Math.floor(pages / 2));
    this.emit(EventCode.BalloonTargetSet, vm.vm, 0, pages, vm.balloonTargetPages, 1, 0);
    this.emit(EventCode.MemoryLimitSet, vm.vm, 0, pages, vm.memoryLimitPages, 2, 0);
    if (vm.isSuspended) this.emit(EventCode.VmResumed, vm.vm, 0, 0, 0, 0, this.timeNs);
    else this.emit(EventCode.VmSuspended, vm.vm, 0, 0, 0, 0, 0);
  }

  private text(text: string): number {
    this.batch.texts.push(text);
    return this.machine.texts.push(text) - 1;
  }

  private emit(type: number, vm: number, process: number, a: number, b: number, c: number, d: number): void {
    this.batch.append(type, this.timeNs, vm, process, a, b, c, d);
    applyEvent(this.machine, type, this.timeNs, vm, process, a, b, c, d);
  }
}
