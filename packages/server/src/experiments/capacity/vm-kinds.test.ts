import { parseScenario } from "@ballast/core/scenario";
import { expect, test } from "vitest";
import { vmKindOf, withVms } from "./vm-kinds.ts";

const process = { virtualPages: 8, workload: { kind: "cyclic", pages: 8, accesses: 100 } };
const scenarioOf = (count: number, host: object = {}) =>
  parseScenario({
    name: "kinds",
    host: { framePages: 64, ...host },
    vms: [
      { name: "web", configuredPages: 8, count, startNs: 5, startStepNs: 40, processes: [process] },
      { name: "db", configuredPages: 16, processes: [process] },
    ],
  });

test("varying the number of VMs of a kind gives the scenario whose file has that count; oracle: that file, parsed", () => {
  for (const from of [1, 2, 5]) {
    const scenario = scenarioOf(from);
    const kind = vmKindOf(scenario, "web");
    for (const count of from === 1 ? [1] : [2, 3, 7]) expect(withVms(scenario, kind, count)).toEqual(scenarioOf(count));
  }
  // Without a second copy nothing says how far apart they start; names are as with a count.
  const two = withVms(scenarioOf(1), vmKindOf(scenarioOf(1), "web"), 2);
  expect(two.vms.map(({ name, startNs }) => [name, startNs])).toEqual([
    ["web-1", 5],
    ["web-2", 5],
    ["db", 0],
  ]);
});

test("the host's swap stays as it was given", () => {
  const scenario = scenarioOf(2, { swapPages: 7 });
  expect(withVms(scenario, vmKindOf(scenario, "web"), 5).host.swapPages).toBe(7);
});

test("a kind is found by its name, or that of one of its VMs; VMs of one name that differ are two kinds", () => {
  expect(["web", "web-2", "db"].map((name) => vmKindOf(scenarioOf(3), name))).toEqual([
    { name: "web", places: [0, 1, 2] },
    { name: "web", places: [0, 1, 2] },
    { name: "db", places: [3] },
  ]);
  const scenario = scenarioOf(2);
  const [first, second, db] = scenario.vms;
  const other = { ...scenario, vms: [first!, { ...second!, shares: 1 }, db!] };
  expect(vmKindOf(other, "web-2")).toEqual({ name: "web-2", places: [1] });
  expect(() => vmKindOf(other, "web")).toThrow("There are: web-1, web-2, db");
});
