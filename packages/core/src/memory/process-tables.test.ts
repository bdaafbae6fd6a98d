import fc from "fast-check";
import { expect, test } from "vitest";
import { Backing } from "../events/index.ts";
import { processId, virtualPage, vmId } from "../ids/index.ts";
import { imageContent, isCommonPage, type PageImage, ProcessTables } from "./process-tables.ts";
import { caseCount } from "../testing/case-count.ts";

const LARGEST_WRITE = 0x7fff_ffff;

function diskOf(vm: number, process: number, pages: number, image: PageImage | null): Uint32Array {
  return new ProcessTables(vmId(vm), processId(process), pages, Backing.File, 1, undefined, image).diskContent;
}

test("all pages of an image differ, and none has the content of a write; oracle: a set of them", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), (image) => {
      const contents = Array.from({ length: 20_000 }, (_, page) => imageContent(image, virtualPage(page)));
      expect(new Set(contents).size).toBe(contents.length);
      expect(contents.every((content) => content > LARGEST_WRITE && content <= 0xffff_ffff)).toBe(true);
    }),
    { numRuns: caseCount(10, 100) },
  );
});

test("of n pages the common ones are the fraction, rounded down, whatever n; oracle: arithmetic in BigInt", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: 2000 }), (commonMillionths, pages) => {
      const common = Array.from({ length: pages }, (_, page) => virtualPage(page));
      const count = common.filter((page) => isCommonPage({ nameText: 1, commonMillionths }, page)).length;
      expect(BigInt(count)).toBe((BigInt(pages) * BigInt(commonMillionths)) / 1_000_000n);
    }),
  );
});

test("processes of one image have its common pages equal, whatever their VM and size, and every other page their own", () => {
  const image = { nameText: 5, commonMillionths: 250_000 };
  const [one, other] = [diskOf(1, 1, 400, image), diskOf(2, 3, 1000, image)];
  const equal = [...one].filter((content, page) => content === other[page]).length;
  expect(equal).toBe(100);
  expect(new Set([...one, ...other]).size).toBe(400 + 1000 - 100);
  const another = diskOf(3, 1, 1000, { ...image, nameText: 6 });
  expect([...another].filter((content) => other.includes(content))).toEqual([]);
});
