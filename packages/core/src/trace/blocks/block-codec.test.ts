import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BlockEncoder, CompactBlock, expandReferences, REFERENCES_PER_BLOCK } from "../index.ts";

const encoder = new BlockEncoder();

function refuse(): never {
  throw new RangeError("no block");
}

function readBlock(bytes: Uint8Array): CompactBlock {
  return CompactBlock.read(bytes, refuse);
}

function roundTrip(references: Uint32Array): Uint32Array {
  const { pages, kinds } = expandReferences(readBlock(encoder.encode(references)));
  return Uint32Array.from(pages, (page, i) => page * 4 + kinds[i]);
}

const anyReference = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const fewPages = fc.integer({ min: 0, max: 40 });

describe("the stored form of a block", () => {
  test("gives back every reference exactly", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.array(anyReference, { minLength: 1, maxLength: 1000 }), fc.array(fewPages, { minLength: 1, maxLength: 1000 })),
        (references) => {
          expect(roundTrip(Uint32Array.from(references))).toEqual(Uint32Array.from(references));
        },
      ),
    );
  });

  test.each([1, 256, 257, REFERENCES_PER_BLOCK])("holds %i different references in a full block", (distinct) => {
    const length = REFERENCES_PER_BLOCK;
    const references = Uint32Array.from({ length }, (_, i) => Math.imul(i % distinct, 0x9e3779b1));
    expect(roundTrip(references)).toEqual(references);
  });

  // Oracle: the layout documented in block-layout.ts, by hand: 8 bytes of header, 4 per different reference, 1 each.
  test("is laid out as documented", () => {
    const header = [4, 0, 0, 0, 3, 0, 0, 0];
    // The differences 5, 255 and -256 in four planes.
    const dictionary = [5, 0xff, 0, 0, 0, 0xff, 0, 0, 0xff, 0, 0, 0xff];
    const indexes = [0, 0, 1, 2];
    expect([...encoder.encode(Uint32Array.of(5, 5, 260, 4))]).toEqual([header, dictionary, indexes].flat());
  });

  test.each([3, 300])("gives back any part of a block with %i different references", (distinct) => {
    const references = Uint32Array.from({ length: 1000 }, (_, i) => Math.imul(i % distinct, 0x9e3779b1));
    const block = readBlock(encoder.encode(references));
    const target = { pages: new Int32Array(8).fill(-1), kinds: new Uint8Array(8) };
    block.expand(450, 5, target, 2);
    expect([...target.pages]).toEqual([-1, -1, ...Array.from(references.subarray(450, 455), (reference) => reference >>> 2), -1]);
    expect([...target.kinds.subarray(2, 7)]).toEqual(Array.from(references.subarray(450, 455), (reference) => reference & 3));
  });

  test("does not depend on what was encoded before", () => {
    const references = Uint32Array.of(9, 8, 7, 9);
    const first = new BlockEncoder().encode(references);
    encoder.encode(Uint32Array.from({ length: 5000 }, (_, i) => i));
    expect(encoder.encode(references)).toEqual(first);
  });

  test("is not made of nothing, nor of more than a block holds", () => {
    for (const length of [0, REFERENCES_PER_BLOCK + 1]) {
      expect(() => encoder.encode(new Uint32Array(length))).toThrow(`not ${length}`);
    }
  });

  test("is refused, not misread out of bounds, when bytes are missing, too many or changed", () => {
    const bytes = encoder.encode(Uint32Array.of(1, 2, 3, 1));
    for (const wrong of [bytes.subarray(0, -1), Uint8Array.of(...bytes, 0), bytes.subarray(0, 7)]) {
      expect(() => readBlock(wrong)).toThrow("no block");
    }
    const beyond = bytes.slice();
    beyond[beyond.length - 1] = 3;
    expect(() => expandReferences(readBlock(beyond))).toThrow("no block");
    const long = encoder.encode(new Uint32Array(200));
    long[long.length - 100] = 1;
    expect(() => readBlock(long).summarize()).toThrow("no block");
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (rubbish) => {
        try {
          expect(expandReferences(readBlock(rubbish)).pages.length).toBeLessThanOrEqual(rubbish.length);
        } catch (error) {
          expect(error).toEqual(new RangeError("no block"));
        }
      }),
    );
  });
});
