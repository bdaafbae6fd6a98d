import { parentPort, workerData } from "node:worker_threads";
import { assert } from "@ballast/core/assert";
import { countMisses } from "@ballast/core/replacement";
import { ShardsCurve } from "@ballast/core/reuse";
import { BlockReader, ExpandedBlocks } from "@ballast/core/trace";
// Not by the index: a thread needs no client of the database.
import { expandBlock } from "../traces/compression.ts";
import type { CurveTrace } from "./curve-request.ts";
import type { FromThread, ThreadResult, ThreadWork } from "./thread-work.ts";

const HASH_BITS = 2 ** 32;
/** Blocks between two reports of progress: each wakes the thread that waits. */
const REPORTED_BLOCKS = 16;

function readerOf(trace: CurveTrace): ExpandedBlocks {
  return new ExpandedBlocks(new BlockReader(trace, trace.isCompressed ? expandBlock : (bytes) => bytes));
}

function send(message: FromThread): void {
  assert(parentPort !== null, "this file is the entry of a worker thread");
  parentPort.postMessage(message);
}

function countShards({ trace, shards, seed }: ThreadWork): ThreadResult["shards"] {
  if (shards === null) return null;
  const steps = Math.min(trace.pageCount, Math.max(...shards.frames));
  const sample = new ShardsCurve({ rate: shards.rate, stepPages: 1, steps, salt: seed % HASH_BITS });
  const reader = readerOf(trace);
  for (let index = 0; index < reader.blockCount; index++) {
    const { pages, length } = reader.block(index);
    for (let at = 0; at < length; at++) sample.touch(pages[at] as number);
  }
  const { missRatios } = sample.curve(trace.referenceCount);
  return {
    missRatios: shards.frames.map((frames) => missRatios[Math.min(frames, steps) - 1] as number),
    sampledPages: sample.sampledPages,
  };
}

const work = workerData as ThreadWork;
let blocks = 0;
const onBlock = (): void => {
  if (++blocks % REPORTED_BLOCKS === 0) send({ kind: "blocks", blocks: REPORTED_BLOCKS });
};
const misses = countMisses(readerOf(work.trace), work.countings, { seed: work.seed, onBlock });
send({ kind: "done", result: { misses, shards: countShards(work) } });
