import { describe, expect, test } from "vitest";
import { realPage, vmId } from "../ids/index.ts";
import type { Decision, Observation, VmObservation } from "../policy/index.ts";
import { hostObservation } from "./observation-arbitrary.ts";
import { findDecisionFaults } from "./decision-faults.ts";

const vm: VmObservation = {
  vm: vmId(1),
  name: "vm-1",
  configuredPages: 100,
  residentPages: 40,
  swappedPages: 0,
  shares: 1,
  reservationPages: 0,
  limitPages: 100,
  isBusy: true,
  balloon: null,
};

const observation: Observation = {
  timeNs: 0,
  cause: "period",
  neededPages: 0,
  host: hostObservation(50, 10, { swapFreePages: 10 }),
  vms: [vm, { ...vm, vm: vmId(2), balloon: { targetPages: 0, sizePages: 0, capPages: 65 } }],
};

const steal = (changes: object): Decision => {
  const take = { count: 1, order: "random" as const };
  return { kind: "StealPages", vm: vm.vm, take, reason: "test", ...changes };
};
const target = (changes: object): Decision => ({
  kind: "SetBalloonTarget",
  vm: vmId(2),
  pages: 5,
  reason: "test",
  ...changes,
});

const faultsOf = (decision: Decision): string[] =>
  findDecisionFaults(decision, observation, { capabilities: ["balloon", "steal"], orders: ["fifo"] });

/** Oracle: what the kernel's carryOut refuses. */
describe("faults of decisions", () => {
  test("a decision that can be carried out has none", () => {
    expect([steal({}), target({}), steal({ take: { realPages: [realPage(99)] } })].flatMap(faultsOf)).toEqual([]);
  });

  test.each<[string, Decision]>([
    ["is for VM 7", steal({ vm: vmId(7) })],
    ["has no reason", steal({ reason: "" })],
    ["its figure x is NaN", steal({ figures: { x: Number.NaN } })],
    ["its figure x is 10000000000", steal({ figures: { x: 1e10 } })],
    ["a VM without a balloon driver", target({ vm: vmId(1) })],
    ["its target is 1.5 pages", target({ pages: 1.5 })],
    ["its count is -1 pages", steal({ take: { count: -1, order: "random" } })],
    ["steals 41 pages of 40 resident ones", steal({ take: { count: 41, order: "random" } })],
    ["needs `idleScan`", steal({ take: { count: 1, order: "idle" } })],
    ["its least age is 256 scans", steal({ take: { count: 1, order: "random", minimumAgeScans: 256 } })],
    ["its least age is 2 scans, of order random", steal({ take: { count: 1, order: "random", minimumAgeScans: 2 } })],
    ["a real page that the VM does not have", steal({ take: { realPages: [realPage(100)] } })],
  ])("%s", (expected, decision) => {
    const faults = faultsOf(decision);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(expected);
  });

  test("a capability that is not declared is a fault", () => {
    expect(findDecisionFaults(target({}), observation, { capabilities: ["steal"], orders: [] })[0]).toContain(
      "needs `balloon`, which is not declared",
    );
  });
});
