import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { MissCounting } from "@ballast/core/replacement";
import type { CurveTrace } from "./curve-request.ts";
import { divideWork, type FromThread, type ThreadResult, type ThreadWork } from "./thread-work.ts";

/** What Node runs: the source, or what was built from it. */
const ENTRY = new URL(`curve-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);

export type CountInThreads = {
  readonly trace: CurveTrace;
  readonly countings: readonly MissCounting[];
  readonly shards: ThreadWork["shards"];
  readonly seed: number;
  /** As many as the machine has processors if not given. */
  readonly threads?: number;
  /** Ends the threads. */
  readonly signal?: AbortSignal;
  /** 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
};

export type Counted = {
  /** By policy label and frames. */
  readonly misses: ReadonlyMap<string, ReadonlyMap<number, number>>;
  readonly shards: ThreadResult["shards"];
};

/** Counts in threads. @throws the signal's reason when it aborts. */
export async function countInThreads({ trace, countings, shards, seed, threads, signal, onProgress }: CountInThreads): Promise<Counted> {
  const parts = divideWork(countings, threads ?? availableParallelism());
  let blocks = 0;
  const onBlocks = (count: number): void => {
    blocks += count;
    onProgress?.(blocks / (parts.length * trace.blocks.length));
  };
  const results = await Promise.all(
    parts.map((part, index) =>
      runThread({ trace, countings: part, seed, shards: index === parts.length - 1 ? shards : null }, onBlocks, signal),
    ),
  );
  const misses = new Map<string, Map<number, number>>(countings.map(({ choice }) => [choice.label, new Map()]));
  parts.forEach((part, thread) =>
    part.forEach(({ choice, frames }, counting) =>
      frames.forEach((count, at) => misses.get(choice.label)?.set(count, results[thread]!.misses[counting]![at]!)),
    ),
  );
  return { misses, shards: results.at(-1)?.shards ?? null };
}

async function runThread(work: ThreadWork, onBlocks: (count: number) => void, signal: AbortSignal | undefined): Promise<ThreadResult> {
  signal?.throwIfAborted();
  const worker = new Worker(ENTRY, { workerData: work, name: "ballast curve" });
  const { promise, resolve, reject } = Promise.withResolvers<ThreadResult>();
  worker.on("message", (message: FromThread) => (message.kind === "blocks" ? onBlocks(message.blocks) : resolve(message.result)));
  worker.on("error", reject);
  worker.on("exit", (code) => reject(new Error(`a thread that counts misses ended with code ${code}`)));
  const abort = (): void => reject(signal?.reason);
  signal?.addEventListener("abort", abort);
  try {
    return await promise;
  } finally {
    signal?.removeEventListener("abort", abort);
    await worker.terminate();
  }
}
