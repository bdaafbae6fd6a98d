import fc from "fast-check";
import { expect, test } from "vitest";
import { NEVER_AGAIN } from "../../reuse/index.ts";
import { createKernel } from "./create-kernel.ts";
import { ProcessFuture } from "./foresight.ts";
import { drain, kernelInput } from "../../testing/run-to-end.ts";
import { countLruMisses } from "../../testing/reference-replacement.ts";
import { policyOf, references, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";
import type { Observation } from "../../policy/index.ts";

// Oracle: the next reference as a search from the position finds it.
test("a page's next access is the first one from a position on, for any references and positions that never go back", () => {
  const page = fc.nat(7);
  fc.assert(
    fc.property(fc.array(page, { maxLength: 60 }), fc.array(fc.tuple(page, fc.nat(5))), (pages, questions) => {
      const future = new ProcessFuture(Int32Array.from(pages), 8);
      let position = 0;
      for (const [asked, step] of questions) {
        position += step;
        const found = pages.indexOf(asked, position);
        expect(future.nextAccess(asked, position)).toBe(found < 0 ? NEVER_AGAIN : found);
      }
    }),
  );
});

function firstObservation(workload: string, configuredPages: number): Observation {
  const seen: Observation[] = [];
  const policy = policyOf((observation) => (seen.push(observation), []), { requires: ["foresight"] });
  const vm = smallVm("vm", configuredPages, references(workload));
  drain(createKernel(kernelInput(smallScenario(smallHost(64), [vm], { durationNs: 3_000_000 }), policy)), 64, () => {});
  expect(seen.length).toBeGreaterThan(0);
  return seen[0];
}

test("a policy with foresight sees the miss ratio curve of the whole run, before it has happened", () => {
  const pages = [7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1];
  const curve = firstObservation(pages.join(" "), 8).vms[0].missRatioCurve;
  expect(curve?.accesses).toBe(20);
  curve?.missRatios.forEach((ratio, step) => {
    expect(ratio * 20).toBeCloseTo(countLruMisses(pages, step + 1), 9);
  });
});

test("when all is done no page is needed any more", () => {
  expect(firstObservation("0 1 2", 8).vms[0].furthestAccessNs).toBe(Number.MAX_SAFE_INTEGER);
});
