import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { RUN_ONLY_RESULTS, type RunResults, VM_RESULTS } from "@ballast/core/metrics";
import type { Experiment } from "@ballast/server/experiment";
import { analyseExperiment } from "@ballast/server/experiment-analysis";
import type { RunMetrics, VmMetrics } from "@ballast/server/runs";
import { Output } from "../output/output.ts";
import { experimentLines } from "./experiment-lines.ts";
import { experimentTable } from "./experiment-table.ts";

const ZEROS = Object.fromEntries([...VM_RESULTS, ...RUN_ONLY_RESULTS].map(({ name }) => [name, 0])) as RunResults;

const NOTHING: RunMetrics = {
  ...ZEROS,
  faults: 12,
  faultBound: { faults: 12, minFaults: 9 },
  vms: [],
};

type Given = Partial<RunMetrics> | null;

/** A comparison of these results, one for each seed. */
function comparisonOf(metrics: Readonly<Record<string, Given | readonly Given[]>>): Experiment {
  const results = Object.entries(metrics).map(([label, given]) => ({
    label,
    given: (Array.isArray(given) ? given : [given]) as readonly Given[],
  }));
  return {
    id: "00000000-0000-4000-8000-000000000000",
    scenarioName: "tiny",
    kind: "comparison",
    seeds: results[0]!.given.map((_given, index) => index + 1),
    baseline: 0,
    keeps: "events",
    status: "completed",
    createdAt: new Date(0),
    variants: results.map(({ label, given }) => ({
      label,
      policyName: label,
      policyVersion: "1.0.0",
      parameters: {},
      overrides: {},
      role: "compared",
      uncommitted: null,
      cells: given.map((some, index) => ({
        seed: index + 1,
        run: null,
        metrics: some === null ? null : { ...NOTHING, ...some },
        relative: null,
      })),
    })),
    notes: [],
  };
}

function outputOf(columns?: number): Output {
  const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
  return new Output(Object.assign(stream, columns === undefined ? {} : { isTTY: true, columns }));
}

function tableOf(metrics: Parameters<typeof comparisonOf>[0], columns?: number): string[] {
  const experiment = comparisonOf(metrics);
  return experimentTable(experiment, analyseExperiment(experiment), outputOf(columns));
}

const TIMES = [10, 11, 12, 9, 10.5];
const work = (factor: number): Given[] =>
  TIMES.map((seconds, seed) => ({ workNs: seconds * factor * (1 + 0.001 * (seed % 2)) * 1e9, accesses: 100 }));
const WORKING = { stallP99Ns: null };

/** Written down by hand; the half-widths are t(0.975, 4) = 2.776 times the standard errors. */
describe("the table of a comparison of several seeds", () => {
  test("has the means of each variant with half of their intervals, and marks what is better than the baseline", () => {
    const table = tableOf({ swap: work(1), esx: work(0.8), none: work(1.0001) });
    // Of 10, 11, 12, 9 and 10.5: standard error 0.5, half-width 1.388, but for the thousandths.
    expect(table[2]).toMatch(/^swap +10\.50 s ± 1\.4 s /);
    expect(table[3]).toMatch(/^esx +8\.403 s ± 1\.1 s\* /);
    expect(table[4]).toMatch(/^none +10\.51 s ± 1\.4 s /);
  });

  test("marks the baseline where all others are worse", () => {
    const [, , swap, esx] = tableOf({ swap: work(1), esx: work(1.2) });
    expect(swap).toMatch(/^swap +\S+ s ± \S+ s\* /);
    expect(esx).not.toContain("*");
  });

  test("marks no variant that killed VMs which the baseline kept, and says of how many VMs and seeds its values are", () => {
    const vms = [
      { vm: 1, workNs: null },
      { vm: 2, workNs: 1 },
    ] as VmMetrics[];
    const killed = work(0.5).map((given, seed) => (seed === 0 ? null : Object.assign({ vmsKilled: 1, vmsCompleted: 1, vms }, given)));
    const [, , , line] = tableOf({ swap: work(1), killed });
    expect(line).toMatch(/^killed \(4 of 5 seeds\) +5\.32 s ± 992 ms \(1 of 2 VMs\) /);
    expect(line).not.toContain("*");
  });

  test("shows means of small counts with decimals, and the mean of the bounds on faults", () => {
    const [, , line] = tableOf({
      swap: TIMES.map((_time, seed) => ({ vmsKilled: seed === 0 ? 1 : 0, faults: 10 + seed, faultBound: { faults: 1, minFaults: seed } })),
    });
    // Killed: mean 0.2, standard error 0.2; 0.56 = 2.776 x 0.2. Faults: mean 12, standard error 0.707.
    expect(line).toMatch(/0\.2 ± 0\.56$/);
    expect(line).toContain(" 12 ± 2 (2) ");
  });
});

