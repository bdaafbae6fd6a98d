import { BallastError } from "../../errors/index.ts";
import type { RealPage } from "../../ids/index.ts";
import { exactMissRatioCurve, type MissRatioCurve, NEVER_AGAIN } from "../../reuse/index.ts";
import type { TraceReader } from "../../trace/index.ts";
import { createProcessStream, listPages } from "../guest/known-accesses.ts";
import type { FutureReader } from "../state/future-reader.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import type { ProcessRuntime } from "../state/process-runtime.ts";
import { NEVER } from "../structures/never.ts";
import { type VmRuntime, SLICE_ACCESSES } from "../state/vm-runtime.ts";

/** Sizes for which the miss ratio curve of the largest VM is known. */
const CURVE_STEPS = 512;

/**
 * Every access that a process will make, from the start, and for each page at which of them it comes. A page is one of its
 * own, or of a file of its VM: those are numbered behind its own, file after file.
 */
export class ProcessFuture {
  /** Pages in the order of the accesses. */
  readonly pages: Int32Array;
  /** Indexes of accesses, page by page, ascending within a page. */
  private readonly uses: Int32Array;
  /** Where the uses of each page begin; one more entry for the end. */
  private readonly firstUses: Int32Array;
  /** Per page: the first of its uses that may still be ahead. Only a short cut, so no state. */
  private readonly nextUse: Int32Array;

  constructor(pages: Int32Array, pageCount: number) {
    this.pages = pages;
    this.firstUses = new Int32Array(pageCount + 1);
    for (const page of pages) this.firstUses[page + 1]++;
    for (let page = 0; page < pageCount; page++) this.firstUses[page + 1] += this.firstUses[page];
    this.nextUse = this.firstUses.slice(0, pageCount);
    this.uses = new Int32Array(pages.length);
    pages.forEach((page, at) => (this.uses[this.nextUse[page]++] = at));
    this.nextUse.set(this.firstUses.subarray(0, pageCount));
  }

  /** Index of the first access to a page at or after `position`, which never goes back; NEVER_AGAIN if there is none. */
  nextAccess(page: number, position: number): number {
    const end = this.firstUses[page + 1];
    let use = this.nextUse[page];
    while (use < end && this.uses[use] < position) use++;
    this.nextUse[page] = use;
    return use < end ? this.uses[use] : NEVER_AGAIN;
  }
}

/** What a policy with foresight is told: the futures of processes, made when they are first asked for. */
export class Foresight implements FutureReader {
  private readonly host: HostRuntime;
  private readonly traces: ReadonlyMap<string, TraceReader>;
  private readonly futures = new Map<ProcessRuntime, ProcessFuture>();
  private readonly curves = new Map<VmRuntime, MissRatioCurve>();

  constructor(host: HostRuntime, traces: ReadonlyMap<string, TraceReader>) {
    this.host = host;
    this.traces = traces;
  }

  /** Time until a real page's next access; NEVER if it will not be accessed, or its guest does not use it. */
  private untilNextAccessNs(vm: VmRuntime, real: RealPage): number {
    const process = vm.processes[vm.memory.userProcess[real] - 1];
    if (process === undefined) return NEVER;
    const page = vm.memory.userPage[real];
    if (!process.memory.isCache) return this.untilAccessByNs(vm, process, page);
    const behind = firstOfFile(vm, process) + page;
    const readers = processesOf(vm).map((reader) => this.untilAccessByNs(vm, reader, reader.memory.virtualPages + behind));
    return Math.min(NEVER, ...readers);
  }

  private untilAccessByNs(vm: VmRuntime, process: ProcessRuntime, page: number): number {
    const position = process.accessesMade;
    const next = this.futureOf(vm, process).nextAccess(page, position);
    return next === NEVER_AGAIN ? NEVER : (next - position) * process.spec.accessNs;
  }

