import { readParameters, vmId } from "@ballast/core/policy";
import { kernelInput, runChecked, smallHost, smallScenario, smallVm } from "@ballast/core/testing";
import { expect, test } from "vitest";
import { policy } from "./index.ts";

const SECOND_NS = 1_000_000_000;

/** Two VMs of 200 pages, each promised 100, on a host of 300 of which 10 are to stay free; balloon sizes at the end. */
function balloonSizes(durationNs: number, stopSecondNs?: number): number[] {
  const work = { kind: "idle", ns: 60 * SECOND_NS } as const;
  const balloon = { driver: "simple", pollNs: SECOND_NS / 10, pollPages: 256, capFraction: 0.65 } as const;
  const vms = ["one", "two"].map((name) => smallVm(name, 200, work, { reservationPages: 100, balloon }));
  const stop = { kind: "stopVm", vm: vmId(2) } as const;
  const script = stopSecondNs === undefined ? [] : [{ atNs: stopSecondNs, command: stop }];
  const scenario = smallScenario(smallHost(300), vms, { durationNs, script });
  const { values } = readParameters(policy.parameters, { hostTargetKib: 40 }, "");
  const { kernel } = runChecked({ ...kernelInput(scenario, policy), parameters: values });
  return kernel.machine.vms.map((vm) => vm.balloonSizePages);
}

test("in the kernel two VMs that are promised more than there is give the same part of their ranges", () => {
  // Oracle: 300 frames less 10, less 2 pages of inaccuracy each: 286 for both, 143 each.
  expect(balloonSizes(5 * SECOND_NS)).toEqual([57, 57]);
});

test("in the kernel a VM gets back what it gave when another is switched off", () => {
  expect(balloonSizes(30 * SECOND_NS, 5 * SECOND_NS)[0]).toBe(0);
});
