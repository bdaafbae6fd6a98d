import { describe, expect, test } from "vitest";
import { EventCode } from "../../events/index.ts";
import { processId, realPage, virtualPage, vmId } from "../../ids/index.ts";
import { RealUse, VmLife } from "../../memory/index.ts";
import { HistoryChecker } from "../../testing/history-checker.ts";
import { drain, kernelInput } from "../../testing/run-to-end.ts";
import { references, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";
import type { Command } from "./command-codes.ts";
import { createKernel } from "./create-kernel.ts";
import type { Kernel } from "./kernel-contract.ts";

function interactive(): { kernel: Kernel; checker: HistoryChecker; go: () => void } {
  const vm = smallVm("by hand", 8, { kind: "interactive" });
  const kernel = createKernel(kernelInput(smallScenario(smallHost(16), [vm])));
  const checker = new HistoryChecker();
  const go = (): void => drain(kernel, 64, (batch) => checker.check(batch, kernel.machine));
  go();
  return { kernel, checker, go };
}

const touch = (page: number, write: boolean): Command => ({
  kind: "touchPage",
  vm: vmId(1),
  process: processId(1),
  virtualPage: virtualPage(page),
  write,
});

test("an interactive run waits, and each command makes what it causes happen", () => {
  const { kernel, checker, go } = interactive();
  expect(kernel.status).toBe("waiting");
  for (const page of [0, 1, 2, 3]) kernel.command(touch(page, true));
  expect(kernel.machine.vm(1).residentPages).toBe(4);
  kernel.command({ kind: "setBalloonTarget", vm: vmId(1), pages: 5 });
  go();
  expect(kernel.status).toBe("waiting");
  expect(kernel.machine.vm(1).balloonSizePages).toBe(5);
  kernel.command({ kind: "setBalloonTarget", vm: vmId(1), pages: 0 });
  go();
  expect(kernel.machine.vm(1).balloonSizePages).toBe(0);
  for (const page of [0, 1, 2, 3]) kernel.command(touch(page, false));
  go();
  expect(checker.faults).toEqual([]);
});

test("a command before the first action finds the VMs that are switched on from the beginning", () => {
  const vm = smallVm("by hand", 8, { kind: "interactive" });
  const kernel = createKernel(kernelInput(smallScenario(smallHost(16), [vm])));
  const { position } = kernel.command(touch(0, true));
  expect(kernel.actions).toBe(1);
  expect(kernel.machine.vm(1).residentPages).toBe(1);
  // Oracle: the history. The events of the host's and the VM's start precede the command's.
  const batch = kernel.takeBatch();
  expect(position).toBe(batch.firstPosition + batch.types.indexOf(EventCode.CommandAccepted));
});

test("a command refused before the first action leaves no event of its own", () => {
  const kernel = createKernel(kernelInput(smallScenario(smallHost(16), [smallVm("by hand", 8, { kind: "interactive" })])));
  expect(() => kernel.command(touch(8, true))).toThrow(/from 0 to 7, not 8/);
  const batch = kernel.takeBatch();
  expect([...batch.types.subarray(0, batch.length)]).not.toContain(EventCode.CommandAccepted);
  expect(kernel.status).toBe("running");
});

test("a process that has exited cannot be touched, and what it had is free", () => {
  const [waiting] = smallVm("by hand", 8, { kind: "interactive" }).processes;
  const [gone] = smallVm("by hand", 8, references("w0 w1"), { virtualPages: 2 }).processes;
  const vm = smallVm("by hand", 8, references("0"), { processes: [{ ...gone, name: "gone", atEnd: "exit" }, waiting] });
  const kernel = createKernel(kernelInput(smallScenario(smallHost(16), [vm])));
  drain(kernel, 64, () => {});
  expect(() => kernel.command(touch(0, true))).toThrow("process 1 of VM 1 has exited, and touches nothing any more");
  expect(kernel.machine.vm(1)).toMatchObject({ mappedPages: 0, residentPages: 2 });
});

test("a run that waits for commands first lets what is free be reported", () => {
  const [waiting] = smallVm("by hand", 8, { kind: "interactive" }).processes;
  const [gone] = smallVm("by hand", 8, references("w0 w1"), { virtualPages: 2 }).processes;
  const vm = smallVm("by hand", 8, references("0"), {
    processes: [{ ...gone, name: "gone", atEnd: "exit" }, waiting],
    balloon: {
      driver: "virtio",
      notifyNs: 0,
      capFraction: 1,
      minFreePages: 0,
      batchPages: 256,
      retryNs: 200_000_000,
      deflateOnOom: false,
      oomPages: 256,
      reporting: { order: 1, delayNs: 2_000_000_000, blocksAtOnce: 32 },
    },
  });
  const kernel = createKernel(kernelInput(smallScenario(smallHost(16), [vm])));
  drain(kernel, 64, () => {});
  expect(kernel.status).toBe("waiting");
  expect(kernel.machine.vm(1).residentPages).toBe(0);
});

test("a page of the balloon that is touched by mistake pops: it leaves the balloon and gets a frame", () => {
  const { kernel, checker, go } = interactive();
  kernel.command({ kind: "setBalloonTarget", vm: vmId(1), pages: 2 });
  go();
  const vm = kernel.machine.vm(1);
  const ballooned = vm.use.indexOf(RealUse.Balloon);
  kernel.command({ kind: "touchRealPage", vm: vmId(1), realPage: realPage(ballooned) });
  expect(vm.use[ballooned]).toBe(RealUse.Free);
  expect(vm.isResident(realPage(ballooned))).toBe(true);
  go();
  expect(vm.balloonSizePages).toBe(2);
  expect(checker.faults).toEqual([]);
});

test("VMs come and go by command, and a stopped run ends", () => {
  const { kernel, checker, go } = interactive();
  kernel.command({ kind: "addVm", spec: smallVm("second", 4, { kind: "interactive" }) });
  expect(kernel.machine.vm(2).life).toBe(VmLife.Running);
  kernel.command({ kind: "stopVm", vm: vmId(1) });
  expect(kernel.machine.vm(1).life).toBe(VmLife.Terminated);
  kernel.command({ kind: "stop" });
  expect(kernel.status).toBe("ended");
  const batch = kernel.takeBatch();
  expect(batch.types[batch.length - 1]).toBe(EventCode.RunCompleted);
  checker.check(batch, kernel.machine);
  expect(checker.faults).toEqual([]);
  go();
});

describe("a command that cannot be carried out is refused and changes nothing", () => {
  const refused: [string, Command, RegExp][] = [
    ["a page outside of the process", touch(8, false), /from 0 to 7, not 8/],
    ["an unknown VM", { ...touch(0, false), vm: vmId(9) } as Command, /no VM 9/],
    ["an unknown process", { ...touch(0, false), process: processId(2) } as Command, /processes 1 to 1, not 2/],
    ["a negative target", { kind: "setBalloonTarget", vm: vmId(1), pages: -1 }, /from 0 to 5, not -1/],
    ["a target above the cap", { kind: "setBalloonTarget", vm: vmId(1), pages: 6 }, /from 0 to 5, not 6/],
    ["a step of no events", { kind: "step", events: 0 }, /from 1/],
  ];
  test.each(refused)("%s", (_what, command, message) => {
    const { kernel } = interactive();
    expect(() => kernel.command(command)).toThrow(message);
    expect(kernel.pendingEvents).toBe(0);
    expect(kernel.status).toBe("waiting");
  });
});
