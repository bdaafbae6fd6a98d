import {
  BalloonPagePinned,
  BalloonPageUnpinned,
  BalloonPopped,
  BalloonTargetSet,
  codeFlags,
  CommandAccepted,
  CompressedPageFreed,
  DirectlyReclaimed,
  EventCode,
  type EventBatch,
  FileReadAhead,
  FrameMapped,
  FrameUnmapped,
  HostFaulted,
  HostFaultKind,
  HostFaultNeed,
  HostStarted,
  LargePageMapped,
  MappedBlockForgotten,
  MemoryStateChanged,
  PageMissed,
  PagePagedIn,
  PageShared,
  PageUnmapped,
  PolicyDecided,
  SharedFrameUnmapped,
  SharedPageCopied,
  SwapSlotFreed,
  VmStarted,
  VmTerminated,
} from "../../events/index.ts";
import { LARGE_PAGE_PAGES } from "../../ids/index.ts";
import type { RunObservations, VmObservations } from "../../metrics/index.ts";
import { NS_PER_US } from "../../units/index.ts";
import { Balloons, type SavedBalloons } from "./balloons.ts";
import { MemoryStateTimes, type SavedMemoryStateTimes } from "./memory-state-times.ts";
import { PageTime, type SavedPageTime } from "./page-time.ts";
import { Refaults, type SavedRefaults } from "./refaults.ts";
import { type SavedStalls, Stalls } from "./stalls.ts";

/** Events of other types cost one look. */
const OBSERVED = codeFlags([
  BalloonPagePinned,
  BalloonPageUnpinned,
  BalloonPopped,
  BalloonTargetSet,
  CommandAccepted,
  CompressedPageFreed,
  DirectlyReclaimed,
  FileReadAhead,
  FrameMapped,
  FrameUnmapped,
  HostFaulted,
  HostStarted,
  LargePageMapped,
  MappedBlockForgotten,
  MemoryStateChanged,
  PageMissed,
  PagePagedIn,
  PageShared,
  PageUnmapped,
  PolicyDecided,
  SharedFrameUnmapped,
  SharedPageCopied,
  SwapSlotFreed,
  VmStarted,
  VmTerminated,
]);

/** The state of an observer as plain data, typed arrays included. */
export type SavedObserver = {
  readonly balloons: SavedBalloons;
  readonly stalls: SavedStalls;
  readonly refaults: SavedRefaults;
  readonly memoryStates: SavedMemoryStateTimes;
  readonly pageTime: SavedPageTime;
  readonly decisions: number;
};

/**
 * What results need of a run besides its last tables: a fold over its events, in order, which can be saved after any of them and
 * continued. It reads no table, so that the events alone give the same again.
 */
export class RunObserver {
  readonly #balloons: Balloons;
  readonly #stalls: Stalls;
  readonly #refaults: Refaults;
  readonly #memoryStates: MemoryStateTimes;
  readonly #pageTime: PageTime;
  #decisions: number;

  constructor(saved?: SavedObserver) {
    this.#balloons = new Balloons(saved?.balloons);
    this.#stalls = new Stalls(saved?.stalls);
    this.#refaults = new Refaults(saved?.refaults);
    this.#memoryStates = new MemoryStateTimes(saved?.memoryStates);
    this.#pageTime = new PageTime(saved?.pageTime);
    this.#decisions = saved?.decisions ?? 0;
  }

  /** Takes the events of a batch. What is frequent is told apart here: a call for each event would cost more than what it does. */
  update({ length, types, timesNs, vms, processes, a, b, c, d }: EventBatch): void {
    for (let i = 0; i < length; i++) {
      const code = types[i];
      if (OBSERVED[code] === 0) continue;
      switch (code) {
        case EventCode.PageMissed:
          this.#stalls.begin(vms[i], timesNs[i], 0);
          this.#refaults.miss(vms[i], processes[i], a[i]);
          continue;
        case EventCode.PagePagedIn:
          this.#stalls.wait(vms[i], timesNs[i], c[i] * NS_PER_US);
          continue;
        case EventCode.PageUnmapped:
          this.#refaults.unmap(vms[i], processes[i], a[i], c[i]);
          continue;
        case EventCode.HostFaulted:
          this.#hostFault(timesNs[i], vms[i], a[i], b[i], c[i], d[i]);
          continue;
        case EventCode.FrameMapped:
          this.#pageTime.step(code, timesNs[i], vms[i]);
          continue;
        case EventCode.FrameUnmapped:
          this.#pageTime.step(code, timesNs[i], vms[i]);
          this.#refaults.loseFrame(vms[i], a[i], c[i]);
          continue;
        default:
          this.#apply(code, timesNs[i], vms[i], processes[i], a[i], b[i], c[i], d[i]);
      }
    }
  }

