import type { KnownEvents } from "@ballast/core/events";
import { applyBatch, blankTables, type MachineOutline, MachineTables } from "@ballast/core/memory";
import type { Pool } from "pg";
import {
  BatchBuffers,
  CommitCache,
  type EventRange,
  loadSegments,
  positionAtTime,
  readEvents,
  readHead,
  requirePosition,
} from "../event-store/index.ts";
import { ByteCache } from "./byte-cache.ts";
import { columnsOf, type FullTables, tableBytes } from "./full-tables.ts";
import { KeyframeDamaged } from "./keyframe-checks.ts";
import { findKeyframe, type KeyframeRow, markDamaged, type WantedKeyframe } from "./keyframe-store.ts";
import { machineBytes } from "./machine-bytes.ts";
import { diffByEvents } from "./near-diff.ts";
import {
  frameHistory,
  pageHistory,
  type PageHistory,
  type PageHistoryRange,
  type ProcessPage,
  virtualPageHistory,
} from "./page-history.ts";
import { eventsBehind, isMapColumn, MapHistory, mapColumnsOf } from "./maps/index.ts";
import { type RestoreParts, restoreMachine } from "./restore-machine.ts";
import { outlineBytes, restoreOutline } from "./restore-outline.ts";
import { RunTexts } from "./run-texts.ts";
import { SpareBuffers } from "./spare-buffers.ts";
import { diffStates, type DiffPage, type StateDiff } from "./state-diff.ts";
import { type StateLease, StateCache } from "./state-cache.ts";
import { finishSteps } from "./steps.ts";
import { readWindow, regionBytes, RegionReader, type TableEntries, type TableWindow, windowAround } from "./windows/index.ts";

/** A moment of a run, inclusive: after the event at a position, after all events up to a time, or the last stored one. */
export type At = { readonly position: number } | { readonly timeNs: number } | "latest";

export type HistoryOptions = {
  /** Memory for everything that is kept of moments; 512 MiB if not given. Its parts have shares of it, unless they are given. */
  readonly cacheBytes?: number | undefined;
  /** Memory for decoded full keyframes, some 58 MB each for a host of a million frames. */
  readonly keyframeCacheBytes?: number;
  /** Memory for whole states that were asked for lately. */
  readonly stateCacheBytes?: number;
  /** Memory for regions of tables as keyframes have them, shared by the moments behind these. */
  readonly regionCacheBytes?: number;
  /** Memory for what is kept of maps: columns and cells where they were last asked for, and what events have changed. */
  readonly mapCacheBytes?: number;
  /** Memory for facts and counts that were asked for lately. */
  readonly outlineCacheBytes?: number;
  /** Memory for commits that were read lately, as they are stored. */
  readonly commitCacheBytes?: number;
  /** Hears of a keyframe that was passed over because it is damaged; by then it is marked to be made again. */
  readonly onDamage?: (run: number, error: unknown) => void;
};

const DEFAULT_CACHE_BYTES = 512 * 1024 * 1024;
/** Moments that are no further apart are compared by the events between them. */
const MAX_NEAR_EVENTS = 8_192;
/** What each kind of what is kept may take of all. */
const SHARES = {
  keyframes: 0.3125,
  states: 0.21875,
  spares: 0.125,
  regions: 0.125,
  maps: 0.09375,
  commits: 0.09375,
  outlines: 0.03125,
} as const;

/** Which keyframes a replay can begin with, and the machine of one; undefined: before the first event. */
type ReplaySource = {
  readonly withTables: boolean;
  readonly restore: (row: KeyframeRow | undefined) => MachineTables | Promise<MachineTables>;
};

/** The states of runs at any moment: a keyframe and a short replay. One per process, because it caches. */
export class History {
  private readonly pool: Pool;
  private readonly parts: RestoreParts;
  private readonly states: StateCache;
  private readonly regions: RegionReader;
  private readonly outlines: ByteCache<MachineTables>;
  private readonly spares: SpareBuffers;
  private readonly texts: RunTexts;
  private readonly commits: CommitCache;
  private readonly buffers = new BatchBuffers();
  private readonly onDamage: (run: number, error: unknown) => void;
  /** Maps of all pages, for many moments near each other. */
  readonly maps: MapHistory;
  private readonly outlineSource: ReplaySource = { withTables: false, restore: restoreOutline };
  private readonly tableSource: ReplaySource = {
    withTables: true,
    restore: (row) => (row === undefined ? new MachineTables() : restoreMachine(this.parts, row)),
  };
  private readonly mapSource: ReplaySource = {
    withTables: true,
    restore: (row) => {
      const part = { isIn: isMapColumn, of: mapColumnsOf };
      return row === undefined ? new MachineTables(mapColumnsOf(blankTables)) : restoreMachine({ ...this.parts, part }, row);
    },
  };

