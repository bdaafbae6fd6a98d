import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { zstdDecompressSync } from "node:zlib";
import { EventBatch } from "../../packages/core/src/events/index.ts";
import { createKernel } from "../../packages/core/src/kernel/index.ts";
import { type Policy, readParameters } from "../../packages/core/src/policy/index.ts";
import type { Scenario } from "../../packages/core/src/scenario/index.ts";
import { recordParsed } from "../../packages/core/src/testing/record-trace.ts";
import { REFERENCES_PER_BLOCK, type TraceReader } from "../../packages/core/src/trace/index.ts";

type Traces = ReadonlyMap<string, TraceReader>;

const EVENTS_PER_BATCH = 65_536;
/** A batch has a few more than were asked for: an action makes all of its events. */
const EVENTS_PER_COMMIT = 61_440;

/** A recorded trace of the repository, of those kept as page numbers. */
export function readTrace(name: string): TraceReader {
  const bytes = zstdDecompressSync(readFileSync(new URL(`../../traces/${name}.pages.zst`, import.meta.url)));
  return recordParsed("page-numbers", [bytes]).reader;
}

/**
 * What no simulation of the same tables can do without: the trace's references, one look-up in a page table, one in a
 * real map table, the accessed and dirty bits of the real page. `times` over; returns the references.
 */
export function bareLoop(reader: TraceReader, times = 1): number {
  const table = Int32Array.from({ length: reader.pageCount }, (_, page) => page);
  const realMap = table.slice();
  const bits = new Uint8Array(reader.pageCount);
  const content = new Uint32Array(reader.pageCount);
  const pages = new Int32Array(REFERENCES_PER_BLOCK);
  const kinds = new Uint8Array(REFERENCES_PER_BLOCK);
  let writes = 0;
  for (let round = 0; round < times; round++) {
    for (let index = 0; index < reader.blockCount; index++) {
      const block = reader.block(index);
      const { length } = block;
      block.expand(0, length, { pages, kinds }, 0);
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
  }
  return times * reader.referenceCount;
}

type Work = { readonly scenario: Scenario; readonly policy: Policy; readonly traces?: Traces; readonly eventsPerBatch?: number };

/** Runs a scenario to its end, and gives each batch of its events to `onBatch`. */
function run(
  { scenario, policy, traces = new Map(), eventsPerBatch = EVENTS_PER_BATCH }: Work,
  onBatch: (batch: EventBatch) => void,
): number {
  const parameters = readParameters(policy.parameters, {}, "").values;
  const kernel = createKernel({ scenario, policy, parameters, traces });
  while (kernel.advance(eventsPerBatch, Number.POSITIVE_INFINITY) === "running") onBatch(kernel.takeBatch());
  onBatch(kernel.takeBatch());
  return kernel.accesses;
}

/** Runs a scenario to its end. */
export function simulate(
  scenario: Scenario,
  policy: Policy,
  traces: Traces = new Map(),
): { readonly accesses: number; readonly events: number } {
  let events = 0;
  const accesses = run({ scenario, policy, traces }, ({ length }) => (events += length));
  return { accesses, events };
}

/** Of all columns of all events. */
export function digestOf(scenario: Scenario, policy: Policy, traces: Traces = new Map()): string {
  const hash = createHash("sha256");
  run({ scenario, policy, traces }, ({ types, timesNs, vms, processes, a, b, c, d, decisions, length }) => {
    for (const column of [types, timesNs, vms, processes, a, b, c, d, decisions]) hash.update(column.subarray(0, length));
  });
  return hash.digest("hex").slice(0, 16);
}

/** All events of a scenario, in batches that fit into commits. */
export function listBatches(scenario: Scenario, policy: Policy): EventBatch[] {
  const batches: EventBatch[] = [];
  run({ scenario, policy, eventsPerBatch: EVENTS_PER_COMMIT }, (batch) => batches.push(batch));
  return batches;
}

/** Keeps the events of a scenario, to append them to empty batches as often as asked; returns how many. */
export function keepEvents(scenario: Scenario, policy: Policy): () => number {
  const kept = listBatches(scenario, policy);
  return () => kept.reduce((events, batch) => events + appendAll(batch), 0);
}

function appendAll({ types, timesNs, vms, processes, a, b, c, d, decisions, length }: EventBatch): number {
  const copy = new EventBatch(1, length);
  for (let i = 0; i < length; i++) copy.append(types[i], timesNs[i], vms[i], processes[i], a[i], b[i], c[i], d[i], decisions[i]);
  return copy.length;
}
