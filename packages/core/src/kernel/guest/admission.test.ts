import { expect, test } from "vitest";
import { VmLife } from "../../memory/index.ts";
import type { Decision } from "../../policy/index.ts";
import { historyOf, kernelInput, runChecked } from "../../testing/run-to-end.ts";
import { createKernel } from "../engine/create-kernel.ts";
import { policyOf, quietPolicy, references, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";

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

/** Two VMs of 8 pages, 3 of them reserved, on 16 frames with 1 of overhead each and this much swap. */
function refusals(swapPages: number, swapReservation: boolean): string[] {
  const host = smallHost(16, { swapPages, swapReservation, vmOverheadPages: 1 });
  const vms = ["first", "second"].map((name) => smallVm(name, 8, references("0"), { reservationPages: 3 }));
  const history = historyOf(createKernel(kernelInput(smallScenario(host, vms))));
  return history.filter((line) => /VmRefused|ResourceLacked/.test(line));
}

test("with swap reservation a VM is refused when the swap cannot hold what no VM has memory reserved for", () => {
  // Oracle: each VM needs 8 - 3 = 5 pages of swap (Waldspurger, section 5.2: max - min): 10 hold both, of 9 are 4 left.
  expect(refusals(10, true)).toEqual([]);
  expect(refusals(9, true)).toEqual([
    "VmRefused vm 2: configuredPages 8, overheadPages 1, name second, availablePages 8",
    "ResourceLacked vm 2: resource swap, neededPages 5, availablePages 4",
  ]);
  expect(refusals(0, false)).toEqual([]);
});

test("a refusal names the first resource that lacks, with what is needed and what there is", () => {
  const refused = (host: ReturnType<typeof smallHost>, reservationPages: number): string | undefined => {
    const vms = ["first", "second"].map((name) => smallVm(name, 8, references("0"), { reservationPages }));
    return historyOf(createKernel(kernelInput(smallScenario(host, vms)))).find((line) => line.startsWith("ResourceLacked"));
  };
  // Oracle: 14 frames less 2 x 2 of overhead; 8 + 2 of the second VM against 14 - 10; 2 + 8 against 14 - 10; 12 x 1.2 = 14.
  expect(refused(smallHost(14, { overcommit: false, vmOverheadPages: 2 }), 0)).toBe(
    "ResourceLacked vm 2: resource commitment, neededPages 10, availablePages 4",
  );
  expect(refused(smallHost(12, { maxOvercommitment: 1.2, vmOverheadPages: 2 }), 0)).toBe(
    "ResourceLacked vm 2: resource commitment, neededPages 10, availablePages 4",
  );
  expect(refused(smallHost(14, { vmOverheadPages: 2 }), 8)).toBe("ResourceLacked vm 2: resource memory, neededPages 10, availablePages 4");
});
