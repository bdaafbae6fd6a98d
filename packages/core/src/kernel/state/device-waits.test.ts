import { expect, test } from "vitest";
import { EventCode } from "../../events/index.ts";
import { parseScenario } from "../../scenario/index.ts";
import { policyOf } from "../../testing/small-scenario.ts";
import { createKernel } from "../engine/create-kernel.ts";

test("a balloon poll that pages out what the host has swapped out waits for each swap-in once (double paging)", () => {
  // Oracle: 40 swap-ins of 100 us one after the other are 4 ms; with waits that pile up they would be 82 ms.
  const scenario = parseScenario({
    name: "double paging",
    host: { framePages: 100, swapDevice: { readNs: "100 us", writeNs: 0 } },
    durationNs: "1 s",
    vms: [
      {
        configuredPages: 50,
        kernelPages: 0,
        disk: { readNs: 0, writeNs: 0 },
        balloon: { pollNs: "100 ms", capFraction: 0.8 },
        processes: [{ virtualPages: 50, workload: { kind: "sequential", pages: 50, writeRatio: 1 } }],
      },
    ],
  });
  const policy = policyOf(
    ({ vms, timeNs }) => {
      const [vm] = vms;
      if (vm === undefined || timeNs !== 50_000_000) return [];
      const all = { count: 50, order: "random" } as const;
      return [
        { kind: "StealPages", vm: vm.vm, take: all, reason: "test" },
        { kind: "SetBalloonTarget", vm: vm.vm, pages: 40, reason: "test" },
      ];
    },
    { periodNs: () => 50_000_000 },
  );
  const kernel = createKernel({ scenario, policy, parameters: {}, traces: new Map(), checkContents: true });
  let waitNs = 0;
  let status = kernel.status;
  while (status === "running") {
    status = kernel.advance(1000, 1000);
    const batch = kernel.takeBatch();
    for (let i = 0; i < batch.length; i++) if (batch.types[i] === EventCode.HostFaulted) waitNs += batch.d[i];
  }
  expect(waitNs).toBe(4_000_000);
});
