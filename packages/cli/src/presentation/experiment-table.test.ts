import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { RUN_ONLY_RESULTS, type RunResults, VM_RESULTS } from "@ballast/core/metrics";
import type { Experiment } from "@ballast/server/experiment";
import type { RunMetrics, VmMetrics } from "@ballast/server/runs";
import { Output } from "../output/output.ts";
import { experimentTable } from "./experiment-table.ts";

const ZEROS = Object.fromEntries([...VM_RESULTS, ...RUN_ONLY_RESULTS].map(({ name }) => [name, 0])) as RunResults;

const NOTHING: RunMetrics = {
  ...ZEROS,
  faults: 12,
  faultBound: { faults: 12, minFaults: 9 },
  vms: [],
};

function comparisonOf(metrics: Readonly<Record<string, Partial<RunMetrics> | null>>): Experiment {
  return {
    id: "00000000-0000-4000-8000-000000000000",
    scenarioName: "tiny",
    kind: "comparison",
    seeds: [1],
    baseline: 0,
    status: "completed",
    createdAt: new Date(0),
    variants: Object.entries(metrics).map(([policyName, some]) => ({
      label: policyName,
      policyName,
      policyVersion: "1.0.0",
      parameters: {},
      overrides: {},
      role: "compared",
      uncommitted: null,
      cells: [{ seed: 1, run: null, metrics: some === null ? null : { ...NOTHING, ...some }, relative: null }],
    })),
    notes: [],
  };
}

function outputOf(columns?: number): Output {
  const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
  return new Output(Object.assign(stream, columns === undefined ? {} : { isTTY: true, columns }));
}

/** The marks were set by hand from the metrics that each test writes down. */
describe("the table of a comparison", () => {
  test("has a line for each policy and marks the best of each column, all of them if equal", () => {
    const table = experimentTable(
      comparisonOf({
        ballooning: { workNs: 2e9, slowestWorkNs: 1e9, accessesPerSecond: 1500, guestMajorFaults: 7, balloonedPages: 40 },
        none: { workNs: 3e9, slowestWorkNs: 1e9, accessesPerSecond: 1000, guestMajorFaults: 7, hostMajorFaults: 2 },
      }),
      outputOf(),
    );
    expect(table).toEqual([
      "policy      work time  slowest VM  accesses/s  faults (MIN)  guest major faults  host major faults  stolen  ballooned  zeroed  VMs killed",
      "----------  ---------  ----------  ----------  ------------  ------------------  -----------------  ------  ---------  ------  ----------",
      "ballooning    2.00 s*     1.00 s      1.50 k*       12 (9)                   7                  0*      0         40       0           0",
      "none          3.00 s      1.00 s      1.00 k        12 (9)                   7                  2       0          0       0           0",
    ]);
  });

  test("marks nothing of a run with killed VMs while another kept them, because it did less work", () => {
    const [, , kept, killed] = experimentTable(
      comparisonOf({ kept: { workNs: 3e9, vmsKilled: 0 }, killed: { workNs: 1e9, vmsKilled: 1 } }),
      outputOf(),
    );
    expect(kept).toContain("3.00 s*");
    expect(kept?.endsWith("0*")).toBe(true);
    expect(killed).not.toContain("*");
  });

  test("marks no run that left a VM's work undone which another completed, and says of how many VMs the time is", () => {
    const vms = (...times: (number | null)[]) => times.map((workNs, index) => ({ vm: index + 1, workNs }) as VmMetrics);
    const [, , both, one] = experimentTable(
      comparisonOf({
        both: { workNs: 3e9, vmsCompleted: 2, vms: vms(1e9, 2e9), accesses: 20, guestMajorFaults: 5 },
        one: { workNs: 1e9, vmsCompleted: 1, vms: vms(1e9, null), accesses: 10, guestMajorFaults: 3 },
      }),
      outputOf(),
    );
    expect(both).toMatch(/3\.00 s\* /);
    expect(one).toContain("1.00 s (1 of 2 VMs) ");
    expect(one).not.toContain("*");
  });

  test("marks no count of a run that made fewer accesses than another in the same time", () => {
    const [, , fast, slow] = experimentTable(
      comparisonOf({
        fast: { workNs: null, slowestWorkNs: null, accesses: 900, accessesPerSecond: 900, guestMajorFaults: 9 },
        slow: { workNs: null, slowestWorkNs: null, accesses: 100, accessesPerSecond: 100, guestMajorFaults: 1 },
      }),
      outputOf(),
    );
    expect(fast).toMatch(/^fast +- +- +900\* +12 \(9\) +9 /);
    expect(slow).not.toContain("*");
  });

  test("tells different times apart, however near, and marks the best alone", () => {
    const lines = experimentTable(comparisonOf({ a: { workNs: 1_681e6 }, b: { workNs: 1_682e6 }, c: { workNs: 1_681e6 } }), outputOf());
    expect(lines.slice(2).map((line) => /\d\.\d+ s\*?/.exec(line)?.[0])).toEqual(["1.681 s*", "1.682 s", "1.681 s*"]);
  });

  test("tells of a run without metrics how it stands", () => {
    const lines = experimentTable(comparisonOf({ a: { workNs: 1e9 }, gone: null }), outputOf());
    expect(lines.at(-1)).toMatch(/^gone +deleted +- +-/);
  });

  test("has a column for each policy where the terminal is too narrow for a line", () => {
    const lines = experimentTable(comparisonOf({ ballooning: { pagesStolen: 3 }, "random-steal": {} }), outputOf(80));
    expect(lines[0]).toBe("                    ballooning  random-steal");
    expect(lines).toContain("stolen                      3             0");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
