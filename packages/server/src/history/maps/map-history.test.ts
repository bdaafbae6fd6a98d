import { EventBatch, EventCode, knownEvents, type KnownEvents, Mapping, Mmu } from "@ballast/core/events";
import { NO_PAGE } from "@ballast/core/ids";
import {
  applyBatch,
  blankTables,
  FRAME_ZEROED,
  Kept,
  MachineTables,
  OWNER_HYPERVISOR,
  OWNER_SHARED,
  RealUse,
  type VmTables,
} from "@ballast/core/memory";
import { caseCount, createKernel, largeScenarioArbitrary, scenarioArbitrary, wildPolicyWithoutSamples } from "@ballast/core/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { SyntheticHistory } from "../../testing/synthetic-history.ts";
import { finishNow } from "../steps.ts";
import { FRAME_STATES, REAL_PAGE_STATES, type StateTable } from "./cell-states.ts";
import { mapColumnsOf } from "./map-columns.ts";
import { MapHistory } from "./map-history.ts";
import { STEPS } from "./step-window.ts";

const RUN = 1;
/** Between keyframes; not where windows begin. */
const KEYFRAME_EVENTS = 1_500;

/** Reads maps of events that are in memory; keeps next to nothing, or much. */
function historyOf(batches: readonly KnownEvents[], cacheBytes: number): MapHistory {
  return new MapHistory({
    restoreBefore: (_run, position) => {
      const keyframe = position - (position % KEYFRAME_EVENTS);
      return Promise.resolve(replay(batches, keyframe, new MachineTables(mapColumnsOf(blankTables))));
    },
    eventsBehind: (_run, position) => Promise.resolve(batches.find(({ lastPosition }) => lastPosition > position)!),
    onDropped: () => undefined,
    cacheBytes,
  });
}

function replay(batches: readonly KnownEvents[], position: number, machine: MachineTables): MachineTables {
  for (const batch of batches) applyBatch(machine, batch, 0, Math.max(0, Math.min(batch.length, position - batch.firstPosition + 1)));
  return machine;
}

/** Every cell of every space, in words, from the whole tables. */
function expectedMap(machine: MachineTables): Map<number, string[]> {
  const { frames } = machine;
  const map = new Map<number, string[]>();
  if (frames.count > 0)
    map.set(
      0,
      Array.from({ length: frames.count }, (_, frame) => frameInWords(machine, frame)),
    );
  for (const vm of machine.vms)
    map.set(
      vm.vm,
      Array.from(vm.use, (_, page) => realPageInWords(machine, vm, page)),
    );
  return map;
}

const USE_NAMES = new Map<number, string>([
  [RealUse.Free, "free"],
  [RealUse.Process, "process"],
  [RealUse.Kernel, "kernel"],
  [RealUse.Balloon, "balloon"],
]);

function frameInWords({ frames, vms }: MachineTables, frame: number): string {
  const owner = frames.ownerVm[frame]!;
  if (owner === OWNER_HYPERVISOR) return "hypervisor small 0";
  if (owner === OWNER_SHARED) return "shared small 0";
  if (owner === 0) return `${frames.content[frame] === FRAME_ZEROED ? "free-zeroed" : "free"} small 0`;
  const vm = vms[owner - 1]!;
  const real = vm.realMap.indexOf(frame);
  const use = vm.use[real] === RealUse.Free ? "guest-free" : USE_NAMES.get(vm.use[real]!);
  return `${use} ${isLarge(vm, real) ? "large" : "small"} ${owner}`;
}

function realPageInWords({ frames }: MachineTables, vm: VmTables, page: number): string {
  const use = USE_NAMES.get(vm.use[page]!);
  if (vm.compressedBlocks[page]! > 0) return `${use} compressed`;
  const frame = vm.realMap[page]!;
  if (frame !== NO_PAGE && frames.ownerVm[frame] === OWNER_SHARED) return `${use} shared`;
  if (frame !== NO_PAGE) return `${use} ${isLarge(vm, page) ? "large" : "frame"}`;
  if (vm.kept[page] === Kept.OnGuestDisk) return `${use} guest-disk`;
  if (vm.kept[page] === Kept.InSwapCache) return `${use} swap-cache`;
  return `${use} ${vm.swapSlot[page] === NO_PAGE ? "none" : "host-swap"}`;
}

const isLarge = (vm: VmTables, page: number): boolean => vm.largeMap[page >> 9] === 1;

function inWords({ uses, backings }: StateTable, state: number): string {
  return `${uses[Math.floor(state / backings.length)]!.name} ${backings[state % backings.length]!.name}`;
}

const cellInWords = (space: number, cell: number): string =>
  space === 0 ? `${inWords(FRAME_STATES, cell % 16)} ${Math.floor(cell / 16)}` : inWords(REAL_PAGE_STATES, cell);

/** The map at a position, whole. */
async function wholeMap(maps: MapHistory, position: number): Promise<Map<number, number[]>> {
  return await maps.withCells(RUN, position, (cursor) => {
    return Promise.resolve(new Map(cursor.spaces.map(({ vm }) => [vm, [...finishNow(cursor.cellsOf(vm))]])));
  });
}

