import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Prng } from "../prng/index.ts";
import type { TraceReader } from "../trace/index.ts";
import { type AccessBuffer, type AccessStream, STREAM_ENDED, STREAM_IDLE, STREAM_WAITING } from "./access-stream.ts";
import { createStream, processRandomness } from "./create-stream.ts";
import type { SeededPart } from "./workload-kind.ts";
import type { Workload } from "./workload-kinds.ts";
import { listLeaves } from "./workload-pages.ts";
import { caseCount } from "../testing/case-count.ts";

const TRACE_PAGES = [0, 1, 2, 1, 0, 3, 3];
const TRACE_KINDS = [1, 1, 2, 0, 3, 1, 2];

/** Seven references in blocks of three. */
function tinyTrace(): TraceReader {
  return {
    referenceCount: TRACE_PAGES.length,
    pageCount: 4,
    blockCount: 3,
    blockReferences: 3,
    block: (index) => ({
      length: Math.min(3, TRACE_PAGES.length - 3 * index),
      slices: null,
      expand(first, count, { pages, kinds }, at) {
        for (let i = 0; i < count; i++) {
          pages[at + i] = TRACE_PAGES[3 * index + first + i] ?? 99;
          kinds[at + i] = TRACE_KINDS[3 * index + first + i] ?? 99;
        }
      },
    }),
  };
}

const traces = new Map([["tiny", tinyTrace()]]);
const files = [
  { name: "log", pages: 3 },
  { name: "data", pages: 7 },
];

function open(workload: Workload, seed = 1): AccessStream {
  return createStream(workload, processRandomness(seed, 1, 1), { traces, files });
}

function bufferOf(length: number): AccessBuffer {
  return { pages: new Int32Array(length), kinds: new Uint8Array(length), file: 0, readAheadPages: 0, acceptsPacked: false, packed: null };
}

/** One line per access or pause: "page/kind", "file 2: page/kind", "idle ns", "waiting". */
function tell(stream: AccessStream, length: number, fillings: number): string[] {
  const buffer = bufferOf(length);
  const told: string[] = [];
  for (let i = 0; i < fillings; i++) {
    buffer.file = 0;
    const count = stream.fill(buffer);
    const whose = buffer.file === 0 ? "" : `file ${buffer.file}: `;
    if (count === STREAM_ENDED) break;
    if (count === STREAM_WAITING) told.push("waiting");
    if (count === STREAM_IDLE) told.push(`idle ${stream.idleNs}`);
    for (let k = 0; k < count; k++) told.push(`${whose}${buffer.pages[k]}/${buffer.kinds[k]}`);
  }
  return told;
}

const extent = { firstPage: fc.nat(5), pages: fc.integer({ min: 1, max: 9 }) };
const writeRatio = fc.constantFrom(0, 0.25, 1);
const accesses = fc.integer({ min: 1, max: 40 });
const leaf: fc.Arbitrary<Workload> = fc.oneof(
  fc.record({ kind: fc.constant("sequential" as const), ...extent, writeRatio }),
  fc.record({ kind: fc.constant("cyclic" as const), ...extent, accesses, writeRatio }),
  fc.record({ kind: fc.constant("uniform" as const), ...extent, accesses, writeRatio }),
  fc.record({
    kind: fc.constant("zipf" as const),
    ...extent,
    accesses,
    writeRatio,
    exponent: fc.constantFrom(0, 0.8, 2),
  }),
  fc.record({
    kind: fc.constant("ramp" as const),
    firstPage: fc.nat(5),
    fromPages: extent.pages,
    toPages: extent.pages,
    accesses,
    writeRatio,
  }),
  fc.record({
    kind: fc.constant("references" as const),
    references: fc.array(fc.constantFrom("0", "3", "w3", "w12"), { minLength: 1, maxLength: 9 }),
  }),
  fc.record({
    kind: fc.constant("trace" as const),
    trace: fc.constant("tiny"),
    times: fc.integer({ min: 1, max: 3 }),
    startAt: fc.constantFrom(undefined, "random" as const),
  }),
  fc.record({ kind: fc.constant("idle" as const), ns: fc.integer({ min: 1, max: 1000 }) }),
  fc.record({
    kind: fc.constant("readFile" as const),
    file: fc.constantFrom("log", "data"),
    firstPage: fc.nat(2),
    pages: fc.constantFrom(null, 1),
    times: fc.integer({ min: 1, max: 3 }),
    writeRatio,
    readAheadPages: fc.nat(2),
  }),
);
const times = fc.integer({ min: 1, max: 3 });
const phasesOf = (part: fc.Arbitrary<Workload>): fc.Arbitrary<Workload> =>
  fc.record({ kind: fc.constant("phases" as const), phases: fc.array(part, { minLength: 1, maxLength: 3 }), times });
