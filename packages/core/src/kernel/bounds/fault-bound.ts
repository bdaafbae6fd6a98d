import { assert } from "../../assert/index.ts";
import { Counter, type MachineTables, readAheadOf } from "../../memory/index.ts";
import { minMisses } from "../../replacement/index.ts";
import type { Scenario } from "../../scenario/index.ts";
import type { AccessObserver } from "../state/access-observer.ts";
import { createKernel } from "../engine/create-kernel.ts";
import { InterleavedTrace } from "./interleaved-trace.ts";
import type { Kernel, KernelInput } from "../engine/kernel-contract.ts";

/** Changes from page to page up to which a run's bound is computed: each takes 8 bytes, and its next use is looked for. */
export const MAX_BOUNDED_CHANGES = 2 ** 24;

/** Accesses up to which a run is bounded, for recording them takes time too. */
export const MAX_BOUNDED_ACCESSES = 2 ** 28;

/** Faults of a run beside the least that any demand paging could have had. */
export type FaultBound = {
  /**
   * Accesses of processes whose page had no frame behind it or no entry in the page table, and pages of files that were
   * read ahead of their access: each saves a fault or is wasted, and the bound is one of pages brought in.
   */
  readonly faults: number;
  /**
   * Misses of Belady's MIN on the accesses of all VMs in the order in which this run made them, with all frames but the
   * hypervisor's own; null if they are more than are bounded, or if a page was merged with another, for then a frame holds
   * more than the one page that MIN counts, or if there were large pages, of which one fault brings many. It bounds `faults`, of this run, and nothing else: not
   * time, not disk reads, and not the faults of a run whose VMs came to their accesses in another order.
   */
  readonly minFaults: number | null;
};

/** A kernel whose accesses are recorded. Its events are as any kernel's. */
export type BoundedKernel = {
  readonly kernel: Kernel;
  /** Ask for it at the end of the run. */
  readonly bound: () => FaultBound;
  /** Gives the recording up, and frees its memory: there will be no bound. */
  readonly forget: () => void;
};

export function createBoundedKernel(input: KernelInput): BoundedKernel {
  const recorder = new FaultBoundRecorder(input.scenario);
  const kernel = createKernel({ ...input, onAccesses: recorder.observe });
  recorder.pagesOf = (vm, process) => kernel.machine.vm(vm).process(process).virtualPages;
  return { kernel, bound: () => recorder.bound(kernel.machine), forget: () => recorder.forget() };
}

/** Records the interleaved trace of a run. */
class FaultBoundRecorder {
  private readonly frames: number;
  private readonly firstIds = new Map<number, number>();
  /** Virtual pages of a process. */
  pagesOf: (vm: number, process: number) => number = () => 0;
  private nextId = 0;
  private trace: InterleavedTrace | undefined = new InterleavedTrace(MAX_BOUNDED_CHANGES);
  private faults = 0;

  constructor({ host }: Scenario) {
    this.frames = Math.max(1, host.framePages - host.overheadPages);
  }

  readonly observe: AccessObserver = (vm, process, pages, from, count, isMiss) => {
    if (isMiss) this.faults++;
    const { trace } = this;
    if (trace === undefined || trace.isTooLong) return;
    const firstId = this.firstId(vm, process);
    for (let i = from; i < from + count; i++) trace.add(firstId + pages[i]);
  };

  forget(): void {
    this.trace = undefined;
  }

  bound({ vms }: MachineTables): FaultBound {
    const { trace } = this;
    assert(trace !== undefined, "the recording of a run's accesses was given up");
    const faults = vms.reduce((sum, { counters }) => sum + readAheadOf(counters), this.faults);
    const isOther = vms.some(({ counters }) => counters[Counter.pagesMerged] + counters[Counter.largePagesMapped] > 0);
    if (trace.isTooLong || isOther) return { faults, minFaults: null };
    const minFaults = minMisses(trace.kept, this.frames);
    assert(faults >= minFaults, () => `a run with ${faults} faults has fewer than the least possible, ${minFaults}`);
    return { faults, minFaults };
  }

  /** Processes get ranges of numbers in the order of their first accesses. */
  private firstId(vm: number, process: number): number {
    const key = vm * 65_536 + process;
    const known = this.firstIds.get(key);
    if (known !== undefined) return known;
    const first = this.nextId;
    this.firstIds.set(key, first);
    this.nextId += this.pagesOf(vm, process);
    return first;
  }
}
