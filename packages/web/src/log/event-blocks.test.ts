import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EventBlocks } from "./event-blocks.ts";

type Asked = { readonly from: number; readonly to: number; readonly signal: AbortSignal; answer: () => void };

/** Blocks whose questions a test answers when it wants. */
function blocksOf() {
  const asked: Asked[] = [];
  const blocks = new EventBlocks(
    (from, to, signal) =>
      new Promise<readonly { readonly position: string }[]>((resolve) => {
        const rows = Array.from({ length: to - from + 1 }, (_, index) => ({ position: String(from + index) }));
        asked.push({ from, to, signal, answer: () => resolve(rows) });
      }),
  );
  return { blocks, asked };
}

describe("events by position", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("are asked for in blocks of 200, once, and found by their position", async () => {
    const { blocks, asked } = blocksOf();
    blocks.want(150, 230, 1_000);
    await vi.advanceTimersByTimeAsync(50);
    expect(asked.map(({ from, to }) => [from, to])).toEqual([
      [1, 200],
      [201, 400],
    ]);
    for (const { answer } of asked) answer();
    await vi.advanceTimersByTimeAsync(0);
    expect([1, 200, 201, 400, 401].map((position) => blocks.at(position)?.position)).toEqual(["1", "200", "201", "400", undefined]);
    blocks.want(160, 240, 1_000);
    await vi.advanceTimersByTimeAsync(50);
    expect(asked).toHaveLength(2);
  });

  it("are aborted when they leave the view before the answer, and not asked for when they only pass by", async () => {
    const { blocks, asked } = blocksOf();
    blocks.want(1, 40, 100_000);
    await vi.advanceTimersByTimeAsync(50);
    for (let from = 1_000; from < 90_000; from += 1_000) {
      blocks.want(from, from + 40, 100_000);
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(asked[0]?.signal.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(50);
    expect(asked.map(({ from }) => from)).toEqual([1, 88_801, 89_001]);
  });

  it("are asked for again in the block to which a running run adds", async () => {
    const { blocks, asked } = blocksOf();
    for (const head of [210, 230]) {
      blocks.want(201, 240, head);
      await vi.advanceTimersByTimeAsync(50);
      asked.at(-1)?.answer();
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(asked.map(({ to }) => to)).toEqual([210, 230]);
    expect(blocks.at(230)?.position).toBe("230");
  });
});
