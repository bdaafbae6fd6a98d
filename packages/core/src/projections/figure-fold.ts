import { Backing, EventCode, Mapping, valueOf } from "../events/index.ts";
import { LARGE_PAGE_PAGES } from "../ids/index.ts";
import {
  Counter,
  countersFrom,
  countHostFault,
  DISK_SAMPLE_PLACES,
  GUEST_FAULT_PLACES,
  knownOrNull,
  SAMPLE_PLACES,
  SWAP_SAMPLES,
  TRAP_PLACES,
  workTime,
} from "../memory/index.ts";
import { foldKept } from "./fold-kept.ts";
import { Gauge, HOST_FIGURES, HostPlace, VM_FIGURES } from "./figures.ts";

/** What the fold remembers, as plain JSON. */
export type FigureState = {
  readonly mapping: number;
  readonly host: readonly number[];
  /** By VM number - 1. */
  readonly vms: readonly (readonly (number | null)[])[];
  /** By VM number - 1: its processes whose pages are those of a file. */
  readonly fileProcesses: readonly (readonly number[])[];
  /** By VM number - 1: when it was switched on. */
  readonly startedNs: readonly number[];
};

/**
 * The figures of the host and of every VM after each event: a few numbers per VM, where the machine's tables take tens of
 * bytes per page. Its test holds it equal to the machine that `applyEvent` makes of the same events.
 */
export class FigureFold {
  readonly host: Float64Array;
  readonly vms: Float64Array[];
  private readonly fileProcesses: number[][];
  private readonly startedNs: number[];
  private mapping: number;

  constructor(state?: FigureState) {
    this.mapping = state?.mapping ?? Mapping.TwoLevel;
    this.host = Float64Array.from(state?.host ?? HOST_FIGURES.map(() => 0));
    this.vms = (state?.vms ?? []).map(countersFrom);
    this.fileProcesses = (state?.fileProcesses ?? []).map((processes) => processes.slice());
    this.startedNs = [...(state?.startedNs ?? [])];
  }

  save(): FigureState {
    return {
      mapping: this.mapping,
      host: [...this.host],
      vms: this.vms.map((figures) => Array.from(figures, knownOrNull)),
      fileProcesses: this.fileProcesses.map((processes) => processes.slice()),
      startedNs: [...this.startedNs],
    };
  }

  apply(code: number, timeNs: number, vm: number, process: number, a: number, b: number, c: number, d: number): void {
    if (vm === 0) return this.applyToHost(code, a, b, d);
    const figures = this.figuresOf(vm);
    const counter = COUNTED[code];
    if (counter !== undefined) figures[counter]++;
    if (process !== 0) this.applyToFiles(figures, code, vm, process, b);
    switch (code) {
      case EventCode.PageMapped:
        figures[Gauge.mappedPages]++;
        return;
      case EventCode.PageUnmapped:
        figures[Gauge.mappedPages]--;
        return;
      case EventCode.FrameMapped:
        figures[Gauge.residentPages]++;
        this.host[HostPlace.freePages]--;
        return;
      case EventCode.FrameUnmapped:
        figures[Gauge.residentPages]--;
        this.host[HostPlace.freePages]++;
        return;
      case EventCode.Trapped:
        figures[valueOf(TRAP_PLACES, a, "the cause of a trap")]++;
        figures[Counter.trapCostNs] += d;
        return;
      case EventCode.PageMissed:
        figures[Counter.faults]++;
        figures[valueOf(GUEST_FAULT_PLACES, b, "the kind of a guest fault")]++;
        return;
      case EventCode.HostFaulted:
        return countHostFault(figures, b, c, d);
      case EventCode.VmStarted:
        this.startedNs[vm - 1] = timeNs;
        return this.startNative(figures, a);
      case EventCode.VmFinished:
        figures[Counter.workNs] = workTime(d, timeNs, this.startedNs[vm - 1]);
        return;
      default:
        return this.applyToRest(figures, code, a, b, d);
    }
  }

