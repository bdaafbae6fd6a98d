import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Bounds, Counted } from "./event-tally.ts";
import { FilteredRows } from "./filtered-rows.ts";

/** Positions that one answer counts, and between two marks. */
const [ANSWER, MARK] = [300, 40];

type Asked = { readonly skip: number; readonly first: number };

/** A list as a server would give it, of positions ascending. */
function listOf(positions: readonly number[], head: number, isDescending: boolean) {
  const asked: Asked[] = [];
  const within = ({ from, to }: Bounds): number[] => {
    const found = positions.filter((position) => position >= from && position <= to);
    return isDescending ? found.toReversed() : found;
  };
  const count = async ({ from, to }: Bounds): Promise<Counted> => {
    const part = isDescending ? { from: Math.max(from, to - ANSWER + 1), to } : { from, to: Math.min(to, from + ANSWER - 1) };
    const found = within(part);
    const starts = isDescending ? range(part.to, part.from, -MARK) : range(part.from, part.to, MARK);
    const isBefore = (position: number, start: number): boolean => (isDescending ? position > start : position < start);
    const marks = starts.map((start) => ({ before: found.filter((position) => isBefore(position, start)).length, position: start }));
    const isComplete = isDescending ? part.from === from : part.to === to;
    return { count: found.length, countedTo: isDescending ? part.from : part.to, isComplete, marks };
  };
  const rows = async (bounds: Bounds, part: Asked) => {
    asked.push(part);
    return within(bounds)
      .slice(part.skip, part.skip + part.first)
      .map((position) => ({ position: String(position) }));
  };
  return { list: new FilteredRows({ bounds: { from: 1, to: head }, isDescending, count, rows }), asked };
}

const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);

const lists = fc.record({
  positions: fc.uniqueArray(fc.integer({ min: 1, max: 2_000 }), { minLength: 1, maxLength: 400 }).map((all) => all.sort((a, b) => a - b)),
  isDescending: fc.boolean(),
  place: fc.nat(),
});

describe("the rows that a filter leaves", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("are found by their place, in either order, with few that are left out", async () => {
    await fc.assert(
      fc.asyncProperty(lists, async ({ positions, isDescending, place }) => {
        const { list, asked } = listOf(positions, 2_000, isDescending);
        await list.tally.countOn();
        expect([list.tally.count, list.tally.isComplete]).toEqual([positions.length, true]);
        const index = place % positions.length;
        list.want(index, index + 5);
        await vi.advanceTimersByTimeAsync(50);
        const expected = isDescending ? positions.toReversed() : positions;
        expect(list.at(index)?.position).toBe(String(expected[index]));
        for (const { skip } of asked) expect(skip).toBeLessThan(MARK);
      }),
    );
  });

  it("have the place that a position has, or that of the nearest before it", async () => {
    await fc.assert(
      fc.asyncProperty(lists, async ({ positions, isDescending, place }) => {
        const { list } = listOf(positions, 2_000, isDescending);
        await list.tally.countOn();
        const position = 1 + (place % 2_000);
        const expected = isDescending
          ? positions.toReversed().findIndex((each) => each <= position)
          : positions.findLastIndex((each) => each <= position);
        const clamped = expected === -1 ? (isDescending ? positions.length - 1 : 0) : expected;
        expect(await list.indexOf(position, new AbortController().signal)).toBe(clamped);
      }),
    );
  });

  it("become more at their end when the run goes on, and are not counted again", async () => {
    const { list } = listOf([5, 900, 1_500], 1_000, false);
    await list.tally.countOn();
    expect(list.tally.count).toBe(2);
    list.tally.extendTo(1_600);
    await vi.advanceTimersByTimeAsync(0);
    expect([list.tally.count, list.tally.isComplete]).toEqual([3, true]);
  });

  it("are counted no further once the list is closed", async () => {
    const { list } = listOf([5], 2_000, false);
    const counting = list.tally.countOn();
    list.close();
    await counting;
    expect(list.tally.isComplete).toBe(false);
  });
});
