import { Mapping } from "../../events/index.ts";
import type { PhysicalPage, VmId } from "../../ids/index.ts";
import { assert } from "../../assert/index.ts";
import type { MachineTables } from "../../memory/index.ts";
import { NO_RIGHTS, type PolicyRights } from "../../policy/index.ts";
import { Prng } from "../../prng/index.ts";
import type { Scenario, VmSpec } from "../../scenario/index.ts";
import type { FutureReader } from "./future-reader.ts";
import type { AccessObserver } from "./access-observer.ts";
import { Device } from "./device.ts";
import { FramePool } from "../structures/frame-pool.ts";
import { type CachedPage, SwapCache } from "./host-swap/swap-cache.ts";
import { createSwapSlots, type SwapSlots } from "./host-swap/swap-slots.ts";
import { SwapWriter } from "./host-swap/swap-writer.ts";
import type { PageContents } from "./page-contents.ts";
import { loadSparse, saveSparse, type SparseColumn } from "../structures/sparse-column.ts";
import { savedParts } from "./saved-parts.ts";
import { MemoryStateSteps } from "./memory-state-steps.ts";
import type { Recorder } from "./recorder.ts";
import type { VmRuntime } from "./vm-runtime.ts";
import { Sharing, type SharingState } from "./sharing/sharing.ts";

export type HostRuntimeState = ReturnType<typeof PARTS.save> & {
  readonly nowNs: number;
  readonly swapCache: readonly CachedPage[];
  readonly sharing: SharingState;
  readonly content: SparseColumn<Uint32Array>;
  readonly addedSpecs: readonly VmSpec[];
};

/** The host at work: what the hypervisor and the hardware know besides the tables. Mechanisms are functions over it. */
export class HostRuntime implements PageContents {
  readonly scenario: Scenario;
  readonly recorder: Recorder;
  readonly machine: MachineTables;
  readonly freeFrames: FramePool;
  readonly freeSwapSlots: SwapSlots;
  readonly swapDevice: Device;
  readonly swapWriter: SwapWriter;
  /** Undefined without swap read-ahead. */
  readonly swapCache: SwapCache | undefined;
  readonly memoryStates: MemoryStateSteps;
  /** Written by every store, so no event: it is recorded where content moves. */
  readonly content: Uint32Array;
  readonly sharing: Sharing;
  /** Whether a page to be stolen is shared instead, if it can be: the policy's right to have pages shared. */
  sharesBeforeStealing = false;
  /** Random stream of the stealing mechanism. */
  readonly stealRng: Prng;
  /** VMs by number - 1; undefined for those refused or not started yet. */
  readonly vms: (VmRuntime | undefined)[] = [];
  /** VMs that commands added, in order: their numbers follow those of the scenario. */
  readonly addedSpecs: VmSpec[] = [];
  /** What the policy may see and ask for; measures that it does not see are not taken. */
  readonly rights: PolicyRights;
  readonly checksContents: boolean;
  lastWrite = 0;
  /** Is told of every access; for measuring, nothing in the machine depends on it. */
  onAccesses: AccessObserver | undefined;
  /** Whether the hypervisor leaves pages on the guests' disks that hold the same, and reads nothing that is overwritten whole. */
  hasDiskMapper = false;
  /** For a policy that knows the future; nothing else in the machine does. */
  foresight: FutureReader | undefined;
  /** Asked when an allocation finds no free frame; set by the simulation, which knows the policy. */
  onShortage: (neededPages: number) => void = () => {};

  constructor(scenario: Scenario, recorder: Recorder, checksContents: boolean, rights: PolicyRights = NO_RIGHTS) {
    const { framePages, swapPages, swapDevice, swapPageCluster, swapWriteClusterPages } = scenario.host;
    this.scenario = scenario;
    this.recorder = recorder;
    this.machine = recorder.machine;
    this.freeFrames = new FramePool(framePages);
    this.freeSwapSlots = createSwapSlots(swapPages, swapWriteClusterPages !== undefined);
    this.swapDevice = new Device(swapDevice);
    this.swapWriter = new SwapWriter(this.swapDevice, recorder, swapWriteClusterPages);
    this.swapCache = swapPageCluster === undefined ? undefined : new SwapCache(1 << swapPageCluster, swapPages);
    this.memoryStates = new MemoryStateSteps(scenario.host);
    this.content = new Uint32Array(framePages);
    this.sharing = new Sharing(recorder.machine, framePages);
    this.stealRng = Prng.named(scenario.seed, "kernel/steal");
    this.checksContents = checksContents;
    this.rights = rights;
  }

  get isOneLevel(): boolean {
    return this.machine.mapping === Mapping.OneLevel;
  }

  get isShadow(): boolean {
    return !this.isOneLevel && this.scenario.mmu === "shadow";
  }

  /** Whether each access that hits is recorded or checked. */
  get looksAtHits(): boolean {
    return this.scenario.recordHits || this.checksContents;
  }

  /** A frame that nothing uses any more, by the tables too. */
  giveBackFrame(frame: PhysicalPage): void {
    assert(this.machine.frames.isFree(frame), () => `frame ${frame} is given back while VM ${this.machine.frames.ownerVm[frame]} has it`);
    this.freeFrames.giveBack(frame);
  }

  /** The pools of frames and of swap slots, which are no tables, agree with the tables. Not within an action: a frame may be on its way. */
  checkCounts(): void {
    const { frames, swapPages, swapUsedPages } = this.machine;
    assert(
      this.freeFrames.free === frames.freePages,
      () => `${this.freeFrames.free} frames can be taken, but ${frames.freePages} are free`,
    );
    const freeSlots = swapPages - swapUsedPages;
    assert(this.freeSwapSlots.free === freeSlots, () => `${this.freeSwapSlots.free} swap slots can be taken, but ${freeSlots} are free`);
  }

  /** A VM's own time: ahead of the events where it waits for several things, one after the other. */
  timeOf(vm: VmRuntime): number {
    return Math.max(this.recorder.nowNs, vm.clockNs);
  }

  /** @throws AssertionFailure for a VM that does not run. */
  vm(vm: VmId): VmRuntime {
    const found = this.vms[vm - 1];
    assert(found !== undefined, () => `VM ${vm} does not run`);
    return found;
  }

  /** Without its VMs. */
  save(): HostRuntimeState {
    return {
      ...PARTS.save(this),
      nowNs: this.recorder.nowNs,
      swapCache: this.swapCache?.save() ?? [],
      sharing: this.sharing.save(),
      content: saveSparse(this.content),
      addedSpecs: [...this.addedSpecs],
    };
  }

  /** The tables are there already. */
  load(saved: HostRuntimeState): void {
    PARTS.load(this, saved);
    this.recorder.advanceTo(saved.nowNs);
    this.swapCache?.load(saved.swapCache, this.machine);
    loadSparse(this.content, saved.content);
    this.sharing.load(saved.sharing, this.content);
    this.addedSpecs.push(...saved.addedSpecs);
  }
}

/** What a snapshot holds of the host. */
const PARTS = savedParts<HostRuntime>()({
  saved: ["freeFrames", "freeSwapSlots", "swapDevice", "stealRng", "lastWrite"],
  own: ["swapCache", "sharing", "vms"],
  // Set by the simulation that runs the host: they follow from its input.
  derived: ["sharesBeforeStealing", "hasDiskMapper", "onAccesses", "foresight"],
});