  /** Which paging is that of files depends on whose pages they are. */
  private applyToFiles(figures: Float64Array, code: number, vm: number, process: number, b: number): void {
    if (code === EventCode.ProcessStarted) {
      if (b !== Backing.Anonymous) this.fileProcesses[vm - 1].push(process);
    } else if (code === EventCode.FileOpened) {
      this.fileProcesses[vm - 1].push(process);
    } else if (code === EventCode.FileReadAhead) {
      figures[Counter.pagesReadAhead] += b;
      figures[Counter.faults] += b;
    } else if (code === EventCode.PagePagedOut || code === EventCode.PagePagedIn) {
      if (!this.fileProcesses[vm - 1].includes(process)) return;
      figures[code === EventCode.PagePagedOut ? Counter.filePageOuts : Counter.filePageIns]++;
    }
  }

  private figuresOf(vm: number): Float64Array {
    while (this.vms.length < vm) {
      this.vms.push(new Float64Array(VM_FIGURES.length));
      this.fileProcesses.push([]);
      this.startedNs.push(0);
    }
    return this.vms[vm - 1];
  }

  private applyToRest(figures: Float64Array, code: number, a: number, b: number, d: number): void {
    if (foldKept(figures, this.host, code)) return;
    switch (code) {
      case EventCode.PageSwappedOut:
        return this.swap(figures, 1);
      case EventCode.PageSwappedIn:
      case EventCode.SwapSlotFreed:
        return this.swap(figures, -1);
      case EventCode.BackgroundReclaimEnded:
        figures[Counter.backgroundReclaimPages] += b;
        return;
      case EventCode.DirectlyReclaimed:
        figures[Counter.directReclaimNs] += d;
        return;
      case EventCode.BalloonTargetSet:
        figures[Gauge.balloonTargetPages] = a;
        return;
      case EventCode.BalloonPagePinned:
        figures[Gauge.balloonSizePages]++;
        return;
      case EventCode.BalloonPageUnpinned:
      case EventCode.BalloonPopped:
        figures[Gauge.balloonSizePages]--;
        return;
      case EventCode.VmAdmitted:
      case EventCode.VmRefused:
      case EventCode.MemoryLimitSet:
        figures[Gauge.memoryLimitPages] = a;
        return;
      case EventCode.VmUnblocked:
        figures[Counter.blockedNs] = d;
        return;
      case EventCode.FreePagesReported:
        figures[Counter.reportedFrames] += b;
        return;
      case EventCode.IdleScanned:
      case EventCode.AgeScanned:
        figures[Counter.idleScanCostNs] += d;
        return;
      case EventCode.Sampled:
        figures[valueOf(SAMPLE_PLACES, a, "a sampled metric")] = d;
        return;
      case EventCode.LargePageMapped:
        figures[Gauge.largePages] += LARGE_PAGE_PAGES;
        figures[Gauge.residentPages] += LARGE_PAGE_PAGES;
        this.host[HostPlace.freePages] -= LARGE_PAGE_PAGES;
        return;
      case EventCode.LargePageShattered:
        figures[Gauge.largePages] -= LARGE_PAGE_PAGES;
        return;
      case EventCode.DeviceSampled:
        figures[valueOf(DISK_SAMPLE_PLACES, b, "the metric of a device")] = d;
        return;
      default:
        return code >= EventCode.FrameShared && code <= EventCode.SharingScanned
          ? this.applyToSharing(figures, code, a, d)
          : this.applyToHost(code, a, b, d);
    }
  }

  private applyToSharing(figures: Float64Array, code: number, a: number, d: number): void {
    switch (code) {
      case EventCode.FrameShared:
        figures[Gauge.sharedPages]++;
        this.host[HostPlace.sharedFramePages]++;
        return;
      case EventCode.FrameUnshared:
        figures[Gauge.sharedPages]--;
        this.host[HostPlace.sharedFramePages]--;
        return;
      case EventCode.PageShared:
        figures[Gauge.sharedPages]++;
        return this.savePages(1, 1);
      case EventCode.SharedPageCopied:
        figures[Gauge.sharedPages]--;
        figures[Counter.sharedPageCopyNs] += d;
        return this.savePages(-1, -1);
      case EventCode.SharedFrameUnmapped:
        figures[Gauge.residentPages]--;
        figures[Gauge.sharedPages]--;
        if (d > 0) return this.savePages(-1, 0);
        this.host[HostPlace.sharedFramePages]--;
        return this.savePages(0, 1);
      case EventCode.SharingScanned:
        figures[Counter.sharingScannedPages] += a;
        figures[Counter.sharingScanCostNs] += d;
        return;
      default:
    }
  }

