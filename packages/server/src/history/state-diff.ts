import { type Frames, hostMetrics, type MachineOutline, type MachineTables, vmMetric, type VmTables } from "@ballast/core/memory";
import { knownOrNull, METRICS, type VmMetricName } from "@ballast/core/metrics";
import { forUnequalTiles, frameColumns, realPageColumns, virtualPageColumns } from "./equal-tiles.ts";
import { type FrameState, frameState, type RealPageState, realPageState, type VirtualPageState, virtualPageState } from "./page-states.ts";
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

/** A metric of a VM (0: of the host) that is not the same at two moments. */
export type MetricChange = {
  readonly vm: number;
  readonly metric: string;
  /** Null for what an earlier version did not record. */
  readonly before: number | null;
  readonly after: number | null;
};

export type StateDiff = {
  readonly from: { readonly position: number; readonly timeNs: number };
  readonly to: { readonly position: number; readonly timeNs: number };
  readonly metrics: readonly MetricChange[];
  /** How many pages of each kind differ, all in all. */
  readonly changedRealPages: number;
  readonly changedVirtualPages: number;
  readonly changedFrames: number;
  /** A stretch of the differences: real pages by VM and number, then virtual pages, then frames. */
  readonly changes: readonly PageChange[];
  /** Continue with `skip: nextSkip`; null after the last. */
  readonly nextSkip: number | null;
};

export type DiffPage = { readonly skip?: number; readonly first?: number };

/** Collects a stretch of a long list of changes, and counts all of it. */
export class Stretch {
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

/** The difference of two states of one run, whose pages that differ are found as steps: real pages, virtual pages, frames. */
export function* diffOf(
  from: MachineOutline,
  to: MachineOutline,
  page: DiffPage,
  parts: readonly [DiffPart, DiffPart, DiffPart],
): Steps<StateDiff> {
  const stretch = new Stretch(page);
  const totals: number[] = [];
  for (const part of parts) {
    yield* part(stretch);
    totals.push(stretch.total);
  }
  const [realPages = 0, virtualPages = 0, frames = 0] = totals;
  return {
    from: { position: from.position, timeNs: from.timeNs },
    to: { position: to.position, timeNs: to.timeNs },
    metrics: diffMetrics(from, to),
    changedRealPages: realPages,
    changedVirtualPages: virtualPages - realPages,
    changedFrames: frames - virtualPages,
    changes: stretch.changes,
    nextSkip: stretch.nextSkip(),
  };
}

type DiffPart = (stretch: Stretch) => Steps<void>;

/** What differs between two states of one run. */
export function diffStates(from: MachineTables, to: MachineTables, page: DiffPage = {}): Steps<StateDiff> {
  const vms = Array.from({ length: Math.max(from.vms.length, to.vms.length) }, (_, index) => index + 1);
  return diffOf(from, to, page, [
    function* (stretch) {
      for (const vm of vms) yield* diffRealPages(from.vms[vm - 1], to.vms[vm - 1], vm, stretch);
    },
    function* (stretch) {
      for (const vm of vms) yield* diffProcesses(from.vms[vm - 1], to.vms[vm - 1], vm, stretch);
    },
    (stretch) => diffFrames(from, to, stretch),
  ]);
}

function* diffRealPages(from: VmTables | undefined, to: VmTables | undefined, vm: number, stretch: Stretch): Steps<void> {
  const pages = Math.max(from?.realMap.length ?? 0, to?.realMap.length ?? 0);
  yield* forUnequalTiles(pages, [realPageColumns(from), realPageColumns(to)], (first, end) => {
    for (let page = first; page < end; page++) {
      if (from !== undefined && to !== undefined && isSameRealPage(from, to, page)) continue;
      stretch.add(() => ({ kind: "realPage", vm, page, before: realPageState(from, page), after: realPageState(to, page) }));
    }
  });
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
    yield* forUnequalTiles(pages, [virtualPageColumns(before), virtualPageColumns(after)], (first, end) => {
      for (let page = first; page < end; page++) {
        const isSame = before?.pageTable[page] === after?.pageTable[page] && before?.diskContent[page] === after?.diskContent[page];
        if (isSame) continue;
        stretch.add(() => {
          return { kind: "virtualPage", vm, process, page, before: virtualPageState(before, page), after: virtualPageState(after, page) };
        });
      }
    });
  }
}

function* diffFrames({ frames: from }: MachineTables, { frames: to }: MachineTables, stretch: Stretch): Steps<void> {
  yield* forUnequalTiles(Math.max(from.count, to.count), [frameColumns(from), frameColumns(to)], (first, end) => {
    for (let page = first; page < end; page++) {
      if (isSameFrame(from, to, page)) continue;
      stretch.add(() => ({ kind: "frame", page, before: frameState(from, page), after: frameState(to, page) }));
    }
  });
}

function isSameFrame(from: Frames, to: Frames, page: number): boolean {
  return (
    from.ownerVm[page] === to.ownerVm[page] &&
    from.realPage[page] === to.realPage[page] &&
    from.content[page] === to.content[page] &&
    from.sharers[page] === to.sharers[page]
  );
}

/** Of the host and of each VM all metrics, and of a VM where it is in its life. */
function diffMetrics(from: MachineOutline, to: MachineOutline): MetricChange[] {
  const [hostBefore, hostAfter] = [hostMetrics(from), hostMetrics(to)];
  const host = METRICS.host.map((metric): MetricChange => ({ vm: 0, metric, before: hostBefore[metric], after: hostAfter[metric] }));
  const ofVms = to.vms.flatMap((vm, index) => {
    const earlier = from.vms[index];
    const valueBefore = (metric: VmMetricName): number | null => knownOrNull(earlier === undefined ? 0 : vmMetric(earlier, metric));
    const metrics = METRICS.vm.map((metric): MetricChange => ({
      vm: vm.vm,
      metric,
      before: valueBefore(metric),
      after: knownOrNull(vmMetric(vm, metric)),
    }));
    return [...metrics, { vm: vm.vm, metric: "life", before: earlier?.life ?? 0, after: vm.life }];
  });
  return [...host, ...ofVms].filter(({ before, after }) => before !== after);
}
