import { describe, expect, test } from "vitest";
import { parseScenario } from "./parse-scenario.ts";
import { seedVariation } from "./seed-variation.ts";

const uniform = { kind: "uniform", pages: 8, accesses: 10 };
const trace = { kind: "trace", trace: "latex" };

/** Written down by hand for each VM, after what docs/scenarios.md says of the workloads. */
describe("what another seed changes", () => {
  test("is told of each VM", () => {
    const vm = (name: string, workload: object, more: object = {}) => ({
      name,
      configuredPages: 64,
      processes: [{ virtualPages: 32, workload }],
      ...more,
    });
    const scenario = parseScenario({
      name: "several",
      host: { framePages: 4096 },
      vms: [
        vm("random", uniform),
        vm("scan", { kind: "cyclic", pages: 8, accesses: 10 }),
        vm("read-only scan", { kind: "cyclic", pages: 8, accesses: 10, writeRatio: 0 }),
        vm("trace", trace),
        vm("rotated", { ...trace, startAt: "random" }),
        vm("late", trace, { startJitterNs: 1000 }),
        vm("mixed", { kind: "phases", phases: [trace, { kind: "idle", ns: 5 }, uniform] }),
        vm("written out", { kind: "references", references: "1 2 w3" }),
      ],
      policy: { name: "no-reclaim" },
    });
    expect(seedVariation(scenario)).toEqual({
      pages: ["random", "mixed"],
      writes: ["scan"],
      start: ["rotated"],
      arrival: ["late"],
      nothing: ["read-only scan", "trace", "written out"],
    });
  });
});
