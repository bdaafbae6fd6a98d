import { NS_PER_MS, NS_PER_S, readParameters, vmId } from "@ballast/core/policy";
import { createKernel, historyOf, kernelInput, runChecked, smallHost, smallScenario, smallVm } from "@ballast/core/testing";
import { describe, expect, test } from "vitest";
import { policy } from "./index.ts";

const idle = { kind: "idle", ns: 3600 * NS_PER_S } as const;
const balloon = { driver: "simple", pollNs: 100 * NS_PER_MS, pollPages: 4096, capFraction: 0.95 } as const;

/** A VM of 400 pages whose process has asked for `virtualPages`. */
function guest(name: string, virtualPages: number): ReturnType<typeof smallVm> {
  return smallVm(name, 400, idle, { virtualPages, balloon });
}

function input(seconds: number, framePages: number, changes: Readonly<Record<string, number>> = {}): ReturnType<typeof kernelInput> {
  const vms = [guest("small", 100), guest("large", 390)];
  const scenario = smallScenario(smallHost(framePages), vms, { durationNs: seconds * NS_PER_S });
  const given = { guestReserveFraction: 0, minimumUsablePages: 1, ...changes };
  return { ...kernelInput(scenario, policy), parameters: readParameters(policy.parameters, given, "").values };
}

describe("in the kernel", () => {
  test("a guest that has committed little goes down to it by eighths, whatever the host has free", () => {
    const targets = historyOf(createKernel(input(31, 2000))).flatMap((line) => {
      const target = /^BalloonTargetSet vm 1: targetPages (\d+)/.exec(line)?.[1];
      return target === undefined ? [] : [Number(target)];
    });
    // Oracle: the excess over 100 pages, an eighth of it less each time, in whole pages: 300, 263, 231, 203, 178, 156, 137.
    expect(targets).toEqual([300 - 263, 300 - 231, 300 - 203, 300 - 178, 300 - 156, 300 - 137]);
  });

  test("both end where an eighth of what is left is no page", () => {
    const { kernel } = runChecked(input(600, 2000));
    expect(kernel.machine.vms.map((vm) => vm.allocatedPages)).toEqual([107, 397]);
  });

  test("a reserve is left to each", () => {
    const { kernel } = runChecked(input(600, 2000, { reservedPages: 50 }));
    expect(kernel.machine.vms.map((vm) => vm.allocatedPages)).toEqual([157, 400]);
  });
});

test("in the kernel a guest whose balloon was made too large gets all of it back at its next period", () => {
  const command = { kind: "setBalloonTarget", vm: vmId(2), pages: 200 } as const;
  const { scenario, ...rest } = input(11, 2000);
  const squeezed = { ...scenario, script: [{ atNs: 6 * NS_PER_S, command }] };
  const { kernel } = runChecked({ ...rest, scenario: squeezed });
  expect(kernel.machine.vms[1]?.allocatedPages).toBe(390);
});
