import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { zstdDecompressSync } from "node:zlib";
import type { EventBatch } from "../packages/core/src/events/index.ts";
import { createKernel } from "../packages/core/src/kernel/index.ts";
import { type Policy, readParameters } from "../packages/core/src/policy/index.ts";
import type { Scenario } from "../packages/core/src/scenario/index.ts";
import type { TraceReader } from "../packages/core/src/trace/index.ts";
import { recordParsed } from "../packages/core/src/testing/record-trace.ts";
import { quietPolicy, smallHost, smallScenario, smallVm } from "../packages/core/src/testing/small-scenario.ts";
import { policy as ballooning } from "../packages/policies/ballooning/src/index.ts";
import { policy as idleSteal } from "../packages/policies/idle-steal/src/index.ts";
import { compareVariants, printHeading } from "./report.ts";

const NAMES = ["perl", "sort", "sqlite"] as const;
const ROUNDS = 5;
const OVERCOMMITMENT = 1.5;

function readTrace(name: string): TraceReader {
  const bytes = zstdDecompressSync(readFileSync(new URL(`../traces/${name}.pages.zst`, import.meta.url)));
  return recordParsed("page-numbers", [bytes]).reader;
}

const traces = new Map(NAMES.map((name) => [name as string, readTrace(name)]));

/**
 * What no simulation of the same tables can do without: the trace's references, one look-up in a page table, one in a
 * real map table, the accessed and dirty bits of the real page.
 */
function bareLoop(reader: TraceReader): number {
  const table = Int32Array.from({ length: reader.pageCount }, (_, page) => page);
  const realMap = table.slice();
  const bits = new Uint8Array(reader.pageCount);
  const content = new Uint32Array(reader.pageCount);
  let writes = 0;
  for (let index = 0; index < reader.blockCount; index++) {
    const { pages, kinds, length } = reader.block(index);
    for (let i = 0; i < length; i++) {
      const real = table[pages[i]];
      const frame = realMap[real];
      if (kinds[i] < 2) bits[real] |= 5;
      else {
        bits[real] |= 7;
        content[frame] = ++writes;
      }
    }
  }
  return reader.referenceCount;
}

function vmsOf(readers: ReadonlyMap<string, TraceReader>): Scenario["vms"] {
  return [...readers].map(([trace, { pageCount }]) =>
    smallVm(
      trace,
      pageCount,
      { kind: "trace", trace, times: 1 },
      {
        balloon: { driver: "simple", pollNs: 1_000_000, pollPages: 256, capFraction: 0.65 },
      },
    ),
  );
}

function scenarioOf(overcommitment: number): Scenario {
  const vms = vmsOf(traces);
  const configured = vms.reduce((total, vm) => total + vm.configuredPages, 0);
  const host = smallHost(Math.ceil((configured / overcommitment) * (overcommitment === 1 ? 1.1 : 1)));
  return smallScenario(host, vms, { lookaheadNs: 50_000, sampleNs: 1_000_000_000 });
}

function hashInto(hash: ReturnType<typeof createHash>, { types, a, b, length }: EventBatch): void {
  hash.update(types.subarray(0, length)).update(a.subarray(0, length)).update(b.subarray(0, length));
}

/** Runs a scenario; with a hash, the events go into it. */
function simulate(scenario: Scenario, policy: Policy, hash?: ReturnType<typeof createHash>): number {
  const parameters = readParameters(policy.parameters, {}, "").values;
  const kernel = createKernel({ scenario, policy, parameters, traces });
  while (kernel.advance(65_536, Number.POSITIVE_INFINITY) === "running") {
    const batch = kernel.takeBatch();
    if (hash) hashInto(hash, batch);
  }
  const batch = kernel.takeBatch();
  if (hash) hashInto(hash, batch);
  return kernel.accesses;
}

function digestOf(scenario: Scenario, policy: Policy): string {
  const hash = createHash("sha256");
  simulate(scenario, policy, hash);
  return hash.digest("hex").slice(0, 16);
}

const ample = scenarioOf(1);
const tight = scenarioOf(OVERCOMMITMENT);
const references = [...traces.values()].reduce((total, { referenceCount }) => total + referenceCount, 0);
printHeading("kernel alone", `recorded traces ${NAMES.join(", ")}: ${references} references, one VM each`);
console.log(`digests  ample ${digestOf(ample, quietPolicy)}, tight ${digestOf(tight, idleSteal)}`);
compareVariants(
  [
    { name: "bare loop over the same arrays", work: () => sum([...traces.values()].map(bareLoop)) },
    { name: "two levels, no pressure", work: () => simulate(ample, quietPolicy) },
    { name: `two levels, ${OVERCOMMITMENT}x overcommitted, idle-steal`, work: () => simulate(tight, idleSteal) },
    { name: `two levels, ${OVERCOMMITMENT}x overcommitted, ballooning`, work: () => simulate(tight, ballooning) },
  ],
  "accesses",
  ROUNDS,
);

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
