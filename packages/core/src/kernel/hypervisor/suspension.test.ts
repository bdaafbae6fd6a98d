import { expect, test } from "vitest";
import { Counter } from "../../memory/index.ts";
import type { Decision, VmId } from "../../policy/index.ts";
import type { Scenario } from "../../scenario/index.ts";
import { historyOf, kernelInput, runChecked } from "../../testing/run-to-end.ts";
import { policyOf, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";
import { createKernel } from "../engine/create-kernel.ts";

const MS = 1_000_000;

/** Suspends and resumes VMs at these times, in ms; asked every ms. */
function suspendsAt(plan: Readonly<Record<number, readonly [kind: "SuspendVm" | "ResumeVm", vm: number][]>>): ReturnType<typeof policyOf> {
  return policyOf(
    ({ timeNs, cause }): Decision[] =>
      (cause === "period" ? (plan[timeNs / MS] ?? []) : []).map(([kind, vm]) => ({ kind, vm: vm as VmId, reason: "test" })),
    { requires: ["suspend", "balloon"] },
  );
}

/** Each VM hits one page for 10 ms of its own time, after one fault. */
function hitters(count: number, changes: Partial<Scenario> = {}): Scenario {
  const workload = { kind: "cyclic" as const, firstPage: 0, pages: 1, accesses: 100_000, writeRatio: 0 };
  const vms = Array.from({ length: count }, (_, index) => smallVm(`vm-${index + 1}`, 8, workload));
  return smallScenario(smallHost(64), vms, changes);
}

test("a suspended VM makes no accesses; what it was suspended for is counted, and it ends so much later", () => {
  const undisturbed = runChecked(kernelInput(hitters(1), suspendsAt({}))).kernel;
  const { kernel } = runChecked(kernelInput(hitters(1), suspendsAt({ 3: [["SuspendVm", 1]], 8: [["ResumeVm", 1]] })));
  expect(kernel.machine.vms[0]?.counters[Counter.suspendedNs]).toBe(5 * MS);
  // Oracle: 5 ms suspended; the VM had come at most one slice of 1,024 accesses of 100 ns beyond 3 ms when it was suspended.
  expect(kernel.timeNs - undisturbed.timeNs).toBeGreaterThan(5 * MS - 102_400);
  expect(kernel.timeNs - undisturbed.timeNs).toBeLessThanOrEqual(5 * MS);
  expect(kernel.accesses).toBe(100_000);
});

test("the balloon driver of a suspended VM polls on", () => {
  const policy = policyOf(
    ({ timeNs, vms }): Decision[] => {
      if (timeNs !== 3 * MS) return [];
      return vms.flatMap(({ vm }): Decision[] => [
        { kind: "SuspendVm", vm, reason: "test" },
        { kind: "SetBalloonTarget", vm, pages: 4, reason: "test" },
      ]);
    },
    { requires: ["suspend", "balloon"] },
  );
  const { kernel } = runChecked(kernelInput(hitters(1, { durationNs: 6 * MS }), policy));
  expect(kernel.machine.vms[0]).toMatchObject({ isSuspended: true, balloonSizePages: 4 });
});

test("the other VMs continue while one is suspended", () => {
  const { kernel } = runChecked(kernelInput(hitters(2, { durationNs: 12 * MS }), suspendsAt({ 1: [["SuspendVm", 1]] })));
  // Oracle: 10 ms of accesses and a fault fit into 12 ms; VM 1 made at most those of 1 ms and a slice, so it has not finished.
  expect(kernel.machine.vms.map(({ isSuspended, processes }) => [isSuspended, processes[0]?.finished])).toEqual([
    [true, false],
    [false, true],
  ]);
});

test("a run whose every VM with work is suspended for ever ends, and says so", () => {
  const history = historyOf(
    createKernel(
      kernelInput(
        hitters(2),
        suspendsAt({
          1: [
            ["SuspendVm", 1],
            ["SuspendVm", 2],
          ],
        }),
      ),
    ),
  );
  expect(history.at(-1)).toBe("RunCompleted: reason work suspended");
});

test("a policy without a period that suspends the last VM ends the run immediately", () => {
  const atFirstFault = policyOf(({ vms }): Decision[] => vms.map(({ vm }) => ({ kind: "SuspendVm", vm, reason: "test" })), {
    requires: ["suspend"],
    periodNs: () => 0,
  });
  const tight = smallHost(4, { memoryStates: { soft: 0.9, hard: 0.04, low: 0.02 } });
  const history = historyOf(createKernel(kernelInput({ ...hitters(1), host: tight }, atFirstFault)));
  expect(history.filter((line) => /VmSuspended|RunCompleted/.test(line))).toEqual([
    "VmSuspended vm 1",
    "RunCompleted: reason work suspended",
  ]);
});

test("a VM that is suspended while memory is short continues as soon as the policy has freed some, not at its next period", () => {
  const suspendAndSteal = policyOf(
    ({ host, vms }): Decision[] =>
      vms.flatMap(({ vm, isSuspended, residentPages }): Decision[] => {
        if (host.memoryState !== "low") return isSuspended ? [{ kind: "ResumeVm", vm, reason: "test" }] : [];
        const take = { count: Math.floor(residentPages / 2), order: "random" } as const;
        return [
          { kind: "StealPages", vm, take, reason: "test" },
          { kind: "SuspendVm", vm, reason: "test" },
        ];
      }),
    { requires: ["steal", "suspend"], periodNs: () => 1000 * MS },
  );
  const touchAll = { kind: "sequential" as const, firstPage: 0, pages: 8, writeRatio: 1 };
  const low = smallHost(8, { memoryStates: { soft: 0.3, hard: 0.3, low: 0.3 } });
  const scenario = smallScenario(low, [smallVm("only", 8, touchAll)]);
  const { kernel } = runChecked(kernelInput(scenario, suspendAndSteal));
  expect(kernel.accesses).toBe(8);
  expect(kernel.machine.vms[0]?.counters[Counter.pagesStolen]).toBeGreaterThan(0);
  expect(kernel.machine.vms[0]?.counters[Counter.suspendedNs]).toBe(0);
});

test("a run waits for a policy that resumes a VM after 500 periods", () => {
  const { kernel } = runChecked(kernelInput(hitters(1), suspendsAt({ 1: [["SuspendVm", 1]], 501: [["ResumeVm", 1]] })));
  expect(kernel.accesses).toBe(100_000);
  expect(kernel.machine.vms[0]?.counters[Counter.suspendedNs]).toBe(500 * MS);
});

test("a command that touches a page of a suspended VM is refused, and changes nothing", () => {
  const kernel = createKernel(kernelInput(hitters(1), suspendsAt({ 1: [["SuspendVm", 1]] })));
  while (kernel.status === "running" && kernel.timeNs < 2 * MS) kernel.advance(Number.POSITIVE_INFINITY, 1);
  const touch = { kind: "touchRealPage", vm: 1, realPage: 3 } as const;
  expect(() => kernel.command(touch as never)).toThrow(/VM 1 is suspended/);
});
