import { expect, test } from "vitest";
import { BallastError } from "../../errors/index.ts";
import { smallHost, smallScenario, smallVm, policyOf } from "../../testing/small-scenario.ts";
import type { Capability } from "../../policy/index.ts";
import type { Scenario } from "../../scenario/index.ts";
import type { Workload } from "../../workload/index.ts";
import { checkPolicyFit } from "./policy-fit.ts";

function problemsOf(
  workload: Workload,
  requires: Capability[],
  periodNs = 1000,
  changes: Partial<Scenario> = {},
  needsAllAccesses = false,
): string[] {
  const scenario = smallScenario(smallHost(64), [smallVm("guest", 8, workload)], changes);
  try {
    checkPolicyFit(
      scenario,
      policyOf(() => [], { requires, needsAllAccesses, periodNs: () => periodNs }),
      {},
      new Map(),
    );
  } catch (error) {
    if (!(error instanceof BallastError)) throw error;
    return error.problems.map(({ path, message }) => `${path} ${message}`);
  }
  return [];
}

const uniform = (accesses: number): Workload => ({ kind: "uniform", firstPage: 0, pages: 8, accesses, writeRatio: 0 });

test("a policy that needs all accesses is refused a workload that waits for commands, or is longer than 2^25 accesses", () => {
  const interactive: Workload = { kind: "phases", phases: [uniform(5), { kind: "interactive" }], times: 1 };
  expect(problemsOf(interactive, ["foresight"], 1000, {}, true)[0]).toContain(
    '/vms/0/processes/0/workload (process "process" of VM "guest") waits for commands',
  );
  expect(problemsOf(uniform(2 ** 25 + 1), ["foresight"], 1000, {}, true)[0]).toContain("makes 33554433 accesses, more than 33554432");
  expect(problemsOf(uniform(2 ** 25), ["foresight"], 1000, {}, true)).toEqual([]);
  // Exact LRU needs foresight, and no future.
  expect(problemsOf(interactive, ["foresight"])).toEqual([]);
});

test("a policy that sees ages is refused a host that never scans them", () => {
  expect(problemsOf(uniform(1), ["pageAges"], 0)).toEqual([
    "/host/ageScan/periodNs must be given: the policy sees ages of pages, and has no period of its own to scan them at",
  ]);
  expect(problemsOf(uniform(1), ["pageAges"], 1)).toEqual([]);
  expect(problemsOf(uniform(1), ["pageAges"], 0, { host: smallHost(64, { ageScan: { periodNs: 5000 } }) })).toEqual([]);
});

test("without a hypervisor no policy is asked, and none is refused", () => {
  expect(problemsOf({ kind: "interactive" }, ["foresight", "pageAges"], 0, { mapping: "oneLevel" }, true)).toEqual([]);
});