  constructor(pool: Pool, options: HistoryOptions = {}) {
    this.pool = pool;
    const share = (part: keyof typeof SHARES): number => Math.floor((options.cacheBytes ?? DEFAULT_CACHE_BYTES) * SHARES[part]);
    this.spares = new SpareBuffers(share("spares"));
    const fulls = new ByteCache<FullTables>(options.keyframeCacheBytes ?? share("keyframes"), tableBytes);
    this.parts = { pool, fulls, spares: this.spares };
    this.states = new StateCache(options.stateCacheBytes ?? share("states"), machineBytes, this.spares);
    this.regions = new RegionReader(pool, new ByteCache(options.regionCacheBytes ?? share("regions"), regionBytes));
    this.outlines = new ByteCache(options.outlineCacheBytes ?? share("outlines"), outlineBytes);
    this.texts = new RunTexts(pool);
    this.commits = new CommitCache(options.commitCacheBytes ?? share("commits"));
    this.onDamage = options.onDamage ?? (() => undefined);
    this.maps = new MapHistory({
      restoreBefore: (run, position) => this.restoreMapsBefore(run, position),
      eventsBehind: (run, position) => eventsBehind(this.pool, run, position, this.commits),
      onDropped: (machine) => this.giveColumns(machine),
      cacheBytes: options.mapCacheBytes ?? share("maps"),
    });
  }

  /**
   * Facts, counts and metrics at a moment: no tables are restored for them, so that the cost is that of the events since the
   * keyframe before, whatever the size of the host.
   * @throws BallastError POSITION_OUT_OF_RANGE with the run's range, RUN_NOT_FOUND.
   */
  async outlineAt(run: number, at: At): Promise<MachineOutline> {
    const position = await this.positionAt(run, at);
    return this.outlines.get(`${run}:${position}`, () => this.replay(run, position, this.outlineSource));
  }

  /**
   * The tables at a moment, texts included. Shared with others who ask for the same moment: read it, do not change it.
   * @throws BallastError POSITION_OUT_OF_RANGE with the run's range, RUN_NOT_FOUND.
   */
  async stateAt(run: number, at: At): Promise<MachineTables> {
    const position = await this.positionAt(run, at);
    return this.states.keep(`${run}:${position}`, () => this.replay(run, position, this.tableSource));
  }

  /** Like `stateAt`, on lease: `release` it as soon as nothing of it is looked at any more. The cheapest way to ask. */
  async leaseState(run: number, at: At): Promise<StateLease> {
    const position = await this.positionAt(run, at);
    return this.states.lease(`${run}:${position}`, () => this.replay(run, position, this.tableSource));
  }

  /** Like `stateAt`, but the caller's own: apply further events to it at will. */
  async ownStateAt(run: number, at: At): Promise<MachineTables> {
    return this.replay(run, await this.positionAt(run, at), this.tableSource);
  }

  /**
   * Entries [first, end) of one table at a moment: the cost is that of the regions of keyframes that have them and of one look at the events since,
   * whatever the size of the host. Entries around them may be there, too; those of a table that is not there are null.
   * @throws BallastError POSITION_OUT_OF_RANGE with the run's range, RUN_NOT_FOUND.
   */
  async entriesAt(run: number, at: At, { table, first, end, only }: TableWindow): Promise<TableEntries> {
    const position = await this.positionAt(run, at);
    const window = { ...windowAround(table, first, end), ...(only === undefined ? {} : { only }) };
    return this.fromUndamaged(run, async (damaged) => {
      const row = await this.keyframeBefore(run, position, { withTables: true, damaged });
      return readWindow(this.pool, this.regions, row, { run, window, range: this.rangeBehind(row, position) });
    });
  }

  /**
   * What differs between two moments, a page of it.
   * @throws BallastError POSITION_OUT_OF_RANGE, RUN_NOT_FOUND.
   */
  async diff(run: number, from: At, to: At, page: DiffPage = {}): Promise<StateDiff> {
    const [first, second] = await Promise.all([this.positionAt(run, from), this.positionAt(run, to)]);
    const near = Math.abs(first - second) <= MAX_NEAR_EVENTS ? await this.diffNear(run, first, second, page) : undefined;
    if (near !== undefined) return near;
    const before = await this.leaseState(run, { position: first });
    try {
      const after = await this.leaseState(run, { position: second });
      try {
        return await finishSteps(diffStates(before.machine, after.machine, page));
      } finally {
        after.release();
      }
    } finally {
      before.release();
    }
  }

