import fc from "fast-check";
import { expect, test } from "vitest";
import { eventType } from "../events/index.ts";
import { createKernel, type Kernel } from "../kernel/index.ts";
import type { Policy } from "../policy/index.ts";
import type { Scenario } from "../scenario/index.ts";
import { caseCount } from "../testing/case-count.ts";
import { findMachineFaults } from "../testing/machine-invariants.ts";
import { largeScenarioArbitrary, scenarioArbitrary } from "../testing/random-scenario.ts";
import { drain, kernelInput } from "../testing/run-to-end.ts";
import { references, smallHost, smallScenario, smallVm } from "../testing/small-scenario.ts";
import { wildPolicyArbitrary } from "../testing/wild-policy.ts";
import {
  applyBatch,
  endEpoch,
  type IntColumn,
  loadTables,
  machineFacts,
  MachineTables,
  saveTables,
  type TableColumn,
  tableColumns,
  TILE_ENTRIES,
  type TileMarks,
} from "./index.ts";

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

/** Tables of a few pages, so that every event can be looked at by itself. */
function columnsOf(machine: MachineTables): Pick<TableColumn, "name" | "values" | "marks" | "tileEntries">[] {
  const { frames, vms } = machine;
  const tileEntries = TILE_ENTRIES;
  const { ownerVm, realPage, sharers, marks } = frames;
  const ofFrames = [ownerVm, realPage, sharers].map((values, at) => ({ name: `frames/${at}`, values, marks, tileEntries }));
  const ofVms = vms.flatMap((vm) =>
    [vm.userPage, vm.userProcess].map((values, at) => ({ name: `vm/${vm.vm}/user/${at}`, values, marks: vm.marks, tileEntries })),
  );
  return [...tableColumns(machine), ...ofFrames, ...ofVms];
}

test("whatever an event changes is marked, derived columns included; oracle: all columns before and after each event", () => {
  fc.assert(
    fc.property(fc.oneof(scenarioArbitrary, largeScenarioArbitrary), wildPolicyArbitrary, (scenario, policy) => {
      const machine = new MachineTables();
      const before = new Map<TileMarks, Map<string, IntColumn>>();
      const kernel = createKernel(kernelInput(scenario, policy));
      kernel.advance(400, Number.POSITIVE_INFINITY);
      const batch = kernel.takeBatch();
      const unmarked: string[] = [];
      for (let i = 0; i < batch.length; i++) {
        const epoch = endEpoch();
        applyBatch(machine, batch, i, i + 1);
        for (const { name, values, marks, tileEntries } of columnsOf(machine)) {
          const known = before.get(marks) ?? new Map<string, IntColumn>();
          before.set(marks, known);
          const earlier = known.get(name);
          const wrong = values.findIndex(
            (value, at) => earlier !== undefined && value !== earlier[at] && marks.epochs[Math.floor(at / tileEntries)] <= epoch,
          );
          if (wrong >= 0) unmarked.push(`${eventType(batch.types[i]).name} changed ${name} at ${wrong}`);
          if (earlier === undefined || values.some((value, at) => value !== earlier[at])) known.set(name, values.slice());
        }
      }
      expect(unmarked).toEqual([]);
    }),
    { numRuns: caseCount(12, 1_000) },
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
