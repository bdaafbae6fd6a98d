import { expandSparse } from "../structures/sparse-column.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { AccessKind } from "../../events/index.ts";
import type { RealPage } from "../../ids/index.ts";
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
  lastWrite: fc.constantFrom(0, 7, 0x7fff_fffd),
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

// Oracle: the two tables looked up for each access, and the processor's load or store of that page.
test("accesses in bulk do what the same accesses do one by one", () => {
  fc.assert(
    fc.property(caseArbitrary, (given) => {
      expect(inBulk(given)).toEqual(oneByOne(given));
    }),
    { numRuns: caseCount(500, 50_000) },
  );
});
