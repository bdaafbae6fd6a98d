import { assert } from "../../assert/index.ts";
import { AccessBits } from "./access-bits.ts";
import { NO_PAGE, type RealPage, type VirtualPage } from "../../ids/index.ts";
import type { Prng } from "../../prng/index.ts";
import { RealUse, type VmTables } from "../../memory/index.ts";
import type { StealOrder, StealPlace } from "../../policy/index.ts";
import { balloonCapPages, type VmSpec } from "../../scenario/index.ts";
import { type BalloonState, initialBalloon } from "./balloon-state.ts";
import { CompressionCache } from "./compression-cache.ts";
import { GuestBlocks } from "./guest-blocks.ts";
import { diskPosition } from "./disk-layout.ts";
import { Device } from "./device.ts";
import { IntStack } from "../structures/int-stack.ts";
import type { Measures } from "./measuring/measures.ts";
import { NumberPool } from "../structures/number-pool.ts";
import { NEVER } from "../structures/never.ts";
import { ReclaimState } from "./reclaim-state.ts";
import { GuestSwap } from "./guest-swap.ts";
import { FreePageReporting, type FreePageReportingState } from "./reporting/free-page-reporting.ts";
import type { ReplacementList } from "./replacement/replacement-list.ts";
import { createReplacement } from "./replacement/replacement.ts";
import type { VictimLists } from "./victim-lists.ts";
import { savedParts } from "./saved-parts.ts";
import { ProcessState, type ProcessRuntime, type ProcessRuntimeState } from "./process-runtime.ts";

/** Accesses that one process makes before another of the same VM gets its turn. */
export const SLICE_ACCESSES = 1024;

export type VmRuntimeState = ReturnType<typeof PARTS.save> & {
  readonly reporting: FreePageReportingState | null;
  readonly processes: readonly ProcessRuntimeState[];
};

type StandingDecisions = { balloonTarget: number; memoryLimit: number; reporting: number };

/** What the hypervisor keeps of a VM for those who ask for it, and the random stream of its guest's replacement. */
type VmParts = { readonly measures: Measures; readonly victims: VictimLists; readonly replacementRandomness: Prng };

/** A VM at work: what its guest OS and its hardware know besides the tables. */
export class VmRuntime {
  readonly spec: VmSpec;
  readonly memory: VmTables;
  readonly accessBits: AccessBits;
  readonly replacement: ReplacementList;
  /** In which order its resident pages are stolen, where that is kept. */
  readonly victims: VictimLists;
  readonly blocks: GuestBlocks;
  /** Real pages that the guest uses for nothing. */
  readonly freeRealPages: NumberPool;
  /** Real pages in the balloon, the last pinned on top. */
  readonly balloonPages = new IntStack();
  /** Free page reporting, while it is on. */
  reporting: FreePageReporting | null = null;
  readonly disk: Device;
  readonly swap: GuestSwap;
  /** Its processes, and behind them the files that they can read. */
  readonly processes: ProcessRuntime[] = [];
  readonly files: ProcessRuntime[] = [];
  /** Ranges of frames the hypervisor keeps for this VM: first, end, first, end ... */
  overheadRanges: number[] = [];
  /** Index of the process that runs. */
  current = 0;
  clockNs = 0;
  waitNs = 0;
  accesses = 0;
  balloon: BalloonState;
  readonly reclaim = new ReclaimState();
  /** When the page that was evicted last can be used: immediately, or when its write is done. Needs no saving. */
  evictedUntilNs = 0;
  /** Where the search for idle pages continues. */
  scanHand = 0;
  idlePages = 0;
  /** The order in which it loses pages of its own at its memory limit. */
  limitOrder: StealOrder = "random";
  /** Where these pages go. */
  limitPlace: StealPlace = "swap";
  readonly compression: CompressionCache;
  /** Time it was suspended in all, without a suspension that continues. */
  suspendedNs = 0;
  suspendedSinceNs = 0;
  readonly measures: Measures;
  /** Which decision set what is in force and has effects later: the number; 0: a command or the scenario did. */
  decisions: StandingDecisions = { balloonTarget: 0, memoryLimit: 0, reporting: 0 };
  isOn = true;

  constructor(spec: VmSpec, memory: VmTables, startNs: number, { measures, victims, replacementRandomness }: VmParts) {
    this.measures = measures;
    this.victims = victims;
    this.spec = spec;
    this.memory = memory;
    this.accessBits = new AccessBits(memory.configuredPages);
    this.replacement = createReplacement(spec, this.accessBits, replacementRandomness);
    this.freeRealPages = new NumberPool(spec.kernelPages, memory.configuredPages);
    this.disk = new Device(spec.disk);
    this.swap = new GuestSwap(spec.swapPages ?? null, memory, this.accessBits);
    this.compression = new CompressionCache(memory);
    this.blocks = new GuestBlocks(memory);
    this.clockNs = startNs;
    this.balloon = initialBalloon(spec.balloon, startNs);
    if (spec.balloon?.driver === "virtio" && spec.balloon.reporting !== null) {
      this.reporting = FreePageReporting.begin(spec.balloon.reporting, memory, spec.kernelPages, startNs);
    }
  }

  /** It does nothing before a time. */
  advanceTo(ns: number): void {
    this.clockNs = Math.max(this.clockNs, ns);
  }

  add(process: ProcessRuntime): void {
    this.processes.push(process);
    if (process.memory.isCache) this.files.push(process);
  }

