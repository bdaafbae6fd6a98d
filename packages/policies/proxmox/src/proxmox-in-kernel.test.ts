import { readParameters } from "@ballast/core/policy";
import { kernelInput, runChecked, smallHost, smallScenario, smallVm } from "@ballast/core/testing";
import { expect, test } from "vitest";
import { policy } from "./index.ts";

const SECOND_NS = 1_000_000_000;

test("in the kernel two equal VMs that use 95 % of the host are brought down to 80 % together", () => {
  const balloon = { driver: "simple", pollNs: SECOND_NS, pollPages: 256, capFraction: 0.65 } as const;
  const touch = (pages: number): Parameters<typeof smallVm>[2] => ({
    kind: "phases",
    phases: [
      { kind: "sequential", firstPage: 0, pages, writeRatio: 1 },
      { kind: "idle", ns: 100 * SECOND_NS },
    ],
    times: 1,
  });
  const vms = [smallVm("one", 600, touch(500), { balloon }), smallVm("two", 600, touch(450), { balloon })];
  const scenario = smallScenario(smallHost(1000), vms, { durationNs: 60 * SECOND_NS });
  const { values } = readParameters(policy.parameters, { ignoredMib: 0.1 }, "");
  const { kernel } = runChecked({ ...kernelInput(scenario, policy), parameters: values });
  // Oracle: 800 frames in use are 400 for each, for shares and minima are equal and both use more than that.
  expect(kernel.machine.vms.map((vm) => vm.balloonSizePages)).toEqual([200, 200]);
  expect(kernel.machine.frames.freePages).toBe(200);
});
