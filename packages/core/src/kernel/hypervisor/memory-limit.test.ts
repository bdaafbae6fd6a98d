import { expect, test } from "vitest";
import type { Capability, Decision, StealOrder } from "../../policy/index.ts";
import type { Scenario } from "../../scenario/index.ts";
import { historyOf, kernelInput, runChecked } from "../../testing/run-to-end.ts";
import { policyOf, references, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";
import { createKernel } from "../engine/create-kernel.ts";

const limitPolicy = (
  decide: Parameters<typeof policyOf>[0],
  requires: readonly Capability[] = ["memoryLimit"],
): ReturnType<typeof policyOf> => policyOf(decide, { requires });

const writes = (pages: number): string => Array.from({ length: pages }, (_, page) => `w${page}`).join(" ");

function limited(limitPages: number, swapPages = 32): Scenario {
  const vm = smallVm("limited", 8, references(writes(8)), { limitPages, balloon: null });
  return smallScenario(smallHost(16, { swapPages }), [vm]);
}

test("a VM at its configured limit loses a page of its own at each further host fault, though frames are free", () => {
  // Oracle: 8 pages written, 3 may be resident: 5 are stolen and swapped out.
  const { kernel } = runChecked(kernelInput(limited(3)));
  const [vm] = kernel.machine.vms;
  expect([vm?.residentPages, vm?.swappedPages, kernel.machine.frames.freePages]).toEqual([3, 5, 13]);
});

test("a limit of the configured pages takes nothing, and makes no event", () => {
  const history = historyOf(createKernel(kernelInput(limited(8))));
  expect(history.filter((line) => /MemoryLimitSet|PageStolen/.test(line))).toEqual([]);
});

test("with a full swap a VM exceeds its limit, as it could not continue otherwise", () => {
  // Oracle: room for 2 pages in the swap, so that 6 stay resident of 8 that hold content.
  const { kernel } = runChecked(kernelInput(limited(3, 2)));
  expect(kernel.machine.vms[0]).toMatchObject({ residentPages: 6, swappedPages: 2, isOn: true });
});

/** Eight pages written, then nothing until the policy has had its say at 1 ms. */
function idler(swapPages: number): Scenario {
  const workload = { kind: "phases" as const, times: 1, phases: [references(writes(8)), { kind: "idle" as const, ns: 2_000_000 }] };
  return smallScenario(smallHost(16, { swapPages }), [smallVm("idler", 8, workload, { balloon: null, limitPages: 7 })]);
}

const setsLimit = (pages: number, order: StealOrder = "random", requires?: readonly Capability[]): ReturnType<typeof policyOf> =>
  limitPolicy(
    ({ timeNs, vms }): Decision[] =>
      timeNs === 1_000_000 ? vms.map(({ vm }) => ({ kind: "SetMemoryLimit", vm, pages, order, reason: "test" })) : [],
    requires,
  );

test("SetMemoryLimit immediately steals what the VM holds beyond, and the limit is seen", () => {
  const seen: (number | undefined)[] = [];
  const policy = limitPolicy(({ timeNs, vms }): Decision[] => {
    seen.push(vms[0]?.memoryLimitPages);
    if (timeNs !== 1_000_000) return [];
    return vms.map(({ vm }) => ({ kind: "SetMemoryLimit", vm, pages: 2, order: "random", reason: "test" }));
  });
  const { kernel } = runChecked(kernelInput(idler(32), policy));
  expect(kernel.machine.vms[0]).toMatchObject({ residentPages: 2, memoryLimitPages: 2 });
  expect(seen).toEqual([7, 2]);
});

test("a limit above the configured one is clamped to it, and a swap that cannot take all is said", () => {
  const clamps = (policy: ReturnType<typeof policyOf>, swapPages: number): string[] =>
    historyOf(createKernel(kernelInput(idler(swapPages), policy))).filter((line) => line.startsWith("DecisionClamped"));
  const raise = setsLimit(99);
  expect(clamps(raise, 32)).toEqual([]);
  const lower = setsLimit(2);
  // Oracle: one page went to the swap at the configured limit of 7; of 5 more, 3 find room in a swap of 4.
  expect(clamps(lower, 4)).toEqual(["DecisionClamped vm 1: kind set memory limit, cause swap full, decision 1, donePages 4"]);
});

test("where the limit's order finds no victim, the kernel takes one at random", () => {
  // Oracle: without a scan no page is known to be idle; all of 6 pages beyond the limit of 2 go all the same.
  const policy = setsLimit(2, "idle", ["memoryLimit", "idleScan"]);
  const { kernel } = runChecked(kernelInput(idler(32), policy));
  expect(kernel.machine.vms[0]).toMatchObject({ residentPages: 2 });
});

test("a policy that has not declared memoryLimit is refused", () => {
  expect(() => runChecked(kernelInput(idler(32), setsLimit(2, "random", [])))).toThrow(/memoryLimit/);
});

const limitEvents = (scenario: Scenario, policy: ReturnType<typeof policyOf>): string[] =>
  historyOf(createKernel(kernelInput(scenario, policy))).filter((line) => /PolicyDecided|DecisionClamped|MemoryLimitSet/.test(line));

// Oracle: what a decision's events are, by hand: 8 pages hold content, 7 are resident at the scenario's limit of 7.
test("a decision is recorded with what could not be done: above the scenario's limit, and with a full swap", () => {
  expect(limitEvents(idler(32), setsLimit(8)).slice(1)).toEqual([]);
  const lowerAndHigher = limitPolicy(({ timeNs, vms }): Decision[] =>
    timeNs === 1_000_000
      ? vms.flatMap(({ vm }) => [2, 8].map((pages): Decision => ({ kind: "SetMemoryLimit", vm, pages, order: "random", reason: "test" })))
      : [],
  );
  const raised = limitEvents(idler(32), lowerAndHigher).slice(1);
  expect(raised.map((line) => line.split(" ")[0])).toEqual([
    "PolicyDecided",
    "MemoryLimitSet",
    "PolicyDecided",
    "DecisionClamped",
    "MemoryLimitSet",
  ]);
  expect(raised[3]).toMatch(/above cap.*7$/u);
  const full = limitEvents(idler(3), setsLimit(2)).slice(1);
  expect(full.map((line) => line.split(" ")[0])).toEqual(["PolicyDecided", "MemoryLimitSet", "DecisionClamped"]);
  expect(full[2]).toMatch(/swap full.*5$/u);
  const fits = limitEvents(idler(32), setsLimit(2)).slice(1);
  expect(fits.map((line) => line.split(" ")[0])).toEqual(["PolicyDecided", "MemoryLimitSet"]);
});

test("a decision for the limit that is there takes what is beyond it, and sets nothing", () => {
  // Three slots for eight pages: at the scenario's limit of 7 nothing is left to do; at 4, of 8 pages 5 stay resident.
  const twice = limitPolicy(({ timeNs, vms }): Decision[] =>
    timeNs >= 1_000_000 ? vms.map(({ vm }) => ({ kind: "SetMemoryLimit", vm, pages: 4, order: "random", reason: "test" })) : [],
  );
  const told = limitEvents(idler(3), twice)
    .slice(1)
    .map((line) => line.split(" ")[0]);
  expect(told.slice(0, 5)).toEqual(["PolicyDecided", "MemoryLimitSet", "DecisionClamped", "PolicyDecided", "DecisionClamped"]);
});
