import fc from "fast-check";
import { AccessKind } from "../events/index.ts";
import { Prng } from "../prng/index.ts";
import type { Scenario } from "../scenario/index.ts";
import type { TraceReader } from "../trace/index.ts";
import { recordReferences, summarized, type WrittenReference } from "./record-trace.ts";

export type TraceScenario = { readonly scenario: Scenario; readonly traces: ReadonlyMap<string, TraceReader> };

const KINDS = Object.values(AccessKind);
const MAX_WINDOW_PAGES = 5;
const MAX_WINDOW_REFERENCES = 1500;

/** As a program makes them: a few pages for some hundred references, then others. Some windows only read. */
function referencesWithLocality(pages: number, count: number, rng: Prng): WrittenReference[] {
  const references: WrittenReference[] = [];
  while (references.length < count) {
    const first = rng.nextBelow(pages);
    const width = 1 + rng.nextBelow(Math.min(MAX_WINDOW_PAGES, pages));
    const writes = rng.nextBelow(4) > 0;
    for (let left = 1 + rng.nextBelow(MAX_WINDOW_REFERENCES); left > 0; left--) {
      const kind = writes ? KINDS[rng.nextBelow(KINDS.length)] : AccessKind.Load;
      references.push([(first + rng.nextBelow(width)) % pages, kind]);
    }
  }
  return references;
}

const paceArbitrary = fc.record({
  seed: fc.nat(),
  references: fc.integer({ min: 5000, max: 12_000 }),
  isBehind: fc.boolean(),
  /** Whether slices are known in the first round, or only in the second. */
  isRead: fc.oneof(fc.constant(true), fc.boolean()),
  startAt: fc.constantFrom(undefined, "random" as const),
  /** Short enough that a slice fits between two things that the policies of tests ask for. */
  accessNs: fc.constantFrom(1, 7, 40),
  lookaheadNs: fc.constantFrom(0, 10_000, 100_000),
});

/** The scenarios with recorded traces in place of their processes' workloads, or behind them: each several thousand references. */
export function tracesInto(scenarios: fc.Arbitrary<Scenario>): fc.Arbitrary<TraceScenario> {
  return fc.tuple(scenarios, paceArbitrary).map(([scenario, { seed, references, isBehind, isRead, startAt, accessNs, lookaheadNs }]) => {
    const traces = new Map<string, TraceReader>();
    const vms = scenario.vms.map((vm) => ({
      ...vm,
      processes: vm.processes.map((process, index) => {
        const name = `${vm.name}-${index}`;
        const recorded = recordReferences(name, referencesWithLocality(process.virtualPages, references, Prng.named(seed, name)));
        traces.set(name, isRead ? summarized(recorded.reader) : recorded.reader);
        const trace = { kind: "trace", trace: name, times: 2, startAt } as const;
        const workload = isBehind ? ({ kind: "phases", phases: [process.workload, trace], times: 1 } as const) : trace;
        return { ...process, accessNs, workload };
      }),
    }));
    return { scenario: { ...scenario, vms, lookaheadNs, durationNs: null }, traces };
  });
}
