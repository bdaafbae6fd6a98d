import { DistanceHistogram, StackDistances } from "../packages/core/src/reuse/index.ts";
import { ExpandedBlocks, REFERENCES_PER_BLOCK, type TraceReader } from "../packages/core/src/trace/index.ts";
import { CACHE_ALGORITHM_NAMES, countMisses, parseAlgorithmChoice } from "../packages/core/src/replacement/index.ts";
import { sumFenwickDistances } from "./curves/fenwick-distances.ts";
import { readTrace } from "./measuring/kernel-work.ts";
import { compareVariants } from "./measuring/compare-variants.ts";
import { isQuick, printDigest, printHeading, printSection } from "./measuring/report.ts";

/** `--quick` proves that it runs, and measures nothing. */
const TRACES = isQuick ? ["gzip"] : ["gzip", "perl", "sort", "sqlite"];
const MAX_REFERENCES = isQuick ? 20_000 : Number.MAX_SAFE_INTEGER;
const SIZES = 9;
const ROUNDS = isQuick ? 1 : 5;

/** The pages of a trace in one array. */
function pagesOf(reader: TraceReader): Uint32Array {
  const pages = new Uint32Array(reader.referenceCount);
  const blocks = new ExpandedBlocks(reader);
  for (let index = 0; index < reader.blockCount; index++) {
    const block = blocks.block(index);
    pages.set(block.pages.subarray(0, block.length), index * REFERENCES_PER_BLOCK);
  }
  return pages.subarray(0, MAX_REFERENCES);
}

function sumDistances(pages: Uint32Array): number {
  const distances = new StackDistances();
  let total = 0;
  for (let at = 0; at < pages.length; at++) total += Math.max(0, distances.touch(pages[at]));
  return total;
}

function countDistances(pages: Uint32Array): DistanceHistogram {
  const distances = new StackDistances();
  const histogram = new DistanceHistogram();
  for (let at = 0; at < pages.length; at++) histogram.add(distances.touch(pages[at]));
  return histogram;
}

async function measureDistances(trace: string): Promise<void> {
  const reader = readTrace(trace);
  const pages = pagesOf(reader);
  printSection(`exact LRU curve of the trace ${trace}: ${pages.length} references to ${reader.pageCount} pages`);
  printDigest(`sum of the distances of ${trace}`, String(sumDistances(pages)));
  printDigest(`sum of the distances of ${trace}, by the tree`, String(sumFenwickDistances(pages, reader.pageCount)));
  const variants = [
    { name: "tree with an entry per slot", work: () => (sumFenwickDistances(pages, reader.pageCount), pages.length) },
    { name: "stack distances", work: () => (sumDistances(pages), pages.length) },
    { name: "stack distances and their histogram", work: () => (countDistances(pages), pages.length) },
  ];
  await compareVariants(variants, "references", ROUNDS);
}

/** All algorithms, each with nine sizes at once. */
async function measureAlgorithms(trace: string): Promise<void> {
  const reader = readTrace(trace);
  const pages = pagesOf(reader);
  const source = {
    referenceCount: pages.length,
    pageCount: reader.pageCount,
    blockCount: 1,
    block: () => ({ pages, length: pages.length }),
  };
  const frames = Array.from({ length: SIZES }, (_, index) => Math.max(1, Math.round(reader.pageCount / 2 ** (index + 0.5))));
  printSection(`misses of the trace ${trace} with ${frames.join(", ")} frames`);
  const countings = CACHE_ALGORITHM_NAMES.map((name) => ({ choice: parseAlgorithmChoice(name), frames }));
  const count = (counting: (typeof countings)[number]): number[] => countMisses(source, [counting], { seed: 1 })[0];
  for (const counting of countings) printDigest(`misses under ${counting.choice.label}`, count(counting).join(" "));
  const variants = countings.map((counting) => ({
    name: `${counting.choice.label}, ${SIZES} sizes`,
    work: () => (count(counting), SIZES * pages.length),
  }));
  await compareVariants(variants, "references", ROUNDS);
}

printHeading("miss ratio curves", "the repository's traces, made by bench/curves.ts");
for (const trace of TRACES) await measureDistances(trace);
await measureAlgorithms(TRACES[TRACES.length - 1]);
