import { NS_PER_MS, NS_PER_S, readParameters } from "@ballast/core/policy";
import { kernelInput, runChecked, smallHost, smallScenario, smallVm } from "@ballast/core/testing";
import { expect, test } from "vitest";
import { policy } from "./index.ts";

const balloon = { driver: "simple", pollNs: 100 * NS_PER_MS, pollPages: 4096, capFraction: 0.95 } as const;

/** What VMs of 400 pages are left with in the end, whose processes have asked for 100 and 300 pages and use them. */
function leftWith(framePages: number, shares: readonly number[]): number[] {
  const vms = [100, 300].map((virtualPages, index) => {
    const use = { kind: "cyclic", firstPage: 0, pages: virtualPages, accesses: 2000, writeRatio: 1 } as const;
    const rest = { kind: "idle", ns: 3600 * NS_PER_S } as const;
    const workload = { kind: "phases", phases: [use, rest], times: 1 } as const;
    return smallVm(`vm-${index + 1}`, 400, workload, { virtualPages, balloon, shares: shares[index] ?? 1000 });
  });
  const scenario = smallScenario(smallHost(framePages), vms, { durationNs: 30 * NS_PER_S });
  const { values } = readParameters(policy.parameters, { minimumFraction: 0.1, reserveFraction: 0 }, "");
  const { kernel } = runChecked({ ...kernelInput(scenario, policy), parameters: values });
  return kernel.machine.vms.map((vm) => vm.allocatedPages);
}

test("in the kernel each VM is left with 1.2 times its demand while there is enough, so at a pressure of 83.3", () => {
  const [first = 0, second = 0] = leftWith(1000, [1000, 1000]);
  expect([first, second]).toEqual([120, 360]);
  expect([100 / first, 300 / second]).toEqual([expect.closeTo(0.833, 3), expect.closeTo(0.833, 3)]);
});

test("in the kernel VMs that want more than there is are left with what there is, by weight", () => {
  // Oracle: 480 pages are wanted of 300; 120 go to the one that wants no more than its weight, the rest to the other.
  expect(leftWith(300, [1000, 1000])).toEqual([120, 180]);
  expect(leftWith(300, [1000, 3000])).toEqual([75, 225]);
});
