import { createKernel } from "@ballast/core/kernel";
import { EventCode } from "@ballast/core/events";
import { parseScenario } from "@ballast/core/scenario";
import { expect, test } from "vitest";
import { policy } from "./index.ts";

function endedVms(framePages: number): number[] {
  const processes = [{ workload: { kind: "cyclic", pages: 10, accesses: 100 } }];
  const scenario = parseScenario({ name: "two", host: { framePages }, vms: [{ configuredPages: 10, kernelPages: 0, count: 2, processes }] });
  const kernel = createKernel({ scenario, policy, parameters: {}, traces: new Map(), checkContents: true });
  const ended: number[] = [];
  let status = kernel.status;
  while (status === "running") {
    status = kernel.advance(100, 1000);
    const { types, vms, length } = kernel.takeBatch();
    for (let i = 0; i < length; i++) if (types[i] === EventCode.VmKilled) ended.push(vms[i] ?? 0);
  }
  return ended;
}

// Oracle: two VMs touch ten pages each, so twenty frames suffice and nineteen do not.

test("nothing happens while there are frames for all", () => {
  expect(endedVms(20)).toEqual([]);
});

test("the VM that needs a frame when none is free is ended, and the other one lives on its frames", () => {
  expect(endedVms(19)).toHaveLength(1);
});