const anyWorkload = fc.oneof(leaf, phasesOf(fc.oneof(leaf, phasesOf(leaf))));

describe("any access stream", () => {
  test("saved at any filling and loaded into a new stream, continues as the undisturbed one does", () => {
    fc.assert(
      fc.property(anyWorkload, fc.integer({ min: 1, max: 11 }), fc.nat(30), fc.nat(), (workload, length, before, seed) => {
        const undisturbed = open(workload, seed);
        tell(undisturbed, length, before);
        const saved = JSON.parse(JSON.stringify(undisturbed.save())) as number[];
        const randomness = { ...processRandomness(seed, 1, 1), accesses: Prng.named(seed, "another") };
        const resumed = createStream(workload, randomness, { traces, files });
        tell(resumed, length, before % 5);
        resumed.load(saved);
        expect(resumed.save()).toEqual(saved);
        expect(tell(resumed, length, 1000)).toEqual(tell(undisturbed, length, 1000));
      }),
      { numRuns: caseCount(125, 2500) },
    );
  });

  test("gives the same accesses under every seed, if its kind says that the seed changes nothing of it", () => {
    fc.assert(
      fc.property(anyWorkload, fc.nat(), fc.nat(), (workload, seed, other) => {
        fc.pre(listLeaves(workload).every(({ seeded }) => seeded === null));
        expect(tell(open(workload, seed), 7, 1000)).toEqual(tell(open(workload, other), 7, 1000));
      }),
      { numRuns: caseCount(60, 1000) },
    );
  });

  test.each<[Workload, SeededPart]>([
    [{ kind: "uniform", firstPage: 0, pages: 90, accesses: 40, writeRatio: 0 }, "pages"],
    [{ kind: "zipf", firstPage: 0, pages: 90, accesses: 40, writeRatio: 0, exponent: 0.5 }, "pages"],
    [{ kind: "ramp", firstPage: 0, fromPages: 90, toPages: 80, accesses: 40, writeRatio: 0 }, "pages"],
    [{ kind: "cyclic", firstPage: 0, pages: 90, accesses: 40, writeRatio: 0.5 }, "writes"],
    [{ kind: "sequential", firstPage: 0, pages: 90, writeRatio: 0.5 }, "writes"],
    [{ kind: "readFile", file: "data", firstPage: 0, pages: 7, times: 9, writeRatio: 0.5, readAheadPages: 0 }, "writes"],
    [{ kind: "trace", trace: "tiny", times: 1, startAt: "random" }, "start"],
  ])("of %j another seed changes the %s", (workload, part) => {
    expect(listLeaves(workload).map(({ seeded }) => seeded)).toEqual([part]);
    const pagesOf = (seed: number): string[] => tell(open(workload, seed), 7, 1000).map((access) => access.split("/")[0]);
    const seeds = [1, 2, 3, 4];
    expect(new Set(seeds.map((seed) => tell(open(workload, seed), 7, 1000).join())).size).toBeGreaterThan(1);
    expect(new Set(seeds.map((seed) => pagesOf(seed).join())).size > 1).toBe(part !== "writes");
  });

  test("gives the same accesses whatever the buffer's length", () => {
    fc.assert(
      fc.property(anyWorkload, fc.integer({ min: 1, max: 11 }), (workload, length) => {
        expect(tell(open(workload), length, 10_000)).toEqual(tell(open(workload), 4096, 10_000));
      }),
    );
  });

  test("stays ended once it has ended", () => {
    fc.assert(
      fc.property(anyWorkload, (workload) => {
        const stream = open(workload);
        tell(stream, 16, 10_000);
        expect([stream.fill(bufferOf(4)), stream.fill(bufferOf(4))]).toEqual([STREAM_ENDED, STREAM_ENDED]);
      }),
    );
  });

  test("leaves the generator it was given as it was", () => {
    const rng = Prng.named(1, "workload");
    const state = rng.save();
    const randomness = { accesses: rng, starts: rng };
    const trace = { kind: "trace", trace: "tiny", times: 1, startAt: "random" } as const;
    const drawn = { kind: "uniform", firstPage: 0, pages: 9, accesses: 50, writeRatio: 0.5 } as const;
    tell(createStream({ kind: "phases", phases: [drawn, trace], times: 1 }, randomness, { traces, files }), 8, 99);
    expect(rng.save()).toEqual(state);
  });
});