/** Written down by hand. */
describe("the table of a comparison of one seed", () => {
  test("has the values, and no mark", () => {
    const lines = tableOf({
      ballooning: { ...WORKING, workNs: 2e9, slowestWorkNs: 1e9, accessesPerSecond: 1500, guestMajorFaults: 7, balloonedPages: 40 },
      none: { ...WORKING, workNs: 3e9, slowestWorkNs: 1e9, accessesPerSecond: 1000, guestMajorFaults: 7, hostMajorFaults: 2 },
    });
    expect(lines[0]).toMatch(/^variant +work time +slowest VM +accesses\/s +faults \(MIN\)/);
    expect(lines[2]).toMatch(/^ballooning +2\.00 s +1\.00 s +1\.50 k +12 \(9\) +7 +0 /);
    expect(lines[3]).toMatch(/^none +3\.00 s +1\.00 s +1\.00 k +12 \(9\) +7 +2 /);
    expect(lines.join("")).not.toContain("*");
  });

  test("tells different times apart, however near", () => {
    const lines = tableOf({ a: { workNs: 1_681e6 }, b: { workNs: 1_682e6 }, c: { workNs: 1_681e6 } });
    expect(lines.slice(2).map((line) => /\d\.\d+ s/.exec(line)?.[0])).toEqual(["1.681 s", "1.682 s", "1.681 s"]);
  });

  test("tells of a run without metrics how it stands", () => {
    expect(tableOf({ a: { workNs: 1e9 }, gone: null }).at(-1)).toMatch(/^gone +deleted +- +-/);
  });

  test("has a column for each variant where the terminal is too narrow for a line", () => {
    const lines = tableOf({ ballooning: { pagesStolen: 3 }, "random-steal": {} }, 80);
    expect(lines[0]).toMatch(/^variant +ballooning +random-steal$/);
    expect(lines.find((line) => line.startsWith("stolen"))).toMatch(/^stolen +3 +0$/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

/** Written down by hand. */
describe("a comparison in lines", () => {
  test.each([80, 120])("begins with its conclusion and groups the verdicts, within %i columns", (columns) => {
    const lines = experimentLines(comparisonOf({ swap: work(1), esx: work(0.8) }), outputOf(columns));
    const text = lines
      .join(" ")
      .replaceAll(/\s+/g, " ")
      .replaceAll("\u001b[1m", "")
      .replaceAll("\u001b[22m", "")
      .replaceAll("\u001b[0m", "");
    expect(text).toContain("esx has the lowest work time, 20 % lower under each of 5 seeds against swap, the next.");
    expect(text).toContain("esx against swap: better: work time (20 % lower) equal under every seed: ");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns + 10);
  });

  test("shows the variants that stand beside the compared ones, without marks and verdicts", () => {
    const compared = comparisonOf({ swap: { workNs: 2e9 }, esx: { workNs: 1e9 }, alone: { workNs: 5e8 } });
    const variants = compared.variants.map((variant) =>
      variant.label === "alone" ? { ...variant, role: "uncommitted" as const } : variant,
    );
    const lines = experimentLines({ ...compared, variants }, outputOf());
    expect(lines.find((line) => line.startsWith("alone "))).toMatch(/^alone +500 ms /);
    expect(lines.join(" ")).not.toContain("alone has the lowest");
    expect(lines.join(" ")).toContain("Uncommitted: the same VMs on a host with memory for all of them");
  });

  test("of one seed gives no verdicts", () => {
    const text = experimentLines(comparisonOf({ swap: { workNs: 2e9 }, esx: { workNs: 1e9 } }), outputOf()).join(" ");
    expect(text).toContain("Under the one seed esx has the lowest work time, 50 % lower against swap");
    expect(text).toContain("One seed: no verdict, and no mark.");
    expect(text).not.toContain("esx against swap:");
  });
});
