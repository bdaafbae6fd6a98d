import fc from "fast-check";
import { expect, test } from "vitest";
import type { EventBatch } from "../../events/index.ts";
import { scenarioArbitrary } from "../../testing/random-scenario.ts";
import { drain, kernelInput } from "../../testing/run-to-end.ts";
import { wildPolicy } from "../../testing/wild-policy.ts";
import { caseCount } from "../../testing/case-count.ts";
import { createKernel } from "./create-kernel.ts";

function copyOf(batch: EventBatch): unknown {
  const { firstPosition, firstTextId, texts, types, timesNs, vms, processes, a, b, c, d, decisions, length } = batch;
  const columns = [types, timesNs, vms, processes, a, b, c, d, decisions].map((column) => column.slice(0, length));
  return [firstPosition, firstTextId, [...texts], columns];
}

test("the events of a kernel whose batches are given back are the same; oracle: one whose batches are kept", () => {
  fc.assert(
    fc.property(scenarioArbitrary, fc.integer({ min: 20, max: 2000 }), (scenario, events) => {
      const kept: EventBatch[] = [];
      drain(createKernel(kernelInput(scenario, wildPolicy)), events, (batch) => kept.push(batch));
      const kernel = createKernel(kernelInput(scenario, wildPolicy));
      const copies: unknown[] = [];
      drain(kernel, events, (batch) => {
        copies.push(copyOf(batch));
        kernel.giveBack(batch);
      });
      expect(copies).toEqual(kept.map(copyOf));
    }),
    { numRuns: caseCount(16, 500) },
  );
});