  /** @throws BallastError SCENARIO_INVALID if a process's accesses cannot be known. */
  furthestPage(vm: VmRuntime): { readonly page: RealPage; readonly ns: number } {
    let page = -1;
    let ns = -1;
    for (let real = 0; real < vm.memory.configuredPages && ns !== NEVER; real++) {
      if (!vm.memory.isResident(real as RealPage)) continue;
      const untilNs = this.untilNextAccessNs(vm, real as RealPage);
      if (untilNs > ns) [page, ns] = [real, untilNs];
    }
    return { page: page as RealPage, ns };
  }

  missRatioCurve(vm: VmRuntime): MissRatioCurve {
    const known = this.curves.get(vm);
    if (known !== undefined) return known;
    const steps = Math.ceil(vm.memory.configuredPages / this.stepPages);
    const curve = exactMissRatioCurve(this.accessesInTurns(vm), this.stepPages, steps);
    this.curves.set(vm, curve);
    return curve;
  }

  /** One step for all VMs, so that parts of memory can be compared: the largest VM has at most the maximum number of steps. */
  private get stepPages(): number {
    const largest = this.host.vms.reduce((max, vm) => Math.max(max, vm?.memory.configuredPages ?? 0), 1);
    return Math.ceil(largest / CURVE_STEPS);
  }

  /** All accesses of a VM, its processes' pages told apart, as its processor makes them if nothing interrupts it. */
  private *accessesInTurns(vm: VmRuntime): Generator<number, void, void> {
    let firstId = pagesOfFiles(vm);
    const parts = processesOf(vm).map((process) => {
      const ownPages = process.memory.virtualPages;
      const part = { pages: this.futureOf(vm, process).pages, ownPages, firstId, at: 0 };
      firstId += ownPages;
      return part;
    });
    while (parts.some(({ at, pages }) => at < pages.length)) {
      for (const part of parts) {
        const end = Math.min(part.at + SLICE_ACCESSES, part.pages.length);
        for (; part.at < end; part.at++) {
          const page = part.pages[part.at];
          // Pages of files are the same for every process.
          yield page < part.ownPages ? part.firstId + page : page - part.ownPages;
        }
      }
    }
  }

  private futureOf(vm: VmRuntime, process: ProcessRuntime): ProcessFuture {
    const known = this.futures.get(process);
    if (known !== undefined) return known;
    const future = new ProcessFuture(this.foresee(vm, process), process.memory.virtualPages + pagesOfFiles(vm));
    this.futures.set(process, future);
    return future;
  }

  private foresee(vm: VmRuntime, process: ProcessRuntime): Int32Array {
    const stream = createProcessStream(this.host, vm, process.memory.process, this.traces);
    const pages = listPages(stream, (file) => (file === 0 ? 0 : process.memory.virtualPages + firstOfFile(vm, vm.files[file - 1])));
    if (typeof pages === "string") throw cannotBeKnown(vm, process, pages);
    return pages;
  }
}

function processesOf(vm: VmRuntime): ProcessRuntime[] {
  return vm.processes.filter(({ memory }) => !memory.isCache);
}

function pagesOfFiles(vm: VmRuntime): number {
  return vm.files.reduce((sum, { memory }) => sum + memory.virtualPages, 0);
}

/** Pages of the files before this one. */
function firstOfFile(vm: VmRuntime, file: ProcessRuntime): number {
  let first = 0;
  for (const { memory } of vm.files) {
    if (memory === file.memory) break;
    first += memory.virtualPages;
  }
  return first;
}

function cannotBeKnown(vm: VmRuntime, { memory }: ProcessRuntime, why: string): BallastError {
  const { name } = vm.spec.processes[memory.process - 1];
  return new BallastError(
    "SCENARIO_INVALID",
    `A policy with foresight must know every access beforehand, but process "${name}" of VM ${memory.vm} ${why}. ` +
      "Take another policy, or a workload that ends sooner.",
  );
}
