import fc from "fast-check";
import { expect, test } from "vitest";
import { EventBatch, EventCode, knownEvents, type KnownEvents } from "../packages/core/src/events/index.ts";
import { vmId } from "../packages/core/src/ids/index.ts";
import { applyBatch, blankTables, Frames, MachineTables, VmLife, VmTables } from "../packages/core/src/memory/index.ts";
import { caseCount } from "../packages/core/src/testing/index.ts";
import { encodeAges } from "../packages/server/src/api/page-maps/encode-ages.ts";
import { StateGate } from "../packages/server/src/api/limits/held-states.ts";
import { PageMaps as ServerMaps } from "../packages/server/src/api/page-maps/page-maps.ts";
import type { Application } from "../packages/server/src/application/index.ts";
import {
  finishNow,
  frameCell,
  LEAPS,
  MapHistory,
  PAGE_AGES,
  PageAges,
  mapColumnsOf,
  realPageCell,
  STEPS,
} from "../packages/server/src/history/index.ts";
import { SyntheticHistory } from "../packages/server/src/testing/synthetic-history.ts";
import { type MapRequest, type PageMap, PageMaps } from "../packages/web/src/maps/index.ts";

const { windowEvents: WINDOW_EVENTS } = STEPS;
/** Between keyframes; not where windows begin. */
const KEYFRAME_EVENTS = 5_000;

/** The server's answers about a history in memory, to the page's requests. */
class MapServer {
  readonly head: number;
  readonly asked: string[] = [];
  readonly #batches: readonly KnownEvents[];
  readonly #maps: ServerMaps;

