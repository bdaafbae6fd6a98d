import { expect, test } from "vitest";
import { Counter } from "../../memory/index.ts";
import type { Decision, VmId } from "../../policy/index.ts";
import type { Scenario } from "../../scenario/index.ts";
import { historyOf, kernelInput, runChecked } from "../../testing/run-to-end.ts";
import { policyOf, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";
import { createKernel } from "../engine/create-kernel.ts";

const MS = 1_000_000;

/** Blocks and unblocks VMs at these times, in ms; asked every ms. */
function blocksAt(plan: Readonly<Record<number, readonly [kind: "BlockVm" | "UnblockVm", vm: number][]>>): ReturnType<typeof policyOf> {
  return policyOf(
    ({ timeNs, cause }): Decision[] =>
      (cause === "period" ? (plan[timeNs / MS] ?? []) : []).map(([kind, vm]) => ({ kind, vm: vm as VmId, reason: "test" })),
    { requires: ["block", "balloon"] },
  );
}

/** Each VM hits one page for 10 ms of its own time, after one fault. */
function hitters(count: number, changes: Partial<Scenario> = {}): Scenario {
  const workload = { kind: "cyclic" as const, firstPage: 0, pages: 1, accesses: 100_000, writeRatio: 0 };
  const vms = Array.from({ length: count }, (_, index) => smallVm(`vm-${index + 1}`, 8, workload));
  return smallScenario(smallHost(64), vms, changes);
}

test("a blocked VM makes no accesses; what it was blocked for is counted, and it ends so much later", () => {
  const undisturbed = runChecked(kernelInput(hitters(1), blocksAt({}))).kernel;
  const { kernel } = runChecked(kernelInput(hitters(1), blocksAt({ 3: [["BlockVm", 1]], 8: [["UnblockVm", 1]] })));
  expect(kernel.machine.vms[0]?.counters[Counter.blockedNs]).toBe(5 * MS);
  // Oracle: 5 ms blocked; the VM had come at most one slice of 1,024 accesses of 100 ns beyond 3 ms when it was blocked.
  expect(kernel.timeNs - undisturbed.timeNs).toBeGreaterThan(5 * MS - 102_400);
  expect(kernel.timeNs - undisturbed.timeNs).toBeLessThanOrEqual(5 * MS);
  expect(kernel.accesses).toBe(100_000);
});

test("the balloon driver of a blocked VM polls on", () => {
  const policy = policyOf(
    ({ timeNs, vms }): Decision[] => {
      if (timeNs !== 3 * MS) return [];
      return vms.flatMap(({ vm }): Decision[] => [
        { kind: "BlockVm", vm, reason: "test" },
        { kind: "SetBalloonTarget", vm, pages: 4, reason: "test" },
      ]);
    },
    { requires: ["block", "balloon"] },
  );
  const { kernel } = runChecked(kernelInput(hitters(1, { durationNs: 6 * MS }), policy));
  expect(kernel.machine.vms[0]).toMatchObject({ isBlocked: true, balloonSizePages: 4 });
});

test("the other VMs go on while one is blocked", () => {
  const { kernel } = runChecked(kernelInput(hitters(2, { durationNs: 12 * MS }), blocksAt({ 1: [["BlockVm", 1]] })));
  // Oracle: 10 ms of accesses and a fault fit into 12 ms; VM 1 made at most those of 1 ms and a slice, so it has not finished.
  expect(kernel.machine.vms.map(({ isBlocked, processes }) => [isBlocked, processes[0]?.finished])).toEqual([
    [true, false],
    [false, true],
  ]);
});

test("a run whose every VM with work is blocked for ever ends, and says so", () => {
  const history = historyOf(
    createKernel(
      kernelInput(
        hitters(2),
        blocksAt({
          1: [
            ["BlockVm", 1],
            ["BlockVm", 2],
          ],
        }),
      ),
    ),
  );
  expect(history.at(-1)).toBe("RunCompleted: reason work blocked");
});

test("a policy without a period that blocks the last VM ends the run at once", () => {
  const atFirstFault = policyOf(({ vms }): Decision[] => vms.map(({ vm }) => ({ kind: "BlockVm", vm, reason: "test" })), {
    requires: ["block"],
    periodNs: () => 0,
  });
  const tight = smallHost(4, { memoryStates: { soft: 0.9, hard: 0.04, low: 0.02 } });
  const history = historyOf(createKernel(kernelInput({ ...hitters(1), host: tight }, atFirstFault)));
  expect(history.filter((line) => /VmBlocked|RunCompleted/.test(line))).toEqual(["VmBlocked vm 1", "RunCompleted: reason work blocked"]);
});

test("a VM that is blocked while memory is short goes on as soon as the policy has freed some, not at its next period", () => {
  const blockAndSteal = policyOf(
    ({ host, vms }): Decision[] =>
      vms.flatMap(({ vm, isBlocked, residentPages }): Decision[] => {
        if (host.memoryState !== "low") return isBlocked ? [{ kind: "UnblockVm", vm, reason: "test" }] : [];
        const take = { count: Math.floor(residentPages / 2), order: "random" } as const;
        return [
          { kind: "StealPages", vm, take, reason: "test" },
          { kind: "BlockVm", vm, reason: "test" },
        ];
      }),
    { requires: ["steal", "block"], periodNs: () => 1000 * MS },
  );
  const touchAll = { kind: "sequential" as const, firstPage: 0, pages: 8, writeRatio: 1 };
  const low = smallHost(8, { memoryStates: { soft: 0.3, hard: 0.3, low: 0.3 } });
  const scenario = smallScenario(low, [smallVm("only", 8, touchAll)]);
  const { kernel } = runChecked(kernelInput(scenario, blockAndSteal));
  expect(kernel.accesses).toBe(8);
  expect(kernel.machine.vms[0]?.counters[Counter.pagesStolen]).toBeGreaterThan(0);
  expect(kernel.machine.vms[0]?.counters[Counter.blockedNs]).toBe(0);
});

test("a policy that lets a VM go on after 500 periods is waited for", () => {
  const { kernel } = runChecked(kernelInput(hitters(1), blocksAt({ 1: [["BlockVm", 1]], 501: [["UnblockVm", 1]] })));
  expect(kernel.accesses).toBe(100_000);
  expect(kernel.machine.vms[0]?.counters[Counter.blockedNs]).toBe(500 * MS);
});

test("a command that touches a page of a blocked VM is refused, and changes nothing", () => {
  const kernel = createKernel(kernelInput(hitters(1), blocksAt({ 1: [["BlockVm", 1]] })));
  while (kernel.status === "running" && kernel.timeNs < 2 * MS) kernel.advance(Number.POSITIVE_INFINITY, 1);
  const touch = { kind: "touchRealPage", vm: 1, realPage: 3 } as const;
  expect(() => kernel.command(touch as never)).toThrow(/VM 1 is blocked/);
});
