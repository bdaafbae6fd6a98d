import { expect, test } from "vitest";
import { VmLife } from "../memory/index.ts";
import type { Decision } from "../policy/index.ts";
import { kernelInput, runChecked } from "../testing/run-to-end.ts";
import { policyOf, quietPolicy, references, smallHost, smallScenario, smallVm } from "../testing/small-scenario.ts";

const writer = (name: string, startNs: number): ReturnType<typeof smallVm> =>
  smallVm(name, 8, references("w0 w1 w2 w3 w4 w5"), { startNs });

function livesOf(policy: typeof quietPolicy): number[] {
  // Oracle: 8 frames, 2 of overhead for the first VM, 6 for its pages: none is free for the second VM's overhead.
  const scenario = smallScenario(smallHost(8, { vmOverheadPages: 2 }), [writer("first", 0), writer("second", 1_000_000_000)]);
  return runChecked(kernelInput(scenario, policy)).kernel.machine.vms.map(({ life }) => life);
}

test("a VM whose overhead finds no free frame is refused under a policy that cannot help", () => {
  expect(livesOf(quietPolicy)).toEqual([VmLife.Finished, VmLife.Refused]);
});

test("a VM whose overhead finds no free frame is admitted when the policy makes room", () => {
  const makeRoom = policyOf(({ cause, vms, neededPages }): Decision[] => {
    const vm = vms.find(({ residentPages }) => residentPages > 0);
    if (cause !== "shortage" || vm === undefined) return [];
    const take = { count: Math.max(neededPages, 1), order: "random" } as const;
    return [{ kind: "StealPages", vm: vm.vm, reason: "shortage", take }];
  });
  expect(livesOf(makeRoom)).toEqual([VmLife.Finished, VmLife.Finished]);
});

test("without overcommitment a second VM that does not fit is refused, and with it both run", () => {
  const run = (overcommit: boolean): number[] => {
    const host = smallHost(16, { overcommit, vmOverheadPages: 1 });
    const scenario = smallScenario(host, [writer("first", 0), writer("second", 0)]);
    return runChecked(kernelInput(scenario)).kernel.machine.vms.map(({ life }) => life);
  };
  // Oracle: 2 x (8 + 1) pages against 16 frames.
  expect(run(false)).toEqual([VmLife.Finished, VmLife.Refused]);
  expect(run(true)).toEqual([VmLife.Finished, VmLife.Finished]);
});
