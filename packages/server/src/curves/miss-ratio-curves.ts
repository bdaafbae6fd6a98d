import { assert } from "@ballast/core/assert";
import { BallastError } from "@ballast/core/errors";
import { CACHE_ALGORITHMS, chosenFrames, framesOf, type MissCounting, parseAlgorithmChoice } from "@ballast/core/replacement";
import { type Counted, type CountInThreads, countInThreads } from "./count-in-threads.ts";
import type { CurveRequest, CurveTrace, MissRatioCurves, PolicyCurve, ShardsEstimate } from "./curve-request.ts";

type Listeners = Pick<CountInThreads, "threads" | "signal" | "onProgress">;

/** Counts the misses of a trace. @throws BallastError INPUT_INVALID for sizes that the trace does not have; the signal's reason. */
export async function missRatioCurves(trace: CurveTrace, request: CurveRequest, listeners: Listeners = {}): Promise<MissRatioCurves> {
  const { shardsRate, seed } = request;
  if (shardsRate !== null) requireRate(shardsRate);
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new BallastError("INPUT_INVALID", `The seed is a whole number from 0 on, not ${seed}.`);
  const countings = request.policies.map((choice): MissCounting => ({ choice, frames: framesFor(choice.name, request, trace.pageCount) }));
  const lru = parseAlgorithmChoice("lru");
  const estimated = request.sizes === "all" ? chosenFrames(trace.pageCount) : framesOf(request.sizes, trace.pageCount);
  const hasLru = countings.some(({ choice }) => choice.label === lru.label);
  const all = shardsRate === null || hasLru ? countings : [...countings, { choice: lru, frames: estimated }];
  const shards = shardsRate === null ? null : { rate: shardsRate, frames: estimated };
  const counted = await countInThreads({ trace, countings: all, shards, seed, ...listeners });
  const curves = countings.map((counting) => curveOf(counting, counted, trace.referenceCount));
  return {
    trace: trace.name,
    referenceCount: trace.referenceCount,
    pageCount: trace.pageCount,
    seed,
    curves,
    shards: shards === null ? null : estimateOf(shards, counted, trace.referenceCount),
    notes: notesOf(request, trace),
  };
}

function requireRate(rate: number): void {
  if (rate > 0 && rate <= 1) return;
  throw new BallastError("INPUT_INVALID", `The rate of SHARDS is a fraction of the pages above 0, up to 1, not ${rate}.`);
}

function framesFor(name: keyof typeof CACHE_ALGORITHMS, { sizes, everySize }: CurveRequest, pageCount: number): number[] {
  const isChosen = sizes === "all" && !(everySize && CACHE_ALGORITHMS[name].hasOnePass);
  return isChosen ? chosenFrames(pageCount) : framesOf(sizes, pageCount);
}

function curveOf({ choice, frames }: MissCounting, counted: Counted, referenceCount: number): PolicyCurve {
  const points = frames.map((count) => {
    const misses = missesOf(counted, choice.label, count);
    return { frames: count, misses, missRatio: misses / referenceCount };
  });
  return { policy: choice.label, points };
}

function missesOf({ misses }: Counted, label: string, frames: number): number {
  const count = misses.get(label)?.get(frames);
  assert(count !== undefined, () => `${label} was counted with ${frames} frames`);
  return count;
}

function estimateOf(
  { rate, frames }: { readonly rate: number; readonly frames: readonly number[] },
  counted: Counted,
  referenceCount: number,
): ShardsEstimate {
  assert(counted.shards !== null, "a thread has sampled");
  const { missRatios, sampledPages } = counted.shards;
  const points = frames.map((count, index) => {
    const missRatio = missRatios[index]!;
    const exact = missesOf(counted, "lru", count) / referenceCount;
    return { frames: count, missRatio, exact, error: missRatio - exact };
  });
  const total = points.reduce((sum, { error }) => sum + Math.abs(error), 0);
  return { rate, sampledPages, points, meanAbsoluteError: total / points.length };
}

function notesOf({ policies, sizes, everySize, shardsRate }: CurveRequest, { pageCount }: CurveTrace): string[] {
  const notes: string[] = [];
  const chosen = chosenFrames(pageCount).length;
  if (sizes === "all" && chosen < pageCount) {
    const onePass = policies.filter(({ name }) => everySize && CACHE_ALGORITHMS[name].hasOnePass).map(({ label }) => label);
    const others = policies.filter(({ label }) => !onePass.includes(label)).map(({ label }) => label);
    if (onePass.length > 0) notes.push(`${onePass.join(", ")}: every size from 1 to ${pageCount} frames, from one pass.`);
    if (others.length > 0) notes.push(`${others.join(", ")}: ${chosen} sizes from 1 to ${pageCount} frames, in equal ratios.`);
  }
  if (shardsRate !== null && pageCount * shardsRate < 1 / shardsRate) {
    const sampled = `${Math.round(pageCount * shardsRate)} of the trace's ${pageCount} pages`;
    const fewer =
      pageCount < 1 / shardsRate ? `it has fewer pages than 1/rate, ${Math.ceil(1 / shardsRate)}` : "few of them decide the curve";
    notes.push(`SHARDS samples about ${sampled}: ${fewer}, so that the estimate may be far off. Raise the rate.`);
  }
  return notes;
}
