import { COUNTERS, type CounterName, knownOrNull, type MachineTables, type VmTables } from "@ballast/core/memory";
import {
  type FrameState,
  frameState,
  type RealPageState,
  realPageState,
  type VirtualPageState,
  virtualPageState,
} from "./page-states.ts";
import type { Steps } from "./steps.ts";

/** A page or frame that is not the same at two moments; null where its VM or process was not there. */
export type PageChange =
  | {
      readonly kind: "realPage";
      readonly vm: number;
      readonly page: number;
      readonly before: RealPageState | null;
      readonly after: RealPageState | null;
    }
  | {
      readonly kind: "virtualPage";
      readonly vm: number;
      readonly process: number;
      readonly page: number;
      readonly before: VirtualPageState | null;
      readonly after: VirtualPageState | null;
    }
  | {
      readonly kind: "frame";
      readonly page: number;
      readonly before: FrameState | null;
      readonly after: FrameState | null;
    };

/** A figure of a VM (0: of the host) that is not the same at two moments. */
export type FigureChange = {
  readonly vm: number;
  readonly figure: string;
  /** Null for what an earlier version did not record. */
  readonly before: number | null;
  readonly after: number | null;
};

export type StateDiff = {
  readonly from: { readonly position: number; readonly timeNs: number };
  readonly to: { readonly position: number; readonly timeNs: number };
  readonly figures: readonly FigureChange[];
  /** How many pages of each kind differ, all in all. */
  readonly changedRealPages: number;
  readonly changedVirtualPages: number;
  readonly changedFrames: number;
  /** A stretch of the differences: real pages by VM and number, then virtual pages, then frames. */
  readonly changes: readonly PageChange[];
  /** Go on with `skip: nextSkip`; null after the last. */
  readonly nextSkip: number | null;
};

export type DiffPage = { readonly skip?: number; readonly first?: number };

/** Collects a stretch of a long list of changes, and counts all of it. */
class Stretch {
  readonly changes: PageChange[] = [];
  total = 0;
  private readonly skip: number;
  private readonly first: number;

  constructor({ skip = 0, first = 100 }: DiffPage) {
    this.skip = skip;
    this.first = first;
  }

  add(make: () => PageChange): void {
    if (this.total++ >= this.skip && this.changes.length < this.first) this.changes.push(make());
  }

  nextSkip(): number | null {
    const next = this.skip + this.changes.length;
    return next < this.total ? next : null;
  }
}

/** Pages that are compared in one step. */
const STEP_PAGES = 16_384;

/** What differs between two states of one run. */
export function* diffStates(from: MachineTables, to: MachineTables, page: DiffPage = {}): Steps<StateDiff> {
  const stretch = new Stretch(page);
  const vms = Math.max(from.vms.length, to.vms.length);
  for (let vm = 1; vm <= vms; vm++) yield* diffRealPages(from.vms[vm - 1], to.vms[vm - 1], vm, stretch);
  const changedRealPages = stretch.total;
  for (let vm = 1; vm <= vms; vm++) yield* diffProcesses(from.vms[vm - 1], to.vms[vm - 1], vm, stretch);
  const changedVirtualPages = stretch.total - changedRealPages;
  yield* diffFrames(from, to, stretch);
  return {
    from: { position: from.position, timeNs: from.timeNs },
    to: { position: to.position, timeNs: to.timeNs },
    figures: diffFigures(from, to),
    changedRealPages,
    changedVirtualPages,
    changedFrames: stretch.total - changedVirtualPages - changedRealPages,
    changes: stretch.changes,
    nextSkip: stretch.nextSkip(),
  };
}

function* diffRealPages(from: VmTables | undefined, to: VmTables | undefined, vm: number, stretch: Stretch): Steps<void> {
  const pages = Math.max(from?.realMap.length ?? 0, to?.realMap.length ?? 0);
  for (let page = 0; page < pages; page++) {
    if (page % STEP_PAGES === 0) yield;
    if (from !== undefined && to !== undefined && isSameRealPage(from, to, page)) continue;
    stretch.add(() => ({
      kind: "realPage",
      vm,
      page,
      before: realPageState(from, page),
      after: realPageState(to, page),
    }));
  }
}