  /** Accesses of the workload can be made now or at a known time. */
  get hasWork(): boolean {
    return this.isOn && this.processes.some(({ state }) => state === ProcessState.Ready || state === ProcessState.Idle);
  }

  get isInteractive(): boolean {
    return this.isOn && this.processes.some(({ state }) => state === ProcessState.Waiting);
  }

  /** When the workload continues: now, at the end of an idle time, or NEVER. */
  get nextWorkNs(): number {
    if (!this.isOn || this.memory.isSuspended) return NEVER;
    let next = NEVER;
    for (const process of this.processes) {
      if (process.state === ProcessState.Ready) return this.clockNs;
      if (process.state === ProcessState.Idle) next = Math.min(next, process.idleUntilNs);
    }
    return Math.max(next, this.clockNs);
  }

  /** When its sampling period ends. A VM that is suspended does not run, and its period waits with it. */
  get nextMeasureNs(): number {
    return this.memory.isSuspended ? NEVER : this.measures.nextNs;
  }

  /** When the guest next reports free pages. */
  get nextReportNs(): number {
    return this.reporting === null ? NEVER : this.reporting.nextNs;
  }

  /** When its background reclaim continues; not while the VM is suspended. */
  get nextReclaimNs(): number {
    return this.isOn && !this.memory.isSuspended ? this.reclaim.turnNs : NEVER;
  }

  /** When something falls due on the VM's clock: its balloon driver's work, a report, the end of a sampling period, a reclaim. */
  get nextTimerNs(): number {
    return Math.min(this.balloon.nextNs, this.nextReportNs, this.nextMeasureNs, this.nextReclaimNs);
  }

  /** When the VM does anything next: its work, or what falls due. */
  get nextNs(): number {
    if (!this.isOn) return NEVER;
    return Math.min(this.nextWorkNs, Math.max(this.nextTimerNs, this.clockNs));
  }

  get balloonCapPages(): number {
    return balloonCapPages(this.spec.balloon, this.memory.configuredPages);
  }

  /** Whether its balloon, its background reclaim or its reports of free pages will still move memory by themselves. */
  isUnsettled(): boolean {
    if (this.nextReclaimNs !== NEVER) return true;
    if (!this.isOn || this.spec.balloon === null) return false;
    if (this.nextReportNs !== NEVER) return true;
    const target = Math.min(this.memory.balloonTargetPages, this.balloonCapPages);
    return target !== this.memory.balloonSizePages && this.balloon.madeProgress;
  }

  /** Where the guest's disk keeps a page. */
  diskPosition(process: number, virtual: VirtualPage): number {
    return diskPosition(this.memory.processes, process, virtual);
  }

  /** Whether the guest's replacement must be told of each access that a process makes now. */
  needsAccessNotifications(process: ProcessRuntime): boolean {
    const { notifiedAccesses } = this.replacement;
    return this.needsEveryAccess || notifiedAccesses === "latest" || (notifiedAccesses === "cached" && process.space.memory.isCache);
  }

  /** Whether it must be told of all of them, and not only of the latest of each page. */
  get needsEveryAccess(): boolean {
    return this.replacement.notifiedAccesses === "every";
  }

  /** NO_PAGE also if no more are free than processes, and the balloon driver, have to leave. */
  takeFreeRealPage(): RealPage {
    const { watermarks } = this.spec;
    if (watermarks !== null && this.freeRealPages.free <= watermarks.minPages) return NO_PAGE as RealPage;
    const page = this.freeRealPages.take();
    if (page < 0) return NO_PAGE as RealPage;
    this.reporting?.taken(page);
    return page as RealPage;
  }

  /** The guest uses a page for nothing from now on. */
  giveBackRealPage(page: RealPage): void {
    assert(this.memory.use[page] === RealUse.Free, () => `real page ${page} of VM ${this.memory.vm} is given back while it is in use`);
    this.freeRealPages.giveBack(page);
    this.reporting?.freed(page, this.clockNs);
  }

  /** The writes of the background reclaim's last turn are done. */
  freeWrittenPages(): void {
    const { written } = this.reclaim;
    while (written.length > 0) this.giveBackRealPage(written.pop() as RealPage);
  }

  save(): VmRuntimeState {
    return {
      ...PARTS.save(this),
      reporting: this.reporting?.save() ?? null,
      processes: this.processes.map((process) => process.save()),
    };
  }

  /** The tables, and the processes in their first state, are there already. */
  load(saved: VmRuntimeState): void {
    PARTS.load(this, saved);
    const { reporting } = saved;
    this.reporting = reporting && FreePageReporting.restore(reporting, this.memory.configuredPages);
    saved.processes.forEach((process, index) => this.processes[index].load(process));
    this.swap.recount(this.processes);
  }
}

/** What a snapshot holds of a VM. */
const PARTS = savedParts<VmRuntime>()({
  saved: [
    "accessBits",
    "replacement",
    "freeRealPages",
    "balloonPages",
    "disk",
    "overheadRanges",
    "current",
    "clockNs",
    "waitNs",
    "accesses",
    "balloon",
    "reclaim",
    "scanHand",
    "idlePages",
    "victims",
    "blocks",
    "limitOrder",
    "limitPlace",
    "compression",
    "suspendedNs",
    "suspendedSinceNs",
    "measures",
    "decisions",
    "isOn",
  ],
  own: ["reporting", "processes", "files"],
  // Set and read within one eviction.
  derived: ["evictedUntilNs"],
});