  /** Of a VM until `endNs`, the time of the last event. */
  ofVm(vm: number, endNs: number): VmObservations {
    return {
      balloon: this.#balloons.observed(vm, endNs),
      stalls: this.#stalls.observed(vm),
      refaults: this.#refaults.observed(vm),
      unbackedPageNs: this.#pageTime.unbackedPageNs(vm, endNs),
    };
  }

  /** Of the run until `endNs`, the time of its last event. */
  ofRun(endNs: number): RunObservations {
    return {
      peakBalloonPages: this.#balloons.peak,
      decisions: this.#decisions,
      memoryStateNs: this.#memoryStates.observed(endNs),
      sharingSavedPageNs: this.#pageTime.sharingSavedPageNs(endNs),
    };
  }

  save(): SavedObserver {
    return {
      balloons: this.#balloons.save(),
      stalls: this.#stalls.save(),
      refaults: this.#refaults.save(),
      memoryStates: this.#memoryStates.save(),
      pageTime: this.#pageTime.save(),
      decisions: this.#decisions,
    };
  }

  #hostFault(timeNs: number, vm: number, real: number, kind: number, neededBy: number, waitNs: number): void {
    if (neededBy === HostFaultNeed.Access) this.#stalls.begin(vm, timeNs, waitNs);
    else if (neededBy === HostFaultNeed.Other) this.#stalls.wait(vm, timeNs, waitNs);
    else this.#stalls.forget();
    if (kind === HostFaultKind.Minor) this.#refaults.backWithZeros(vm, real);
    else this.#refaults.forget(vm, real, real + 1);
  }

  #apply(code: number, timeNs: number, vm: number, process: number, a: number, b: number, c: number, d: number): void {
    switch (code) {
      case EventCode.BalloonPagePinned:
        this.#refaults.forget(vm, a, a + 1);
        return this.#balloons.pin(vm, timeNs);
      case EventCode.BalloonPageUnpinned:
      case EventCode.BalloonPopped:
        return this.#balloons.unpin(vm, timeNs);
      case EventCode.BalloonTargetSet:
        return this.#balloons.setTarget(vm, timeNs, a);
      case EventCode.DirectlyReclaimed:
        return this.#stalls.waitedInAll(vm, timeNs, d);
      case EventCode.SwapSlotFreed:
      case EventCode.CompressedPageFreed:
      case EventCode.MappedBlockForgotten:
        return this.#refaults.forget(vm, a, a + 1);
      case EventCode.FileReadAhead:
        return this.#refaults.readAhead(vm, process, a, a + b);
      case EventCode.MemoryStateChanged:
        return this.#memoryStates.change(timeNs, b);
      case EventCode.CommandAccepted:
        return this.#stalls.endAll();
      case EventCode.PolicyDecided:
        this.#decisions++;
        return;
      default:
        return this.#applyToPageTime(code, timeNs, vm, a, b, c, d);
    }
  }

  /** What changes how much memory is saved, and may end more. */
  #applyToPageTime(code: number, timeNs: number, vm: number, a: number, b: number, c: number, d: number): void {
    this.#pageTime.apply(code, timeNs, vm, a, b, c, d);
    switch (code) {
      case EventCode.LargePageMapped:
        return this.#refaults.forget(vm, a, a + LARGE_PAGE_PAGES);
      case EventCode.SharedFrameUnmapped:
        return this.#refaults.loseFrame(vm, a, c);
      case EventCode.VmTerminated:
        this.#balloons.terminate(vm, timeNs);
        return this.#refaults.terminate(vm);
      default:
    }
  }
}