  /** Restores only the earlier of the two moments; undefined where both are needed. */
  private async diffNear(run: number, from: number, to: number, page: DiffPage): Promise<StateDiff | undefined> {
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    const machine = await this.ownStateAt(run, { position: first });
    const events: KnownEvents[] = [];
    for await (const batch of readEvents(this.pool, run, { from: first + 1, to: last, cache: this.commits })) events.push(batch);
    const steps = diffByEvents(machine, events, from <= to ? "forward" : "backward", page);
    const diff = steps && (await finishSteps(steps));
    this.giveColumns(machine);
    return diff;
  }

  private giveColumns(machine: MachineTables): void {
    for (const { values } of columnsOf(machine)) this.spares.give(values);
  }

  /** What happened to a real page of a VM, in bounded steps. */
  pageHistory(run: number, vm: number, realPage: number, range: PageHistoryRange = {}): Promise<PageHistory> {
    return pageHistory(this.pool, run, vm, realPage, range);
  }

  /** What happened to a virtual page of a process, in bounded steps. */
  virtualPageHistory(run: number, page: ProcessPage, range: PageHistoryRange = {}): Promise<PageHistory> {
    return virtualPageHistory(this.pool, run, page, range);
  }

  /** What happened to a frame, in bounded steps. */
  frameHistory(run: number, physicalPage: number, range: PageHistoryRange = {}): Promise<PageHistory> {
    return frameHistory(this.pool, run, physicalPage, range);
  }

  /** The position that a moment means. */
  async positionAt(run: number, at: At): Promise<number> {
    if (at === "latest") return (await readHead(this.pool, run)).position;
    if ("timeNs" in at) return positionAtTime(this.pool, run, at.timeNs);
    requirePosition(await readHead(this.pool, run), at.position, 0);
    return at.position;
  }

  /** From the newest keyframe that is undamaged, in the end from the start. */
  private replay(run: number, position: number, source: ReplaySource): Promise<MachineTables> {
    return this.fromUndamaged(run, (damaged) => this.replayFrom(source, run, position, damaged));
  }

  /** Work that begins with a keyframe; again with those that are damaged known, until it meets none. */
  private async fromUndamaged<Result>(run: number, work: (damaged: ReadonlySet<number>) => Promise<Result>): Promise<Result> {
    const damaged = new Set<number>();
    for (;;) {
      try {
        return await work(damaged);
      } catch (error) {
        if (!(error instanceof KeyframeDamaged) || damaged.has(error.position)) throw error;
        damaged.add(error.position);
        this.onDamage(run, error);
        await this.giveUpKeyframe(run, error);
      }
    }
  }

  /** So that it is made again, and the next reader does not meet it; what is asked for is answered anyhow. */
  private async giveUpKeyframe(run: number, { owner, position }: KeyframeDamaged): Promise<void> {
    try {
      await markDamaged(this.pool, owner, position);
    } catch (error) {
      this.onDamage(run, error);
    }
  }

  private async replayFrom(
    { withTables, restore }: ReplaySource,
    run: number,
    position: number,
    damaged: ReadonlySet<number>,
  ): Promise<MachineTables> {
    const row = await this.keyframeBefore(run, position, { withTables, damaged });
    const events = readEvents(this.pool, run, this.rangeBehind(row, position));
    // The first commits travel while the keyframe is expanded.
    const [machine, texts, first] = await Promise.all([restore(row), this.texts.first(run, row?.textCount ?? 0), events.next()]);
    texts.forEach((text, index) => (machine.texts[index + 1] = text));
    const apply = (batch: KnownEvents): void => {
      applyBatch(machine, batch);
      this.buffers.give(batch);
    };
    if (first.done !== true) apply(first.value);
    for await (const batch of events) apply(batch);
    return machine;
  }

  /** The columns of maps as the last undamaged keyframe up to a position has them. */
  private restoreMapsBefore(run: number, position: number): Promise<MachineTables> {
    return this.fromUndamaged(run, async (damaged) => {
      const row = await this.keyframeBefore(run, position, { withTables: true, damaged });
      const [machine, texts] = await Promise.all([this.mapSource.restore(row), this.texts.first(run, row?.textCount ?? 0)]);
      texts.forEach((text, index) => (machine.texts[index + 1] = text));
      return machine;
    });
  }

  private async keyframeBefore(run: number, position: number, wanted: WantedKeyframe): Promise<KeyframeRow | undefined> {
    return await findKeyframe(this.pool, { segments: await loadSegments(this.pool, run), position, ...wanted });
  }

  private rangeBehind(row: KeyframeRow | undefined, position: number): EventRange {
    return { from: (row?.position ?? 0) + 1, to: position, cache: this.commits, buffers: this.buffers };
  }
}
