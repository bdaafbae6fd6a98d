import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listReferences, recordReferences } from "../testing/record-trace.ts";
import { expandReferences, originalPage, REFERENCES_PER_BLOCK, TraceRecorder } from "./index.ts";
import { BlockReader } from "./blocks/block-reader.ts";

/** Pages that share halves, collide, repeat and spread over all 53 bits that a test can write exactly. */
const pages = fc.oneof(
  fc.integer({ min: 0, max: 5 }),
  fc.integer({ min: 0, max: 5 }).map((high) => high * 2 ** 32),
  fc.integer({ min: 0, max: 2 ** 53 - 1 }),
);
const references = fc.array(fc.tuple(pages, fc.integer({ min: 0, max: 3 })), { maxLength: 400 });

describe("recording", () => {
  // Oracle: the same numbering with a Map.
  test("numbers pages in the order of first touch and keeps what they were", () => {
    fc.assert(
      fc.property(references, (written) => {
        const { reader, originalPages } = recordReferences("any", written);
        const numbers = new Map<number, number>();
        const expected = written.map(([page, kind]) => {
          if (!numbers.has(page)) numbers.set(page, numbers.size);
          return [numbers.get(page), kind];
        });
        expect(listReferences(reader)).toEqual(expected);
        expect(reader).toMatchObject({ referenceCount: written.length, pageCount: numbers.size });
        const originals = [...numbers.keys()].map((_, page) => originalPage(originalPages, page));
        expect(originals).toEqual([...numbers.keys()].map(BigInt));
      }),
    );
  });

  test("finds every one of very many sparse pages again", () => {
    const sparse = Array.from({ length: 70_000 }, (_, i) => [(i * 7_919 + 1) * 2 ** 20, i % 4] as const);
    const { reader } = recordReferences("sparse", [...sparse, ...sparse]);
    expect(reader.pageCount).toBe(sparse.length);
    const numbers = listReferences(reader).map(([page]) => page);
    expect(numbers).toEqual(numbers.map((_, i) => i % sparse.length));
  });

  test("refuses a kind of access that there is not", () => {
    expect(() => new TraceRecorder("x", () => undefined).touchPage(0, 0, 4)).toThrow("access kind 4");
  });
});

describe("reading", () => {
  const length = 6 * REFERENCES_PER_BLOCK + 17;
  const written = Array.from({ length }, (_, i) => [Math.floor(i / 100) % 1000, i % 4] as const);
  const { trace, reader } = recordReferences("long", written);

  test("cuts a trace into full blocks and a rest", () => {
    expect(reader).toMatchObject({ blockCount: 7, referenceCount: length });
    expect([0, 5, 6].map((index) => reader.block(index).length)).toEqual([65_536, 65_536, 17]);
  });

  test("gives any block at any time", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: length - 1 }), { maxLength: 20 }), (places) => {
        for (const place of places) {
          const one = { pages: new Int32Array(1), kinds: new Uint8Array(1) };
          reader.block(Math.floor(place / REFERENCES_PER_BLOCK)).expand(place % REFERENCES_PER_BLOCK, 1, one, 0);
          expect([one.pages[0], one.kinds[0]]).toEqual(written[place]);
        }
      }),
    );
  });

  test("keeps blocks while there is room and decompresses none of them twice", () => {
    const decompressed: number[] = [];
    const readOne = (bytes: Uint8Array): Uint8Array => {
      decompressed.push(trace.blocks.indexOf(bytes));
      return bytes;
    };
    const room = 3.5 * (trace.blocks[0]?.length ?? 0);
    const counting = new BlockReader(trace, readOne, room);
    for (const index of [0, 1, 2, 0, 1, 2, 3, 0, 3]) expandReferences(counting.block(index));
    expect(decompressed).toEqual([0, 1, 2, 3, 0]);
  });

  test("summarizes a block that is asked for again, and then reads it only for its references", () => {
    let decompressed = 0;
    const counting = new BlockReader(trace, (bytes) => (decompressed++, bytes), 0);
    expect([0, 1, 2, 0, 1, 1].map((index) => counting.block(index).slices !== null)).toEqual([false, false, false, true, true, true]);
    expect(decompressed).toBe(3 + 2);
    expandReferences(counting.block(0));
    expect(decompressed).toBe(3 + 2 + 1);
  });

  test("says which block is damaged, also where its own bytes are fine but not those due", () => {
    const last = trace.blocks.at(-1) as Uint8Array;
    const misplaced = new BlockReader({ ...trace, blocks: [last, ...trace.blocks.slice(1)] }, (bytes) => bytes);
    expect(() => misplaced.block(0)).toThrow(/^long: stored block 0 of 7 cannot be expanded/);
    expect(misplaced.block(6).length).toBe(17);
    const cause = new Error("no such frame");
    const refusing = new BlockReader(trace, () => {
      throw cause;
    });
    expect(() => refusing.block(3)).toThrow(expect.objectContaining({ reason: "block-damaged", cause }));
  });

  test("refuses a block that there is not", () => {
    expect(() => reader.block(7)).toThrow("block 7 is not below 7");
  });
});
