import type { Policy } from "@ballast/core/policy";
import { expect, test } from "vitest";
import { type Check, defineCheck } from "./check.ts";
import { compare, exactly, type Expectation } from "./expectation.ts";
import { guestAlone } from "./lab/guest-alone.ts";
import type { CheckReport } from "./run-check.ts";
import { runChecks } from "./run-checks.ts";

/** Touches three pages: three faults. */
function threeFaults(id: string, expected: Expectation): Check {
  return defineCheck({
    id,
    title: "Three pages",
    source: "arithmetic",
    confidence: "derived",
    isQuick: true,
    figures: { faults: { unit: "faults", expected } },
    run: async ({ simulate }) => {
      const { count } = await simulate({ scenario: guestAlone(4, { kind: "sequential", pages: 3 }) });
      return { figures: { faults: count("guestMinorFaults") } };
    },
  });
}

const idlePolicy: Policy = {
  apiVersion: 1,
  name: "no-reclaim",
  version: "0.1.0",
  description: "Asks for nothing.",
  requires: [],
  periodNs: () => 0,
  parameters: {},
  create: () => ({ decide: () => [], save: () => null, load: () => {} }),
};

async function collect(checks: readonly Check[], signal = new AbortController().signal): Promise<CheckReport[]> {
  const reports: CheckReport[] = [];
  for await (const report of runChecks(checks, { policies: { getPolicy: () => idlePolicy }, signal })) reports.push(report);
  return reports;
}

test("a figure that is not what it should be fails its check, and the others are still run", async () => {
  const reports = await collect([
    threeFaults("a.wrong", exactly(4)),
    threeFaults("a.right", exactly(3)),
    threeFaults("a.shown", compare(4)),
  ]);
  expect(reports.map(({ verdict, figures }) => [verdict, figures[0]?.simulated])).toEqual([
    ["fail", 3],
    ["pass", 3],
    ["compared", 3],
  ]);
});

test("a check that gives no number is a fault, not a pass", async () => {
  const empty = { ...threeFaults("a.empty", exactly(3)), run: async () => ({ figures: { faults: [] } }) };
  await expect(collect([empty])).rejects.toThrow('a.empty gave no number for "faults"');
});

test("an aborted signal ends a check within its run, with the signal's reason", async () => {
  const controller = new AbortController();
  const check = threeFaults("a.long", exactly(3));
  const running = collect(
    [{ ...check, run: (testBench) => (controller.abort(new Error("enough")), check.run(testBench)) }],
    controller.signal,
  );
  await expect(running).rejects.toThrow("enough");
});
