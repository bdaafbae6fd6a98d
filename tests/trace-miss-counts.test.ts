import { describe, expect, test } from "vitest";
import { createKernel } from "../packages/core/src/kernel/index.ts";
import { Counter } from "../packages/core/src/memory/index.ts";
import { countClockMisses, countFifoMisses, countLruMisses } from "../packages/core/src/testing/reference-replacement.ts";
import { listReferences } from "../packages/core/src/testing/record-trace.ts";
import { quietPolicy, smallHost, smallScenario, smallVm } from "../packages/core/src/testing/small-scenario.ts";
import type { VmSpec } from "../packages/core/src/scenario/index.ts";
import { readTrace } from "./scenario-outcomes.ts";

const TRACES = ["true", "gzip"] as const;
const REAL_PAGES = [24, 64] as const;

/** Oracle: implementations of a few lines each, over a Set or an array, that share no code with the kernel. */
describe.each(TRACES)("the recorded trace %s, in a VM on a host with ample frames", (name) => {
  const reader = readTrace(name);
  const pages = listReferences(reader).map(([page]) => page);

  function countMisses(realPages: number, changes: Partial<VmSpec>): number {
    const options = { ...changes, virtualPages: reader.pageCount };
    const vm = smallVm("guest", realPages, { kind: "trace", trace: name, times: 1 }, options);
    const scenario = smallScenario(smallHost(realPages + 8), [vm]);
    const traces = new Map([[name as string, reader]]);
    const kernel = createKernel({ scenario, policy: quietPolicy, parameters: {}, traces });
    while (kernel.advance(65_536, Number.POSITIVE_INFINITY) === "running") kernel.takeBatch();
    const { counters } = kernel.machine.vm(1);
    expect(counters[Counter.accesses]).toBe(pages.length);
    return (counters[Counter.guestMinorFaults] ?? 0) + (counters[Counter.guestMajorFaults] ?? 0);
  }

  test.each(REAL_PAGES)("misses with %i real pages exactly as often as simple implementations say", (frames) => {
    expect(countMisses(frames, { replacement: "fifo" })).toBe(countFifoMisses(pages, frames));
    expect(countMisses(frames, { replacement: "lru" })).toBe(countLruMisses(pages, frames));
    for (const referenceBitOnLoad of ["set", "clear"] as const) {
      const misses = countMisses(frames, { replacement: "clock", referenceBitOnLoad });
      expect(misses, referenceBitOnLoad).toBe(countClockMisses(pages, frames, referenceBitOnLoad));
    }
  });
});