function isSameRealPage(from: VmTables, to: VmTables, page: number): boolean {
  return (
    from.realMap[page] === to.realMap[page] &&
    from.use[page] === to.use[page] &&
    from.swapSlot[page] === to.swapSlot[page] &&
    from.swapContent[page] === to.swapContent[page] &&
    from.compressedBlocks[page] === to.compressedBlocks[page] &&
    from.kept[page] === to.kept[page] &&
    from.userPage[page] === to.userPage[page] &&
    from.userProcess[page] === to.userProcess[page]
  );
}

function* diffProcesses(from: VmTables | undefined, to: VmTables | undefined, vm: number, stretch: Stretch): Steps<void> {
  const processes = Math.max(from?.processes.length ?? 0, to?.processes.length ?? 0);
  for (let process = 1; process <= processes; process++) {
    const [before, after] = [from?.processes[process - 1], to?.processes[process - 1]];
    const pages = before?.virtualPages ?? after?.virtualPages ?? 0;
    for (let page = 0; page < pages; page++) {
      if (page % STEP_PAGES === 0) yield;
      const isSame =
        before?.pageTable[page] === after?.pageTable[page] && before?.diskContent[page] === after?.diskContent[page];
      if (isSame) continue;
      stretch.add(() => {
        return {
          kind: "virtualPage",
          vm,
          process,
          page,
          before: virtualPageState(before, page),
          after: virtualPageState(after, page),
        };
      });
    }
  }
}

function* diffFrames({ frames: from }: MachineTables, { frames: to }: MachineTables, stretch: Stretch): Steps<void> {
  for (let page = 0; page < Math.max(from.count, to.count); page++) {
    if (page % STEP_PAGES === 0) yield;
    const isSame =
      from.ownerVm[page] === to.ownerVm[page] &&
      from.realPage[page] === to.realPage[page] &&
      from.content[page] === to.content[page] &&
      from.sharers[page] === to.sharers[page];
    if (!isSame)
      stretch.add(() => ({ kind: "frame", page, before: frameState(from, page), after: frameState(to, page) }));
  }
}

const VM_FIGURES = [
  "residentPages",
  "sharedPages",
  "largePages",
  "swappedPages",
  "diskKeptPages",
  "swapCachePages",
  "mappedPages",
  "balloonTargetPages",
  "balloonSizePages",
  "memoryLimitPages",
  "life",
] as const;

function diffFigures(from: MachineTables, to: MachineTables): FigureChange[] {
  const host: FigureChange[] = [
    { vm: 0, figure: "freePages", before: from.frames.freePages, after: to.frames.freePages },
    { vm: 0, figure: "overheadPages", before: from.frames.overheadPages, after: to.frames.overheadPages },
    { vm: 0, figure: "swapUsedPages", before: from.swapUsedPages, after: to.swapUsedPages },
    { vm: 0, figure: "sharedFramePages", before: from.frames.sharedFramePages, after: to.frames.sharedFramePages },
    { vm: 0, figure: "savedPages", before: from.savedPages, after: to.savedPages },
    { vm: 0, figure: "memoryState", before: from.memoryState, after: to.memoryState },
  ];
  const ofVms = to.vms.flatMap((vm, index) => {
    const earlier = from.vms[index];
    const own = VM_FIGURES.map((figure) => ({
      vm: vm.vm as number,
      figure,
      before: earlier?.[figure] ?? 0,
      after: vm[figure],
    }));
    const counted = COUNTERS.map((figure: CounterName, at) => {
      return { vm: vm.vm, figure, before: knownOrNull(earlier?.counters[at] ?? 0), after: knownOrNull(vm.counters[at]!) };
    });
    return [...own, ...counted];
  });
  return [...host, ...ofVms].filter((change) => change.before !== change.after);
}
