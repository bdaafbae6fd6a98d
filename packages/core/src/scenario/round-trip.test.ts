import fc from "fast-check";
import { expect, test } from "vitest";
import { scenarioArbitrary } from "../testing/random-scenario.ts";
import { scenarioFormArbitrary } from "../testing/scenario-form-arbitrary.ts";
import { parseCommand, parseScenario } from "./parse-scenario.ts";
import { printScenario } from "./print-scenario.ts";
import { caseCount } from "../testing/case-count.ts";

test("any scenario, printed and parsed, is the same scenario (oracle: the identity)", () => {
  fc.assert(
    fc.property(scenarioFormArbitrary, (form) => {
      const scenario = parseScenario(form);
      const printed = printScenario(scenario);
      expect(parseScenario(JSON.parse(printed))).toEqual(scenario);
      expect(printScenario(parseScenario(JSON.parse(printed)))).toBe(printed);
    }),
    { numRuns: caseCount(50, 1000) },
  );
});

test("two-level scenarios that no parser made are printed and parsed unchanged", () => {
  fc.assert(
    fc.property(scenarioArbitrary, (scenario) => {
      fc.pre(scenario.mapping === "twoLevel");
      const { framePages, overheadPages, vmOverheadPages } = scenario.host;
      const endNs = scenario.durationNs ?? Number.POSITIVE_INFINITY;
      fc.pre(scenario.vms.every(({ startNs, startJitterNs = 0 }) => startNs + startJitterNs <= endNs));
      fc.pre(overheadPages + scenario.vms.length * vmOverheadPages < framePages);
      const differing = scenario.vms.map((vm) => ({
        ...vm,
        processes: vm.processes.map((process, index) => ({ ...process, name: `process ${index}` })),
      }));
      const named = { ...scenario, vms: differing, script: [] };
      expect(parseScenario(JSON.parse(printScenario(named)))).toEqual(named);
    }),
  );
});

test("the order of keys does not change what is printed", () => {
  const form = { host: { framePages: 8 }, name: "keys", vms: [] };
  const turned = { vms: [], name: "keys", host: { framePages: 8 } };
  expect(printScenario(parseScenario(form))).toBe(printScenario(parseScenario(turned)));
});

test("a command, written as JSON and parsed, is the same command", () => {
  const command = parseCommand({ kind: "addVm", spec: { memory: "1 MiB", processes: [] } });
  expect(parseCommand(JSON.parse(JSON.stringify(command)))).toEqual(command);
});
