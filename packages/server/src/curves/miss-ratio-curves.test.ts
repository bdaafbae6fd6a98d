import { describe, expect, test } from "vitest";
import { countMisses, parseAlgorithmChoices, parseFrameSizes } from "@ballast/core/replacement";
import { Prng } from "@ballast/core/prng";
import { BlockEncoder, BlockReader, ExpandedBlocks } from "@ballast/core/trace";
import { type CurveRequest, type CurveTrace, missRatioCurves } from "./index.ts";
import { divideWork } from "./thread-work.ts";

const BLOCK = 1000;

/** A skewed workload of many pages. */
function traceOf(pageCount: number, referenceCount: number): CurveTrace {
  const rng = Prng.named(3, "curves");
  const encoder = new BlockEncoder();
  // Every block but the last of a trace is full: here there is one.
  const references = Uint32Array.from({ length: referenceCount }, () => Math.floor(pageCount * rng.nextFraction() ** 3) << 2);
  return { name: "skewed", referenceCount, pageCount, blocks: [encoder.encode(references)], isCompressed: false };
}

const small = traceOf(60, 20 * BLOCK);

function request(policies: string, sizes: string, changes: Partial<CurveRequest> = {}): CurveRequest {
  return {
    policies: parseAlgorithmChoices(policies),
    sizes: parseFrameSizes(sizes),
    everySize: true,
    shardsRate: null,
    seed: 5,
    ...changes,
  };
}

describe("miss ratio curves in threads", () => {
  // Oracle: one thread, which counts all.
  test("have the misses that are counted without threads, in the order of the request", async () => {
    const policies = "opt,lru,random,clock:referenceBitOnLoad=clear,s3-fifo";
    const { curves, shards, notes } = await missRatioCurves(small, request(policies, "40,8,10%"));
    expect(curves.map(({ policy }) => policy)).toEqual(policies.split(","));
    const frames = [6, 8, 40];
    const countings = parseAlgorithmChoices(policies).map((choice) => ({ choice, frames }));
    const counted = countMisses(new ExpandedBlocks(new BlockReader(small, (bytes) => bytes)), countings, { seed: 5 });
    curves.forEach(({ points }, index) => {
      expect(points.map((point) => point.frames)).toEqual(frames);
      expect(points.map((point) => point.misses)).toEqual(counted[index]);
      for (const { misses, missRatio } of points) expect(missRatio).toBe(misses / small.referenceCount);
    });
    expect({ shards, notes }).toEqual({ shards: null, notes: [] });
  });

  test("of all sizes have every size of LRU, chosen sizes of others, and say so", async () => {
    const { curves, notes } = await missRatioCurves(small, request("lru,fifo", "all"));
    expect(curves[0]?.points.map(({ frames }) => frames)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    const chosen = curves[1]?.points.map(({ frames }) => frames) ?? [];
    expect([chosen[0], chosen.at(-1)]).toEqual([1, 60]);
    expect(notes).toEqual([
      "lru: every size from 1 to 60 frames, from one pass.",
      `fifo: ${chosen.length} sizes from 1 to 60 frames, in equal ratios.`,
    ]);
  });

  test("by SHARDS stand beside the exact one with their error, and a sample that is too small is named", async () => {
    const large = traceOf(20_000, 60 * BLOCK);
    const { shards, notes } = await missRatioCurves(large, request("fifo", "10%,50%", { shardsRate: 0.2 }));
    expect(notes).toEqual([]);
    expect(shards?.points.map(({ frames }) => frames)).toEqual([2000, 10_000]);
    for (const { missRatio, exact, error } of shards?.points ?? []) expect(missRatio - exact).toBe(error);
    // Of some 4,000 sampled pages, 1 / sqrt(4,000) is .016.
    expect(shards?.meanAbsoluteError).toBeLessThan(0.05);
    const few = await missRatioCurves(small, request("lru", "10", { shardsRate: 0.01 }));
    expect(few.notes).toEqual([expect.stringMatching(/about 1 of the trace's 60 pages: it has fewer pages than 1\/rate, 100/)]);
  });

  test("end with the reason of their signal", async () => {
    const reason = new Error("enough");
    const controller = new AbortController();
    const counting = missRatioCurves(small, request("lru", "10"), { signal: controller.signal });
    controller.abort(reason);
    await expect(counting).rejects.toBe(reason);
    await expect(missRatioCurves(small, request("lru", "10"), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test.each([
    [{ sizes: parseFrameSizes("0.5%") }, /0.5% of the trace's 60 pages are less than one frame/],
    [{ seed: -1 }, /from 0 on, not -1/],
    [{ shardsRate: 0 }, /above 0, up to 1, not 0/],
    [{ shardsRate: 1.5 }, /above 0, up to 1, not 1\.5/],
  ])("that cannot be counted are refused: %j", async (changes, message) => {
    await expect(missRatioCurves(small, request("lru", "10", changes))).rejects.toMatchObject({
      code: "INPUT_INVALID",
      message: expect.stringMatching(message),
    });
  });
});

test("work is divided so that each size is counted once, by as many threads as there is work for", () => {
  const countings = parseAlgorithmChoices("lru,clock,fifo").map((choice) => ({ choice, frames: [1, 2, 3] }));
  const parts = divideWork(countings, 3);
  expect(parts).toHaveLength(3);
  const sizes = parts.flat().flatMap(({ choice, frames }) => frames.map((count) => `${choice.label} ${count}`));
  expect(sizes.sort()).toEqual(["clock 1", "clock 2", "clock 3", "fifo 1", "fifo 2", "fifo 3", "lru 1", "lru 2", "lru 3"]);
  expect(divideWork(countings.slice(0, 1), 8)).toHaveLength(1);
});