  private savePages(saved: number, free: number): void {
    this.host[HostPlace.savedPages] += saved;
    this.host[HostPlace.freePages] += free;
  }

  private applyToHost(code: number, a: number, b: number, d: number): void {
    if (code === EventCode.HostStarted) {
      this.mapping = b;
      this.host[HostPlace.freePages] = a;
    } else if (code === EventCode.MemoryStateChanged) {
      this.host[HostPlace.memoryState] = b;
    } else if (code === EventCode.OverheadReserved) {
      this.reserve(b - a);
    } else if (code === EventCode.OverheadReleased) {
      this.reserve(a - b);
    } else if (code === EventCode.DeviceSampled) {
      this.host[HostPlace[valueOf(SWAP_SAMPLES, b, "the metric of a device")]] = d;
    }
  }

  private swap(figures: Float64Array, pages: number): void {
    figures[Gauge.swappedPages] += pages;
    this.host[HostPlace.swapUsedPages] += pages;
  }

  private reserve(pages: number): void {
    this.host[HostPlace.overheadPages] += pages;
    this.host[HostPlace.freePages] -= pages;
  }

  /** Under one-level mapping the native operating system has every frame from the start. */
  private startNative(figures: Float64Array, pages: number): void {
    if (this.mapping !== Mapping.OneLevel) return;
    figures[Gauge.residentPages] += pages;
    figures[Gauge.memoryLimitPages] = pages;
    this.host[HostPlace.freePages] -= pages;
  }
}

/** Event types that are counted one by one, by code. */
const COUNTED: readonly (number | undefined)[] = Object.assign([] as (number | undefined)[], {
  [EventCode.PagePagedOut]: Counter.pageOuts,
  [EventCode.PagePagedIn]: Counter.pageIns,
  [EventCode.PageDropped]: Counter.pagesDropped,
  [EventCode.RefaultActivated]: Counter.refaultsActivated,
  [EventCode.BackgroundReclaimStarted]: Counter.backgroundReclaims,
  [EventCode.DirectlyReclaimed]: Counter.directReclaims,
  [EventCode.GuestOutOfMemory]: Counter.guestOutOfMemory,
  [EventCode.FrameZeroed]: Counter.framesZeroed,
  [EventCode.FrameShortage]: Counter.frameShortages,
  [EventCode.PageSwappedOut]: Counter.swapOuts,
  [EventCode.PageSwappedIn]: Counter.swapIns,
  [EventCode.PageStolen]: Counter.pagesStolen,
  [EventCode.PageCompressed]: Counter.pagesCompressed,
  [EventCode.PageDecompressed]: Counter.pagesDecompressed,
  [EventCode.CompressedPageEvicted]: Counter.compressedPagesEvicted,
  [EventCode.SilentSwapWrite]: Counter.silentSwapWrites,
  [EventCode.StaleSwapRead]: Counter.staleSwapReads,
  [EventCode.FalseSwapRead]: Counter.falseSwapReads,
  [EventCode.PageUnmappedByMapper]: Counter.mapperUnmaps,
  [EventCode.PageReadByMapper]: Counter.mapperReads,
  [EventCode.BalloonTargetSet]: Counter.balloonTargetsSet,
  [EventCode.BalloonPagePinned]: Counter.balloonPagesPinned,
  [EventCode.BalloonPageUnpinned]: Counter.balloonPagesUnpinned,
  [EventCode.BalloonPopped]: Counter.balloonPops,
  [EventCode.BalloonAllocationRefused]: Counter.balloonRefusals,
  [EventCode.BalloonDeflatedOnOom]: Counter.balloonOomDeflations,
  [EventCode.PolicyDecided]: Counter.decisions,
  [EventCode.LargePageMapped]: Counter.largePagesMapped,
  [EventCode.LargePageShattered]: Counter.largePagesShattered,
  [EventCode.PageShared]: Counter.pagesMerged,
  [EventCode.SharedPageCopied]: Counter.sharedPageCopies,
  [EventCode.SwapClusterRead]: Counter.swapClustersRead,
  [EventCode.SwapPageReadAhead]: Counter.swapPagesReadAhead,
  [EventCode.SwapCacheHit]: Counter.swapCacheHits,
  [EventCode.SwapCachePageDropped]: Counter.swapReadsWasted,
  [EventCode.SwapClusterWritten]: Counter.swapClustersWritten,
});