describe("each kind, told access by access (oracle: its definition in workload.ts)", () => {
  test.each<[string, Workload, string[]]>([
    ["sequential", { kind: "sequential", firstPage: 2, pages: 3, writeRatio: 1 }, ["2/2", "3/2", "4/2"]],
    ["cyclic", { kind: "cyclic", firstPage: 5, pages: 2, accesses: 5, writeRatio: 0 }, ["5/1", "6/1", "5/1", "6/1", "5/1"]],
    ["references", { kind: "references", references: ["3", "w3", "0"] }, ["3/1", "3/2", "0/1"]],
    ["trace", { kind: "trace", trace: "tiny", times: 1 }, ["0/1", "1/1", "2/2", "1/0", "0/3", "3/1", "3/2"]],
    ["idle", { kind: "idle", ns: 70 }, ["idle 70"]],
  ])("%s", (_, workload, expected) => {
    expect(tell(open(workload), 4, 100)).toEqual(expected);
  });

  test("interactive waits for ever", () => {
    expect(tell(open({ kind: "interactive" }), 4, 3)).toEqual(["waiting", "waiting", "waiting"]);
  });

  test("phases run one after the other, and the list again", () => {
    const phases: Workload[] = [
      { kind: "references", references: ["1"] },
      { kind: "idle", ns: 5 },
      { kind: "trace", trace: "tiny", times: 2 },
    ];
    const trace = TRACE_PAGES.map((page, i) => `${page}/${TRACE_KINDS[i]}`);
    const round = ["1/1", "idle 5", ...trace, ...trace];
    expect(tell(open({ kind: "phases", phases, times: 2 }), 4, 100)).toEqual([...round, ...round]);
  });

  test("a trace from a random start makes the references of each round in cyclic order; oracle: a rotation of the list", () => {
    const all = TRACE_PAGES.map((page, i) => `${page}/${TRACE_KINDS[i]}`);
    const rotations = all.map((_, start) => all.slice(start).concat(all.slice(0, start)));
    const found = new Set<number>();
    for (let seed = 1; seed <= 60; seed++) {
      const told = tell(open({ kind: "trace", trace: "tiny", times: 2, startAt: "random" }, seed), 4, 100);
      const start = rotations.findIndex((rotation) => rotation.join() === told.slice(0, 7).join());
      expect(told).toEqual((rotations[start] ?? []).concat(rotations[start] ?? []));
      found.add(start);
    }
    // 60 draws of 7 starts miss one of them with a chance of 7 (6/7)^60, below 0.1 %; the seeds are fixed.
    expect(found.size).toBe(7);
  });

  test("where a trace begins changes none of the accesses that are drawn beside it", () => {
    const drawn = { kind: "uniform", firstPage: 0, pages: 9, accesses: 50, writeRatio: 0.5 } as const;
    const beside = (startAt?: "random"): string[] => {
      const trace = { kind: "trace", trace: "tiny", times: 1, ...(startAt && { startAt }) } as const;
      return tell(open({ kind: "phases", phases: [trace, drawn], times: 1 }), 64, 9).slice(7);
    };
    expect(beside("random")).toEqual(beside());
  });

  test("a trace that is not there is named together with those that are", () => {
    expect(() => open({ kind: "trace", trace: "huge", times: 1 })).toThrow('The workload reads the trace "huge"; there are: tiny.');
  });
});

describe("a file that is read", () => {
  const reads: Workload = { kind: "readFile", file: "data", firstPage: 5, pages: null, times: 2, writeRatio: 0, readAheadPages: 9 };

  test("is read in order to its end, as often as asked for, between the process's own pages; oracle: by hand", () => {
    const workload: Workload = { kind: "phases", phases: [{ kind: "references", references: ["4"] }, reads], times: 2 };
    const round = ["4/1", "file 2: 5/1", "file 2: 6/1", "file 2: 5/1", "file 2: 6/1"];
    expect(tell(open(workload), 3, 100)).toEqual([...round, ...round]);
  });

  test("of a name that the VM does not have is an error of the program: scenarios were checked", () => {
    expect(() => open({ ...reads, file: "gone" })).toThrow(/no file "gone"/);
  });
});
