import fc from "fast-check";
import { expect, test } from "vitest";
import type { VmSpec } from "../../scenario/index.ts";
import { caseCount } from "../../testing/case-count.ts";
import { scenarioArbitrary } from "../../testing/random-scenario.ts";
import { drain, kernelInput } from "../../testing/run-to-end.ts";
import { runBothWays } from "../../testing/slices-and-accesses.ts";
import { policyOf, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";
import { listReferences, recordReferences, summarized, type WrittenReference } from "../../testing/record-trace.ts";
import { tracesInto } from "../../testing/trace-scenario.ts";
import { wildPolicyArbitrary } from "../../testing/wild-policy.ts";
import type { TraceReader } from "../../trace/index.ts";
import type { AccessObserver } from "../state/access-observer.ts";
import { createKernel } from "./create-kernel.ts";
import type { KernelInput } from "./kernel-contract.ts";

/** Is never asked, so that nothing comes between the accesses. */
const idlePolicy = policyOf(() => [], { requires: [], periodNs: () => 0 });

/** Random policies may make very many events. */
const MAX_EVENTS = 2000;

// Oracle: a kernel that does not know what slices touch, and so makes each access by itself.
test("slices made in one step give the same events, tables and snapshots as their accesses, at any action and to the end", () => {
  fc.assert(
    fc.property(tracesInto(scenarioArbitrary), wildPolicyArbitrary, fc.nat(60), ({ scenario, traces }, policy, actions) => {
      const { inSlices, oneByOne } = runBothWays(kernelInput(scenario, policy, traces), actions, MAX_EVENTS);
      expect(inSlices).toEqual(oneByOne);
    }),
    { numRuns: caseCount(6, 1000) },
  );
});

const STEPS = 9;
/** A new page at every 1,024th reference, where an action ends; and before that the last four pages in turn. */
const steps = recordReferences(
  "steps",
  Array.from({ length: STEPS * 1024 }, (_, i): WrittenReference => [Math.max(0, Math.floor(i / 1024) - (i % 4)), (i + (i >> 5)) % 4]),
);

type Stepping = { vms: number; pages: number; replacement: VmSpec["replacement"]; lookaheadNs: number };

/** VMs that make these references, with room for so many pages each. */
function stepping({ vms, pages, replacement, lookaheadNs }: Stepping): KernelInput {
  const workload = { kind: "trace", trace: "steps", times: 3 } as const;
  const given = { replacement, balloon: null, virtualPages: STEPS };
  const specs = Array.from({ length: vms }, (_, index) => smallVm(`vm${index}`, pages, workload, given));
  return kernelInput(
    smallScenario(smallHost(vms * pages), specs, { lookaheadNs }),
    idlePolicy,
    new Map([["steps", summarized(steps.reader)]]),
  );
}

// Oracle: as above. With 6 pages the oldest of 9 is always evicted; two VMs are at the same time after every action.
test.each([
  [1, STEPS, "clock", 0],
  [1, 6, "lru", 0],
  [1, 6, "clock", 0],
  [1, 6, "two-list", 0],
  [2, STEPS, "clock", 1_000_000],
  [2, 6, "lru", 150_000],
] as const)(
  "%i VMs with %i pages each under %s, lookahead %i ns: a fault or a turn at the end of an action is the same",
  (vms, pages, replacement, lookaheadNs) => {
    const { inSlices, oneByOne } = runBothWays(stepping({ vms, pages, replacement, lookaheadNs }), 5);
    expect(inSlices).toEqual(oneByOne);
  },
);

// Oracle: the references themselves, three times over.
test("an observer is told of each access in its order, in slices or not", () => {
  const told: number[] = [];
  const onAccesses: AccessObserver = (_vm, _process, pages, from, count) => void told.push(...pages.subarray(from, from + count));
  drain(
    createKernel({ ...stepping({ vms: 1, pages: 6, replacement: "clock", lookaheadNs: 0 }), checkContents: false, onAccesses }),
    64,
    () => {},
  );
  const once = listReferences(steps.reader).map(([page]) => page);
  expect(told).toEqual([once, once, once].flat());
});

/** Counts the references that are written out one by one. */
function counting(reader: TraceReader): { reader: TraceReader; expanded: () => number } {
  let expanded = 0;
  const { referenceCount, pageCount, blockCount, blockReferences } = reader;
  const block: TraceReader["block"] = (index) => {
    const inner = reader.block(index);
    return {
      length: inner.length,
      slices: inner.slices,
      expand(first, count, target, at) {
        expanded += count;
        inner.expand(first, count, target, at);
      },
    };
  };
  return { reader: { referenceCount, pageCount, blockCount, blockReferences, block }, expanded: () => expanded };
}

// By hand: the first touches of all four pages are in the first slice of 128; every other slice hits.
test("of a trace whose pages all stay, only the slice with the first touches is made by references", () => {
  const written = Array.from({ length: 8192 }, (_, i): WrittenReference => [i % 4, i % 4]);
  const { reader, expanded } = counting(summarized(recordReferences("four", written).reader));
  const vm = smallVm("vm", 4, { kind: "trace", trace: "four", times: 1 }, { balloon: null });
  const input = kernelInput(smallScenario(smallHost(8), [vm]), idlePolicy, new Map([["four", reader]]));
  const kernel = createKernel({ ...input, checkContents: false });
  expect(kernel.advance(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)).toBe("ended");
  expect(kernel.accesses).toBe(8192);
  expect(expanded()).toBe(128);
});
