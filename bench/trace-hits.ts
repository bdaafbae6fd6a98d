import { Prng } from "../packages/core/src/prng/index.ts";
import type { Scenario } from "../packages/core/src/scenario/index.ts";
import { recordReferences, summarized, type WrittenReference } from "../packages/core/src/testing/record-trace.ts";
import { changed, withoutSlices } from "../packages/core/src/testing/changed-trace.ts";
import { quietPolicy, smallHost, smallScenario, smallVm } from "../packages/core/src/testing/small-scenario.ts";
import { summaryBytes, type TraceReader } from "../packages/core/src/trace/index.ts";
import { digestOf, readTrace, simulate } from "./measuring/kernel-work.ts";
import { compareVariants } from "./measuring/compare-variants.ts";
import { isQuick, printDigest, printHeading, printRow, printSection } from "./measuring/report.ts";

const NAMES = isQuick ? ["gzip"] : ["gzip", "awk", "perl", "sort", "sqlite"];
const MADE_REFERENCES = isQuick ? 10_000 : 2_000_000;
const ROUNDS = isQuick ? 1 : 5;
/** Each run makes its trace so often, so that making the kernel does not count. */
const TIMES = isQuick ? 1 : 2;
/** Frames for so many of the pages. */
const SHORT = 0.6;
const SEED = 1;

/** A few pages for some thousand references, then others: 2,000 pages in all, a third of the references writes. */
function madeTrace(): TraceReader {
  const rng = Prng.named(SEED, "bench/trace-hits");
  const references: WrittenReference[] = [];
  while (references.length < MADE_REFERENCES) {
    const first = rng.nextBelow(1980);
    for (let left = 1000 + rng.nextBelow(8000); left > 0; left--) references.push([first + rng.nextBelow(20), rng.nextBelow(3)]);
  }
  return recordReferences("made", references).reader;
}

/** Which part of a scenario's accesses are made in whole slices: those are not written out. */
function shareInSlices(scenario: Scenario, name: string, reader: TraceReader): number {
  let expanded = 0;
  const counting = changed(reader, (block) => ({
    length: block.length,
    slices: block.slices,
    expand(first, count, target, at) {
      expanded += count;
      block.expand(first, count, target, at);
    },
  }));
  const { accesses } = simulate(scenario, quietPolicy, new Map([[name, counting]]));
  return 1 - expanded / accesses;
}

function scenarioOf(name: string, { pageCount }: TraceReader, isOneLevel: boolean, memory: number): Scenario {
  const frames = Math.ceil(memory * pageCount);
  const workload = { kind: "trace", trace: name, times: TIMES } as const;
  // Of the guest's memory, or of the host's: random stealing takes what a guest with all of its pages has.
  const vm = smallVm(name, isOneLevel ? frames : pageCount, workload, { balloon: null, virtualPages: pageCount });
  return smallScenario(smallHost(frames), [vm], { mapping: isOneLevel ? "oneLevel" : "twoLevel", lookaheadNs: 100_000 });
}

async function measureTrace(name: string, reader: TraceReader): Promise<void> {
  summarized(reader);
  const known = new Map([[name, reader]]);
  const unknown = new Map([[name, withoutSlices(reader)]]);
  for (const isOneLevel of [true, false]) {
    for (const memory of [1, SHORT]) {
      const scenario = scenarioOf(name, reader, isOneLevel, memory);
      const what = `${name}, ${isOneLevel ? "one level" : "two levels"}, memory for ${memory * 100} % of its pages`;
      printSection(what);
      const digest = digestOf(scenario, quietPolicy, known);
      if (digest !== digestOf(scenario, quietPolicy, unknown)) throw new Error(`${what}: other events in slices than by references`);
      printDigest(what, digest);
      printRow("accesses in slices", { share: [100 * shareInSlices(scenario, name, reader), "%"] });
      const variants = [
        { name: "reference by reference", work: () => simulate(scenario, quietPolicy, unknown).accesses },
        { name: "in slices", work: () => simulate(scenario, quietPolicy, known).accesses },
      ];
      await compareVariants(variants, "accesses", ROUNDS);
    }
  }
}

function printSummaries(name: string, reader: TraceReader): void {
  let bytes = 0;
  for (let index = 0; index < reader.blockCount; index++) {
    const { slices } = reader.block(index);
    if (slices !== null) bytes += summaryBytes(slices);
  }
  printRow(`summaries of ${name}`, { size: [bytes / reader.referenceCount, "bytes per reference"] });
}

const readers = new Map([...NAMES.map((name) => [name, readTrace(name)] as const), ["made", madeTrace()] as const]);
printHeading("hits of traces in slices", `recorded traces ${NAMES.join(", ")}, ${TIMES} times over, and one made with seed ${SEED}`);
for (const [name, reader] of readers) await measureTrace(name, reader);
printSection("memory");
for (const [name, reader] of readers) printSummaries(name, reader);