/** The map at `to`, from the one at `from` and what the events between them change. */
async function steppedMap(maps: MapHistory, from: number, to: number): Promise<Map<number, number[]>> {
  const map = await wholeMap(maps, from);
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  const windows = await maps.windows(RUN, first, last);
  for (const window of windows) {
    for (const { vm, pages } of window.spacesAt(window.to)) if (!map.has(vm)) map.set(vm, new Array<number>(pages).fill(0));
    for (let position = Math.max(first, window.from) + 1; position <= Math.min(last, window.to); position++) {
      window.eachRun(position, (space, page, pages, xor) => {
        for (let at = page; at < page + pages; at++) map.get(space)![at]! ^= xor;
      });
    }
  }
  const there = windows.find((window) => window.from <= to && to <= window.to)?.spacesAt(to) ?? [];
  return new Map([...map].filter(([space]) => windows.length === 0 || there.some(({ vm }) => vm === space)));
}

const wordsOf = (map: ReadonlyMap<number, readonly number[]>): Map<number, string[]> =>
  new Map([...map].map(([space, cells]) => [space, cells.map((cell) => cellInWords(space, cell))]));

type Maps = ReadonlyMap<number, readonly string[]>;

/** The map at each of some positions, one after the other: stepped from the one before, whole, and from the whole tables. */
async function mapsAlong(batches: readonly KnownEvents[], moves: readonly number[]): Promise<{ found: Maps[]; expected: Maps[] }> {
  const head = batches.at(-1)!.lastPosition;
  const positions = moves.map((move) => Math.floor(move * (head + 1)));
  const found: Maps[] = [];
  for (const cacheBytes of [0, 2 ** 26]) {
    const maps = historyOf(batches, cacheBytes);
    for (const [index, position] of positions.entries()) {
      found.push(wordsOf(await steppedMap(maps, positions[index - 1] ?? head, position)), wordsOf(await wholeMap(maps, position)));
    }
  }
  const once = positions.flatMap((position) => {
    const map = expectedMap(replay(batches, position, new MachineTables()));
    return [map, map];
  });
  return { found, expected: [...once, ...once] };
}

const movesArbitrary = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 2, maxLength: 5 });

test("cells that are stepped in either direction are those of the whole tables, over several windows; oracle: every page in words", async () => {
  const events = fc.integer({ min: 1, max: 3 * STEPS.windowEvents });
  await fc.assert(
    fc.asyncProperty(fc.nat(), events, fc.integer({ min: 100, max: 3_000 }), movesArbitrary, async (seed, count, perBatch, moves) => {
      const history = new SyntheticHistory({ seed, framePages: 200, vms: 3, sharing: true });
      const batches: KnownEvents[] = [];
      while (history.machine.position < count) batches.push(knownEvents(history.next(perBatch)));
      const { found, expected } = await mapsAlong(batches, moves);
      expect(found).toEqual(expected);
    }),
    { numRuns: caseCount(4, 100) },
  );
});

test("so it is for runs of the kernel, with large pages, compression and one-level mapping; oracle: every page in words", async () => {
  const scenarios = fc.oneof(scenarioArbitrary, largeScenarioArbitrary);
  await fc.assert(
    fc.asyncProperty(scenarios, movesArbitrary, async (scenario, moves) => {
      const kernel = createKernel({ scenario, policy: wildPolicyWithoutSamples, parameters: {}, traces: new Map<string, never>() });
      kernel.advance(Number.POSITIVE_INFINITY, 300);
      const { found, expected } = await mapsAlong([knownEvents(kernel.takeBatch())], moves);
      expect(found).toEqual(expected);
    }),
    { numRuns: caseCount(12, 1_000) },
  );
});

test("an event of many pages is one run of cells for each table, and a window is asked for again while it grows", async () => {
  const batch = new EventBatch(1, 10);
  const emit = (code: number, vm: number, ...[a = 0, b = 0, c = 0, d = 0]: number[]): void => {
    batch.append(code, batch.length, vm, 0, a, b, c, d);
  };
  emit(EventCode.HostStarted, 0, 3_000, Mapping.TwoLevel, Mmu.Nested, 0);
  emit(EventCode.VmAdmitted, 1, 2_000);
  emit(EventCode.LargePageMapped, 1, 1_024, 512);
  emit(EventCode.KernelPagesPinned, 1, 100, 300);
  const maps = historyOf([knownEvents(batch)], 2 ** 20);
  const runsAt = async (position: number): Promise<number[][]> => {
    const [window] = await maps.windows(RUN, 0, position);
    const runs: number[][] = [];
    window!.eachRun(position, (...run) => runs.push(run));
    return runs;
  };
  // Code 2: free by the guest, with a large frame. Code 16 * 1 + 9: VM 1's, free by the guest, large. Code 16: kernel, without a frame.
  expect(await runsAt(2)).toEqual([]);
  expect(await runsAt(3)).toEqual([
    [1, 1_024, 512, 2],
    [0, 512, 512, 25],
  ]);
  expect(await runsAt(4)).toEqual([[1, 100, 200, 16]]);
});
