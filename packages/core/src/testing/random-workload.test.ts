import fc from "fast-check";
import { expect, test } from "vitest";
import { countWorkloadAccesses, listLeaves, type Workload, WORKLOAD_KINDS } from "../workload/index.ts";
import { workloadArbitrary } from "./random-workload.ts";

const files = [{ name: "log", pages: 5, image: null }];

function kindsIn(workload: Workload): string[] {
  return [workload.kind, ...(workload.kind === "phases" ? workload.phases.flatMap(kindsIn) : [])];
}

// Oracle: the table of kinds, without those that need a recorded trace or never end.
test("random workloads are of every kind that can run by itself, and stay within the process and the file", () => {
  const drawn = fc.sample(workloadArbitrary(20, files), { seed: 1, numRuns: 500 });
  const kinds = new Set(drawn.flatMap(kindsIn));
  expect([...kinds].sort()).toEqual(
    Object.keys(WORKLOAD_KINDS)
      .filter((kind) => kind !== "trace" && kind !== "interactive")
      .sort(),
  );
  for (const workload of drawn) {
    expect(countWorkloadAccesses(workload, { traces: new Map(), files })).not.toBeNull();
    for (const { pages = 0, reading } of listLeaves(workload)) {
      expect(pages).toBeLessThanOrEqual(20);
      if (reading !== undefined) expect(reading.firstPage + (reading.pages ?? 1)).toBeLessThanOrEqual(5);
    }
  }
});
