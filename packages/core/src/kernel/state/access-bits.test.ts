import { expandSparse } from "../structures/sparse-column.ts";
import fc from "fast-check";
import { assert, expect, test } from "vitest";
import { AccessKind } from "../../events/index.ts";
import type { RealPage } from "../../ids/index.ts";
import { FINE_REFERENCES } from "../../trace/index.ts";
import { recordReferences, summarized, type WrittenReference } from "../../testing/record-trace.ts";
import { caseCount } from "../../testing/case-count.ts";
import { AccessBits, type Accesses } from "./access-bits.ts";
import { nextWrite, type PageContents } from "./page-contents.ts";

const PAGES = 6;

const pageOrNone = fc.integer({ min: -1, max: PAGES - 1 });
const perPage = (entry: fc.Arbitrary<number>): fc.Arbitrary<Int32Array> =>
  fc.array(entry, { minLength: PAGES, maxLength: PAGES }).map((entries) => Int32Array.from(entries));

const caseArbitrary = fc.record({
  pageTable: perPage(fc.oneof({ weight: 5, arbitrary: fc.nat(PAGES - 1) }, { weight: 1, arbitrary: pageOrNone })),
  realMap: perPage(fc.oneof({ weight: 5, arbitrary: fc.nat(PAGES - 1) }, { weight: 1, arbitrary: pageOrNone })),
  trapsAny: fc.uniqueArray(fc.nat(PAGES - 1), { maxLength: 1 }),
  trapsStore: fc.uniqueArray(fc.nat(PAGES - 1), { maxLength: 2 }),
  made: fc.array(fc.record({ page: fc.nat(PAGES - 1), kind: fc.constantFrom(...Object.values(AccessKind)) }), { maxLength: 30 }),
  cursor: fc.nat(4),
  count: fc.integer({ min: 0, max: 40 }),
  lastWrite: fc.constantFrom<number>(0, 7, 0x7fff_fffd),
});
type Case = typeof caseArbitrary extends fc.Arbitrary<infer Drawn> ? Drawn : never;

type Outcome = { made: number; cursor: number; bits: Uint8Array; content: Uint32Array; lastWrite: number };

function accessesOf({ made, cursor, pageTable }: Case): Accesses {
  const [pages, kinds] = [Int32Array.from(made, ({ page }) => page), Uint8Array.from(made, ({ kind }) => kind)];
  return { buffer: { pages, kinds }, cursor: Math.min(cursor, made.length), end: made.length, space: { memory: { pageTable } } };
}

function bitsOf({ trapsAny, trapsStore }: Case): AccessBits {
  const bits = new AccessBits(PAGES);
  for (const page of trapsAny) bits.setTrapAny(page);
  for (const page of trapsStore) bits.setTrapStore(page as RealPage);
  return bits;
}

function inBulk(given: Case): Outcome {
  const [bits, accesses] = [bitsOf(given), accessesOf(given)];
  const contents: PageContents = { content: new Uint32Array(PAGES), lastWrite: given.lastWrite };
  const made = bits.makeAccesses(accesses, given.count, given.realMap, contents);
  return { made, cursor: accesses.cursor, bits: expandSparse(bits.save()), ...contents };
}

function oneByOne(given: Case): Outcome {
  const [bits, accesses] = [bitsOf(given), accessesOf(given)];
  const contents: PageContents = { content: new Uint32Array(PAGES), lastWrite: given.lastWrite };
  const { pages, kinds } = accesses.buffer;
  let made = 0;
  for (; made < given.count && accesses.cursor < accesses.end; made++, accesses.cursor++) {
    const real = given.pageTable[pages[accesses.cursor]];
    const frame = real < 0 ? -1 : given.realMap[real];
    const isStore = kinds[accesses.cursor] >= AccessKind.Store;
    if (frame < 0 || !(isStore ? bits.tryStore(real) : bits.tryLoad(real))) break;
    if (isStore) contents.content[frame] = nextWrite(contents);
  }
  return { made, cursor: accesses.cursor, bits: expandSparse(bits.save()), ...contents };
}

const LAST = 0x7fff_ffff;
const differentPages = fc
  .oneof(...[[], [], [-1]].map((none) => fc.shuffledSubarray([0, 1, 2, 3, 4, 5, ...none], { minLength: PAGES, maxLength: PAGES })))
  .map((pages) => Int32Array.from(pages));
const sliceArbitrary = fc.record({
  given: caseArbitrary,
  // Different frames, as pages that are written have: which of two writes to one frame is the last is not kept.
  realMap: differentPages,
  pageTable: differentPages,
  made: fc.array(fc.tuple(fc.nat(PAGES - 2), fc.nat(3)), { minLength: FINE_REFERENCES, maxLength: FINE_REFERENCES }),
  readsOnly: fc.boolean(),
  lastWrite: fc.constantFrom(0, 7, LAST - FINE_REFERENCES, LAST - 30),
});

// Oracle: the same accesses one by one; a slice in which one does not hit, or whose writes are too many for the tokens left, is not made.
test("a slice is made whole, as its accesses would be one by one, or not at all", () => {
  fc.assert(
    fc.property(sliceArbitrary, ({ given, pageTable, realMap, made, readsOnly, lastWrite }) => {
      const references = made.map(([page, kind]): WrittenReference => [page, readsOnly ? kind % 2 : kind]);
      const { reader, originalPages } = recordReferences("slice", references);
      const { slices } = summarized(reader).block(0);
      assert(slices !== null, "a reader of blocks summarizes");
      const accesses = references.map(([page, kind]) => ({ page, kind: kind as AccessKind }));
      const each = { ...given, made: accesses, pageTable, realMap, cursor: 0, count: FINE_REFERENCES, lastWrite };
      const expected = oneByOne(each);
      const bits = bitsOf(each);
      const before = { bits: expandSparse(bits.save()), content: new Uint32Array(PAGES), lastWrite };
      const contents: PageContents = { content: new Uint32Array(PAGES), lastWrite };
      // Pages of a trace are numbered by first touch.
      const pages = slices.pages.map((page) => originalPages.low[page]);
      const isMade = bits.trySlice(slices.fine, 0, { pages, pageTable, realMap }, contents);
      expect(isMade).toBe(expected.made === FINE_REFERENCES && lastWrite + slices.fine.writes[0] <= LAST);
      const { bits: expectedBits, content, lastWrite: expectedLast } = isMade ? expected : before;
      expect({ bits: expandSparse(bits.save()), ...contents }).toEqual({ bits: expectedBits, content, lastWrite: expectedLast });
    }),
    { numRuns: caseCount(100, 20_000) },
  );
});

// Oracle: the two tables looked up for each access, and the processor's load or store of that page.
test("accesses in bulk do what the same accesses do one by one", () => {
  fc.assert(
    fc.property(caseArbitrary, (given) => {
      expect(inBulk(given)).toEqual(oneByOne(given));
    }),
    { numRuns: caseCount(500, 50_000) },
  );
});
