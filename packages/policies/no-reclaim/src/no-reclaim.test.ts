import { createKernel, historyOf, kernelInput, references, smallHost, smallScenario, smallVm } from "@ballast/core/testing";
import { expect, test } from "vitest";
import { policy } from "./index.ts";

/** Events of VMs that are ended, on a host with `framePages` frames whose two VMs touch ten pages each. */
function endedVms(framePages: number): string[] {
  const workload = references("w0 w1 w2 w3 w4 w5 w6 w7 w8 w9");
  const scenario = smallScenario(smallHost(framePages), [smallVm("a", 10, workload), smallVm("b", 10, workload)]);
  const history = historyOf(createKernel(kernelInput(scenario, policy)));
  return history.filter((line) => line.startsWith("VmTerminated"));
}

// Oracle: two VMs touch ten pages each, so twenty frames suffice and nineteen do not.

test("nothing happens while there are frames for all", () => {
  expect(endedVms(20)).toEqual([]);
});

test("the VM that needs a frame when none is free is ended, and the other one lives on its frames", () => {
  expect(endedVms(19)).toHaveLength(1);
  expect(endedVms(19)[0]).toContain("host out of frames");
});
