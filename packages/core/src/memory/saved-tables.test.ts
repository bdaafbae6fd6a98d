import fc from "fast-check";
import { expect, test } from "vitest";
import { createKernel, type Kernel } from "../kernel/index.ts";
import type { Policy } from "../policy/index.ts";
import type { Scenario } from "../scenario/index.ts";
import { caseCount } from "../testing/case-count.ts";
import { findMachineFaults } from "../testing/machine-invariants.ts";
import { largeScenarioArbitrary, scenarioArbitrary } from "../testing/random-scenario.ts";
import { drain, kernelInput } from "../testing/run-to-end.ts";
import { references, smallHost, smallScenario, smallVm } from "../testing/small-scenario.ts";
import { wildPolicyArbitrary } from "../testing/wild-policy.ts";
import { endEpoch, loadTables, machineFacts, type MachineTables, NEVER_WRITTEN, saveTables, tableColumns, TILE_ENTRIES } from "./index.ts";

test("a machine made from saved tables of another one is equal to it, images of processes included (oracle: the other)", () => {
  const [process] = smallVm("guest", 8, references("w0 1 2")).processes;
  const image = { name: "linux", commonFraction: 0.5 };
  const vms = [
    { ...process, name: "plain" },
    { ...process, name: "of an image", backing: "file" as const, image },
  ];
  const vm = smallVm("guest", 8, references(""), { processes: vms });
  const kernel = createKernel(kernelInput(smallScenario(smallHost(16), [vm])));
  drain(kernel, 64, () => {});
  const made = loadTables(saveTables(kernel.machine));
  expect(made.vm(1).processes.map((spec) => spec.image)).toEqual([null, expect.objectContaining({ commonMillionths: 500_000 })]);
  expect(machineFacts(made)).toEqual(machineFacts(kernel.machine));
});

/** Every column, derived ones included, by name. */
function contentOf(machine: MachineTables): Record<string, number[]> {
  const { ownerVm, realPage, sharers } = machine.frames;
  const columns = tableColumns(machine).map(({ name, values }) => [name, [...values]] as const);
  const ofVms = machine.vms.map(({ vm, userPage, userProcess }) => [`vm/${vm}/users`, [...userPage, ...userProcess]] as const);
  return Object.fromEntries([...columns, ...ofVms, ["frames", [...ownerVm, ...realPage, ...sharers]]]) as Record<string, number[]>;
}

test("saved tables have all columns and counts, and what is derived is derived anew; oracle: the tables kept event by event", () => {
  fc.assert(
    fc.property(scenarioArbitrary, wildPolicyArbitrary, fc.integer({ min: 0, max: 300 }), (scenario, policy, actions) => {
      const { machine } = advanced(scenario, policy, actions);
      const made = loadTables(saveTables(machine));
      expect(machineFacts(made)).toEqual(machineFacts(machine));
      expect(contentOf(made)).toEqual(contentOf(machine));
      expect(findMachineFaults(made)).toEqual([]);
    }),
    { numRuns: caseCount(15, 300) },
  );
});

function advanced(scenario: Scenario, policy: Policy, actions: number): Kernel {
  const kernel = createKernel(kernelInput(scenario, policy));
  kernel.advance(Number.POSITIVE_INFINITY, actions);
  return kernel;
}

test("what no mark says is as it was, and a table's first tile is not the only one; oracle: the columns before", () => {
  fc.assert(
    fc.property(
      fc.oneof(scenarioArbitrary, largeScenarioArbitrary),
      wildPolicyArbitrary,
      fc.nat(150),
      fc.nat(150),
      (scenario, policy, actionsBefore, actionsBetween) => {
        const kernel = advanced(scenario, policy, actionsBefore);
        const before = new Map(tableColumns(kernel.machine).map(({ name, values, marks }) => [name, { values: values.slice(), marks }]));
        const epoch = endEpoch();
        kernel.advance(Number.POSITIVE_INFINITY, actionsBetween);
        for (const { name, values, marks, tileEntries } of tableColumns(kernel.machine)) {
          const known = before.get(name);
          const written = new Set(marks.writtenAfter(known?.marks === marks ? epoch : NEVER_WRITTEN));
          if (known === undefined || known.values.length !== values.length) continue;
          const wrong = values.findIndex((value, at) => value !== known.values[at] && !written.has(Math.floor(at / tileEntries)));
          expect([name, wrong]).toEqual([name, -1]);
        }
      },
    ),
    { numRuns: caseCount(40, 1_000) },
  );
});

test("tiles are marked by the page, and ranges wholly; oracle: the numbers of the pages", () => {
  const kernel = createKernel(kernelInput(smallScenario(smallHost(3 * TILE_ENTRIES), [])));
  const { frames } = kernel.machine;
  const epoch = endEpoch();
  frames.marks.mark(2 * TILE_ENTRIES);
  expect([...frames.marks.writtenAfter(epoch)]).toEqual([2]);
  frames.marks.markRange(TILE_ENTRIES - 1, TILE_ENTRIES + 1);
  expect([...frames.marks.writtenAfter(epoch)]).toEqual([0, 1, 2]);
  const later = endEpoch();
  frames.marks.markRange(5, 5);
  expect([...frames.marks.writtenAfter(later)]).toEqual([]);
});
