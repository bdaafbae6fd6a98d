import * as fc from "fast-check";
import { expect, test } from "vitest";
import { caseCount, createKernel, drain, largeScenarioArbitrary, scenarioArbitrary, wildPolicyWithoutSamples } from "../testing/index.ts";
import { applyBatch, MachineTables, machineFacts, machineFromFacts, noEntries } from "./index.ts";

test("events give the same facts and counts without entries as with them, from any event on; oracle: the kernel's own tables", () => {
  fc.assert(
    fc.property(fc.oneof(scenarioArbitrary, largeScenarioArbitrary), fc.integer({ min: 1, max: 400 }), (scenario, events) => {
      const kernel = createKernel({ scenario, policy: wildPolicyWithoutSamples, parameters: {}, traces: new Map<string, never>() });
      const fromStart = new MachineTables(noEntries);
      let takenUp = new MachineTables(noEntries);
      drain(kernel, events, (batch) => {
        applyBatch(fromStart, batch);
        applyBatch(takenUp, batch);
        const facts = machineFacts(kernel.machine);
        expect(machineFacts(fromStart)).toEqual(facts);
        expect(machineFacts(takenUp)).toEqual(facts);
        takenUp = machineFromFacts(JSON.parse(JSON.stringify(facts)) as typeof facts, noEntries);
      });
      expect(fromStart.vms.every(({ realMap }) => realMap.length === 0)).toBe(true);
    }),
    { numRuns: caseCount(40, 1_000) },
  );
});
