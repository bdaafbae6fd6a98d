import fc from "fast-check";
import { expect, test } from "vitest";
import type { EventBatch } from "../../events/index.ts";
import { caseCount } from "../../testing/case-count.ts";
import { largeScenarioArbitrary, scenarioArbitrary } from "../../testing/random-scenario.ts";
import { drain, kernelInput, runChecked } from "../../testing/run-to-end.ts";
import { references, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";
import { wildPolicy, wildPolicyArbitrary, wildPolicyWithoutSamples } from "../../testing/wild-policy.ts";
import { createKernel, restoreKernel } from "./create-kernel.ts";
import type { Kernel, KernelInput } from "./kernel-contract.ts";

/** Every event to come, however they are cut into batches. */
function rowsToCome(kernel: Kernel, events: number): string {
  let rows = "";
  drain(kernel, events, (batch) => (rows += rowsOf(batch)));
  return rows;
}

function rowsOf(batch: EventBatch): string {
  let rows = "";
  for (let i = 0; i < batch.length; i++) {
    const subject = `${batch.types[i]} ${batch.timesNs[i]} ${batch.vms[i]} ${batch.processes[i]}`;
    rows += `${subject} ${batch.a[i]} ${batch.b[i]} ${batch.c[i]} ${batch.d[i]}\n`;
  }
  return rows;
}

test("random scenarios keep every invariant, and reads return what was written, whatever the policy asks for", () => {
  fc.assert(
    fc.property(scenarioArbitrary, wildPolicyArbitrary, (scenario, policy) => {
      const { kernel } = runChecked(kernelInput(scenario, policy), 256);
      expect(kernel.status).toBe("ended");
    }),
    { numRuns: caseCount(70, 5000) },
  );
});

test("random scenarios with large pages keep every invariant, replay and resumption included", () => {
  fc.assert(
    fc.property(largeScenarioArbitrary, fc.boolean(), fc.integer({ min: 0, max: 200 }), (scenario, samples, actions) => {
      const input = kernelInput(scenario, samples ? wildPolicy : wildPolicyWithoutSamples);
      runChecked(input, 4096);
      const kernel = createKernel(input);
      kernel.advance(Number.POSITIVE_INFINITY, actions);
      kernel.takeBatch();
      const snapshot = kernel.save();
      expect(rowsToCome(restoreKernel(input, snapshot), 5000)).toBe(rowsToCome(kernel, 5000));
    }),
    { numRuns: caseCount(3, 150) },
  );
});

test("the same seed gives the same events, however they are cut into batches", () => {
  fc.assert(
    fc.property(scenarioArbitrary, wildPolicyArbitrary, (scenario, policy) => {
      const input = kernelInput(scenario, policy);
      expect(rowsToCome(createKernel(input), 7)).toBe(rowsToCome(createKernel(input), 100_000));
    }),
    { numRuns: caseCount(10, 500) },
  );
});

// Oracle: the loop that makes and checks the accesses one by one; contents, which are events when pages move, included.
test("hits in bulk give the same events as hits that are made and checked one by one", () => {
  fc.assert(
    fc.property(scenarioArbitrary, wildPolicyArbitrary, (scenario, policy) => {
      const checked: KernelInput = kernelInput({ ...scenario, recordHits: false }, policy);
      expect(rowsToCome(createKernel({ ...checked, checkContents: false }), 4096)).toBe(rowsToCome(createKernel(checked), 4096));
    }),
    { numRuns: caseCount(20, 1000) },
  );
});

test("a kernel restored from a snapshot taken at any moment continues with the same events", () => {
  fc.assert(
    fc.property(scenarioArbitrary, wildPolicyArbitrary, fc.integer({ min: 0, max: 200 }), (scenario, policy, actions) => {
      const input: KernelInput = kernelInput(scenario, policy);
      const kernel = createKernel(input);
      kernel.advance(Number.POSITIVE_INFINITY, actions);
      kernel.takeBatch();
      const snapshot = kernel.save();
      expect(rowsToCome(restoreKernel(input, snapshot), 100)).toBe(rowsToCome(kernel, 100));
    }),
    { numRuns: caseCount(15, 1000) },
  );
});

/** Two VMs that take each other's frames again and again. */
function crowded(zeroing: boolean): KernelInput {
  const vms = ["one", "two"].map((name) => smallVm(name, 8, references("w0 w1 w2 w3 w4 w5 w6 w7 0 1 2 3 4 5 6 7")));
  return kernelInput(smallScenario(smallHost(8, { zeroing }), vms), wildPolicy);
}

test("with zeroing switched off the checker finds frames that change owner unzeroed, so it is known to be able to fail", () => {
  expect(() => runChecked(crowded(true))).not.toThrow();
  expect(() => runChecked(crowded(false))).toThrow(/unzeroed/);
});
