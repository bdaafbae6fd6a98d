import { expect, test } from "vitest";
import { Seeded } from "./seeded.ts";

function draw(seed: number, stream: number): number[] {
  const random = new Seeded(seed, stream);
  return Array.from({ length: 2_000 }, () => random.below(10));
}

test("the same seed gives the same numbers, another seed or stream gives others", () => {
  expect(draw(7, 0)).toEqual(draw(7, 0));
  expect(draw(7, 0)).not.toEqual(draw(8, 0));
  expect(draw(7, 0)).not.toEqual(draw(7, 1));
  expect(draw(7 + 0x1_0000_0000, 0)).not.toEqual(draw(7, 0));
});

test("every number of the range comes about equally often", () => {
  // Oracle: of 2,000 draws each of 10 numbers has 200, with a standard deviation of 13.4.
  for (const seed of [0, 1, 2, 123_456_789]) {
    const counts = Map.groupBy(draw(seed, 3), (number) => number);
    for (let number = 0; number < 10; number += 1) expect(Math.abs((counts.get(number)?.length ?? 0) - 200)).toBeLessThan(67);
  }
});

test("a range includes both its ends", () => {
  const random = new Seeded(1, 1);
  const drawn = new Set(Array.from({ length: 200 }, () => random.between(3, 5)));
  expect(drawn).toEqual(new Set([3, 4, 5]));
});
