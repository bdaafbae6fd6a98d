import fc from "fast-check";
import { expect, test } from "vitest";
import { findMachineFaults } from "../testing/machine-invariants.ts";
import { scenarioArbitrary } from "../testing/random-scenario.ts";
import { drain, kernelInput } from "../testing/run-to-end.ts";
import { references, smallHost, smallScenario, smallVm } from "../testing/small-scenario.ts";
import { wildPolicyArbitrary } from "../testing/wild-policy.ts";
import { createKernel } from "../kernel/index.ts";
import { deriveTables, machineFacts, machineFromFacts, tableColumns } from "./index.ts";
import { caseCount } from "../testing/case-count.ts";

test("a machine made from the facts and columns of another one is equal to it, images of processes included (oracle: the other)", () => {
  const [process] = smallVm("guest", 8, references("w0 1 2")).processes;
  const image = { name: "linux", commonFraction: 0.5 };
  const vms = [
    { ...process, name: "plain" },
    { ...process, name: "of an image", backing: "file" as const, image },
  ];
  const vm = smallVm("guest", 8, references(""), { processes: vms });
  const kernel = createKernel(kernelInput(smallScenario(smallHost(16), [vm])));
  drain(kernel, 64, () => {});
  const facts = machineFacts(kernel.machine);
  const made = machineFromFacts(JSON.parse(JSON.stringify(facts)) as typeof facts);
  const columns = tableColumns(kernel.machine);
  tableColumns(made).forEach(({ values }, index) => values.set(columns[index]?.values ?? []));
  deriveTables(made);
  expect(made.vm(1).processes.map((spec) => spec.image)).toEqual([null, expect.objectContaining({ commonMillionths: 500_000 })]);
  expect(machineFacts(made)).toEqual(facts);
  expect([made.vm(1).residentPages, made.vm(1).mappedPages]).toEqual([
    kernel.machine.vm(1).residentPages,
    kernel.machine.vm(1).mappedPages,
  ]);
});

/** What is counted, without the tables. */
function countsOf(holder: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(holder).filter(([, value]) => typeof value === "number"));
}

test("every count is derived anew from the columns alone, whatever has happened (oracle: the counts kept event by event)", () => {
  fc.assert(
    fc.property(scenarioArbitrary, wildPolicyArbitrary, fc.integer({ min: 0, max: 300 }), (scenario, policy, actions) => {
      const kernel = createKernel(kernelInput(scenario, policy));
      kernel.advance(Number.POSITIVE_INFINITY, actions);
      const { machine } = kernel;
      const made = machineFromFacts(machineFacts(machine));
      const columns = tableColumns(machine);
      tableColumns(made).forEach(({ values }, index) => values.set(columns[index]?.values ?? []));
      deriveTables(made);
      expect(countsOf(made)).toEqual(countsOf(machine));
      expect(countsOf(made.frames)).toEqual(countsOf(machine.frames));
      expect(made.vms.map(countsOf)).toEqual(machine.vms.map(countsOf));
      expect(findMachineFaults(made)).toEqual([]);
    }),
    { numRuns: caseCount(15, 300) },
  );
});