  constructor(seed: number, events: number) {
    const history = new SyntheticHistory({ seed, framePages: 150, vms: 2, sharing: true });
    const batches: KnownEvents[] = [];
    while (history.machine.position < events) batches.push(knownEvents(history.next(3_000)));
    this.#batches = batches;
    this.head = history.machine.position;
    const maps = new MapHistory({
      restoreBefore: (_run, position) => {
        const keyframe = position - (position % KEYFRAME_EVENTS);
        return Promise.resolve(this.machineAt(keyframe, new MachineTables(mapColumnsOf(blankTables))));
      },
      eventsBehind: (_run, position) => Promise.resolve(batches.find(({ lastPosition }) => lastPosition > position)!),
      onDropped: () => undefined,
      cacheBytes: 2 ** 20,
    });
    const runs = { getRun: () => Promise.resolve({ logId: 1 }) };
    this.#maps = new ServerMaps(
      { runs, history: { maps, positionAt: () => Promise.resolve(0) } } as unknown as Application,
      new StateGate(),
    );
  }

  machineAt(position: number, machine = new MachineTables()): MachineTables {
    for (const batch of this.#batches)
      applyBatch(machine, batch, 0, Math.max(0, Math.min(batch.length, position - batch.firstPosition + 1)));
    return machine;
  }

  readonly request: MapRequest = async (path, { signal }) => {
    const [from, what, to] = path.replace("/runs/some%20run/pages/", "").split("/");
    this.asked.push(what ?? "whole");
    const request = { runId: "some run", signal };
    const [first, last] = [Number(from), Number(to)];
    if (what === "ages") return new Response(answerAges());
    if (what === undefined) return new Response(Buffer.from(await this.#maps.map(request, first)));
    const ask = { to: "difference", steps: "steps", leaps: "leaps" } as const;
    return new Response(Buffer.from(await this.#maps[ask[what as keyof typeof ask]](request, first, last)));
  };

  open(maxBytes?: number): PageMaps {
    return new PageMaps({ run: "some run", head: this.head, request: this.request, ...(maxBytes === undefined ? {} : { maxBytes }) });
  }
}

/** Of a host of 4 frames and a VM of 2 pages, 4 us into a run: page 0 got frame 3 at 1 us, frame 1 was zeroed at 3.5 us. */
function answerAges(): Uint8Array<ArrayBuffer> {
  const machine = new MachineTables();
  machine.timeNs = 4_000;
  machine.frames = new Frames(4);
  machine.vms.push(new VmTables(vmId(1), 2, 0, 0, VmLife.Running));
  const batch = new EventBatch(2, 2);
  batch.append(EventCode.FrameMapped, 1_000, 1, 0, 0, 3, 0, 0);
  batch.append(EventCode.FrameZeroed, 3_500, 1, 0, 0, 1, 0, 0);
  const ages = new PageAges(machine);
  ages.note(batch, 0, batch.length);
  return new Uint8Array(finishNow(encodeAges(ages, { position: 7, timeNs: 4_000, from: 2 })));
}

/** What a picture shows, as a copy. */
function shown({ position, timeNs, spaces }: PageMap): unknown {
  return {
    position,
    timeNs,
    spaces: spaces.map(({ vm, name, states, owners }) => ({ vm, name, states: [...states], owners: owners && [...owners] })),
  };
}

/** The same from the whole tables. */
function expected(machine: MachineTables): unknown {
  const frames = Array.from({ length: machine.frames.count }, (_, frame) => frameCell(machine, frame));
  const host = { vm: null, name: null, states: frames.map((cell) => cell % 16), owners: frames.map((cell) => Math.floor(cell / 16)) };
  const vms = machine.vms.map((vm) => {
    return {
      vm: vm.vm,
      name: machine.text(vm.nameText),
      states: Array.from(vm.use, (_, page) => realPageCell(machine.frames, vm, page)),
      owners: null,
    };
  });
  return { position: machine.position, timeNs: machine.timeNs, spaces: frames.length === 0 ? [] : [host, ...vms] };
}

/** What a canvas shows that draws only what a picture says has changed. */
class Canvas {
  readonly #drawn = new Map<number | null, number[]>();

  draw({ spaces }: PageMap): void {
    for (const vm of this.#drawn.keys()) if (!spaces.some((space) => space.vm === vm)) this.#drawn.delete(vm);
    for (const { vm, states, owners, changed } of spaces) {
      const drawn = this.#drawn.get(vm) ?? [];
      this.#drawn.set(vm, drawn);
      for (const page of changed ?? states.keys()) drawn[page] = states[page] + 16 * (owners?.[page] ?? 0);
    }
  }

  get spaces(): number[][] {
    return [...this.#drawn.values()];
  }
}

function cellsOf({ spaces }: PageMap): number[][] {
  return spaces.map(({ states, owners }) => Array.from(states, (state, page) => state + 16 * (owners?.[page] ?? 0)));
}

test("wherever the page moves, it shows the map of that position, and what it says has changed is all that has; oracle: whole tables", async () => {
  const move = fc.oneof(
    fc.constantFrom(-1, 1, -4_096, 4_096),
    fc.integer({ min: -9_000, max: 9_000 }),
    fc.integer({ min: -90_000, max: 90_000 }),
  );
  const memory = fc.constantFrom(undefined, 0, 200_000);
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.array(move, { minLength: 3, maxLength: 12 }), memory, async (seed, moves, maxBytes) => {
      const server = new MapServer(seed, 3 * WINDOW_EVENTS);
      const maps = server.open(maxBytes);
      const canvas = new Canvas();
      let position = Math.floor(server.head / 2);
      for (const by of moves) {
        position = Math.min(Math.max(position + by, 0), server.head);
        const map = maps.peek(position) ?? (await maps.at(position));
        canvas.draw(map);
        expect(shown(map)).toEqual(expected(server.machineAt(position)));
        expect(canvas.spaces).toEqual(cellsOf(map));
      }
    }),
    { numRuns: caseCount(4, 200) },
  );
});

test("near a position it shows the map of where the nearest leap ends, and from there that of any; oracle: whole tables", async () => {
  const move = fc.integer({ min: -60_000, max: 60_000 });
  const memory = fc.constantFrom(undefined, 0, 200_000);
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.array(fc.tuple(move, fc.boolean()), { minLength: 3, maxLength: 8 }),
      memory,
      async (seed, moves, maxBytes) => {
        const server = new MapServer(seed, 75_000);
        const maps = server.open(maxBytes);
        const canvas = new Canvas();
        let position = Math.floor(server.head / 2);
        for (const [by, isExact] of moves) {
          position = Math.min(Math.max(position + by, 0), server.head);
          const leapEnd = Math.min(Math.round(position / LEAPS.stepEvents), Math.floor(server.head / LEAPS.stepEvents)) * LEAPS.stepEvents;
          const map = isExact ? await maps.at(position) : (maps.peekNear(position) ?? (await maps.near(position)));
          canvas.draw(map);
          expect(shown(map)).toEqual(expected(server.machineAt(isExact ? position : leapEnd)));
          expect(canvas.spaces).toEqual(cellsOf(map));
        }
      },
    ),
    { numRuns: caseCount(3, 200) },
  );
});

test("a drag over leaps that are there needs no request, and its end only the events beside it", async () => {
  // One window of leaps.
  const server = new MapServer(6, 66_000);
  const maps = server.open();
  await maps.near(40_000);
  await maps.near(8_000);
  expect(server.asked).toEqual(["whole", "leaps"]);
  for (const position of [50_000, 20_000, 60_000]) expect(maps.peekNear(position)?.position).toBe(Math.round(position / 8_192) * 8_192);
  await maps.at(30_000);
  expect(server.asked).toEqual(["whole", "leaps", "steps"]);
});

test("steps within a window need one request, in both directions, and the first events of a run bring its tables", async () => {
  const server = new MapServer(3, 2 * WINDOW_EVENTS);
  const maps = server.open();
  expect(maps.peek(0)).toBeUndefined();
  expect((await maps.at(0)).spaces).toEqual([]);
  expect(maps.states?.realPages.backings.map(({ name }) => name)).toContain("host-swap");
  await maps.at(1);
  expect(server.asked).toEqual(["whole", "steps"]);
  for (let position = 2; position <= 30; position++) expect(shown(maps.peek(position)!)).toEqual(expected(server.machineAt(position)));
  for (let position = 30; position >= 0; position--) expect(shown(maps.peek(position)!)).toEqual(expected(server.machineAt(position)));
  expect(maps.peek(WINDOW_EVENTS + 1)).toBeUndefined();
  maps.prefetch(1);
  await expect.poll(() => maps.peek(WINDOW_EVENTS + 1)?.position).toBe(WINDOW_EVENTS + 1);
  expect(server.asked).toEqual(["whole", "steps", "steps"]);
});

test("ages are read with their terms; oracle: times of two events", async () => {
  const ages = await new MapServer(3, 10).open().ages(7, new AbortController().signal);
  expect(ages).toMatchObject({ position: 7, timeNs: 4_000, from: 2, terms: PAGE_AGES });
  const described = ages.spaces.map(({ vm, ages: cells }) => [vm, Array.from(cells, (age) => ages.terms[age]?.minNs)]);
  expect(described).toEqual([
    [null, [null, 0, null, 1_000]],
    [1, [1_000, null]],
  ]);
});

test("what is far is asked for as a difference, and what is further as a whole map", async () => {
  const server = new MapServer(4, 20 * WINDOW_EVENTS);
  const maps = server.open();
  for (const position of [server.head, server.head - 3 * WINDOW_EVENTS, 5]) await maps.at(position);
  expect(server.asked).toEqual(["whole", "to", "whole"]);
});

test("a later call ends the earlier one and its request, and a window that both need is asked for once", async () => {
  const server = new MapServer(5, 2 * WINDOW_EVENTS);
  const maps = server.open();
  await maps.at(10);
  const first = maps.at(20);
  const second = maps.at(30);
  await expect(first).rejects.toMatchObject({ name: "AbortError" });
  expect((await second).position).toBe(30);
  expect(server.asked).toEqual(["whole", "steps"]);
  const given = new AbortController();
  const third = maps.at(WINDOW_EVENTS + 5, given.signal);
  given.abort();
  await expect(third).rejects.toMatchObject({ name: "AbortError" });
  expect(maps.peek(40)?.position).toBe(40);
});
