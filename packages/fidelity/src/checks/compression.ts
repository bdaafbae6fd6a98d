import { EventCode } from "@ballast/core/events";
import { type Check, defineCheck } from "../check.ts";
import { compare, exactly } from "../expectation.ts";
import type { TestBench } from "../lab/test-bench.ts";
import { stealOnce } from "../lab/steal-once.ts";

const PAGES = 1000;
const STOLEN = 800;
const CACHE_FRAMES = PAGES / 10;

type Compressed = {
  /** Pages in the order in which they were compressed, and in which they left the cache for the swap. */
  readonly entered: readonly number[];
  readonly left: readonly number[];
  readonly largestBytes: number;
  readonly maxFrames: number;
  readonly swapOuts: number;
};

/** A VM whose pages are all written; most of them are stolen in one step, into the compression cache. */
async function compress({ simulate }: TestBench, compressedFraction: number): Promise<Compressed> {
  const [entered, left]: [number[], number[]] = [[], []];
  let [largestBytes, frames, maxFrames] = [0, 0, 0];
  const workload = {
    kind: "phases",
    phases: [
      { kind: "sequential", pages: PAGES, writeRatio: 1 },
      { kind: "idle", ns: "2 s" },
    ],
  };
  const vm = { configuredPages: PAGES, kernelPages: 0, balloon: false, processes: [{ compressedFraction, workload }] };
  const { count } = await simulate({
    scenario: { name: "compression", sampleNs: 0, host: { framePages: 2 * PAGES }, vms: [vm] },
    policy: stealOnce(STOLEN, "compression"),
    onBatch: ({ length, types, a, c }) => {
      for (let i = 0; i < length; i++) {
        if (types[i] === EventCode.PageCompressed) {
          entered.push(a[i] ?? 0);
          largestBytes = Math.max(largestBytes, c[i] ?? 0);
        } else if (types[i] === EventCode.CompressedPageEvicted) left.push(a[i] ?? 0);
        else if (types[i] === EventCode.CompressionCacheGrown) maxFrames = Math.max(maxFrames, ++frames);
        else if (types[i] === EventCode.CompressionCacheShrunk) frames--;
      }
    },
  });
  return { entered, left, largestBytes, maxFrames, swapOuts: count("swapOuts") };
}

const cache = defineCheck({
  id: "compression.cache",
  title: "Pages chosen for swap are compressed if they take 2 KB at most, in a cache of 10 % of the VM; then the oldest go to swap",
  source: "VMware, vSphere Resource Management Guide, and Understanding Memory Resource Management in vSphere 5",
  confidence: "published",
  method: `${STOLEN} of ${PAGES} pages are stolen at random: once with pages that compress to about a third (among hundreds of them, of sizes in steps of 64 bytes, one takes just 2,048), once with pages that hardly compress.`,
  isQuick: true,
  figures: {
    "largest compressed page": { unit: "bytes", expected: exactly(2048) },
    "frames of the cache at its fullest": { unit: "pages", expected: exactly(CACHE_FRAMES) },
    "pages that left for the swap out of order": { unit: "pages", expected: exactly(0) },
    "pages that left for the swap": { unit: "pages", expected: compare() },
    "hardly compressible: in the cache": { unit: "pages", expected: exactly(0) },
    "hardly compressible: swapped out": { unit: "pages", expected: exactly(STOLEN) },
  },
  run: async (testBench) => {
    const [easy, hard] = [await compress(testBench, 0.35), await compress(testBench, 1)];
    return {
      figures: {
        "largest compressed page": easy.largestBytes,
        "frames of the cache at its fullest": easy.maxFrames,
        "pages that left for the swap out of order": easy.left.filter((page, index) => page !== easy.entered[index]).length,
        "pages that left for the swap": easy.left.length,
        "hardly compressible: in the cache": hard.entered.length,
        "hardly compressible: swapped out": hard.swapOuts,
      },
    };
  },
});

export const compressionChecks: readonly Check[] = [cache];
