import { loadTables, type MachineTables, machineFacts, machineFromFacts, saveTables, tablesOf } from "@ballast/core/memory";
import { caseCount, createKernel, largeScenarioArbitrary, scenarioArbitrary, wildPolicyWithoutSamples } from "@ballast/core/testing";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { describeTables } from "../testing/machine-tables.ts";
import { SyntheticHistory } from "../testing/synthetic-history.ts";
import { findChanges } from "./find-changes.ts";
import { copiesOf, takeTables } from "./full-tables.ts";
import { SpareBuffers } from "./spare-buffers.ts";
import { TablePatch } from "./table-patch.ts";
import { TileBase } from "./tile-base.ts";

/** A machine of its own with the same tables, everything that can be derived derived anew. */
function derivedCopy(machine: MachineTables): MachineTables {
  return loadTables(structuredClone(saveTables(machine)));
}

/** The later state, made of the earlier one and what differs, as a keyframe is read. */
function patched(earlier: MachineTables, base: TileBase, later: MachineTables): MachineTables {
  const machine = machineFromFacts(machineFacts(later), copiesOf(takeTables(earlier), new SpareBuffers(0)));
  const patch = new TablePatch(machine);
  for (const table of tablesOf(later)) {
    for (const { blocks } of findChanges(table, base)) for (const block of blocks) patch.apply(block);
  }
  return machine;
}

function baseOf(machine: MachineTables): TileBase {
  const base = new TileBase();
  base.advanceTo(machine);
  return base;
}

test("along histories of the kernel too, with sharing, stealing, balloons and large pages", () => {
  const policies = { policy: wildPolicyWithoutSamples, parameters: {}, traces: new Map<string, never>() };
  fc.assert(
    fc.property(
      fc.oneof(scenarioArbitrary, largeScenarioArbitrary),
      fc.nat(100),
      fc.nat(200),
      (scenario, actionsBefore, actionsBetween) => {
        const kernel = createKernel({ scenario, ...policies });
        kernel.advance(Number.POSITIVE_INFINITY, actionsBefore);
        const earlier = derivedCopy(kernel.machine);
        const base = baseOf(kernel.machine);
        kernel.advance(Number.POSITIVE_INFINITY, actionsBetween);
        expect(describeTables(patched(earlier, base, kernel.machine))).toEqual(describeTables(kernel.machine));
      },
    ),
    { numRuns: caseCount(25, 500) },
  );
});

test.each([false, true])("patched tables are those of the events and those derived anew (with shared frames: %s)", (sharing) => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(4000), fc.nat(4000), (seed, before, between) => {
      const history = new SyntheticHistory({ seed, framePages: 120, vms: 3, sharing });
      history.next(before + 100);
      const earlier = derivedCopy(history.machine);
      expect(describeTables(earlier)).toEqual(describeTables(history.machine));
      const base = baseOf(history.machine);
      history.next(between);
      const expected = describeTables(history.machine);
      expect(describeTables(patched(earlier, base, history.machine))).toEqual(expected);
      expect(describeTables(derivedCopy(history.machine))).toEqual(expected);
    }),
    { numRuns: caseCount(15, 300) },
  );
});
