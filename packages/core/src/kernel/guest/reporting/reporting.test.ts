import { describe, expect, test } from "vitest";
import { ClampCause, TrapCause } from "../../../events/index.ts";
import type { Decision, SetFreePageReporting } from "../../../policy/index.ts";
import type { BalloonSpec, ReportingSpec, VmSpec } from "../../../scenario/index.ts";
import { inflateGuest, type ToldEvent } from "../../../testing/inflate-guest.ts";
import { historyOf, kernelInput } from "../../../testing/run-to-end.ts";
import { policyOf, references, smallHost, smallScenario, smallVm } from "../../../testing/small-scenario.ts";
import { createKernel } from "../../engine/create-kernel.ts";

const MS = 1_000_000;

function virtio(reporting: ReportingSpec | null): BalloonSpec {
  const rates = { notifyNs: 0, capFraction: 1, minFreePages: 0, batchPages: 256, retryNs: 200 * MS };
  return { driver: "virtio", ...rates, deflateOnOom: false, oomPages: 256, reporting };
}

function named(told: readonly ToldEvent[], name: string): ToldEvent[] {
  return told.filter((event) => event.name === name);
}

/** A process that stores to 16 pages and exits; later another one that stores to four. */
function sixteenThenFour(reporting: ReportingSpec | null): ToldEvent[] {
  const [first] = smallVm("guest", 20, { kind: "sequential", firstPage: 0, pages: 16, writeRatio: 1 }).processes;
  const late = { kind: "phases", times: 1, phases: [{ kind: "idle", ns: 50 * MS }, references("w0 w1 w2 w3")] } as const;
  const processes: VmSpec["processes"] = [
    { ...first, name: "sixteen", atEnd: "exit" },
    { ...first, name: "four", virtualPages: 4, workload: late },
  ];
  return inflateGuest({
    balloon: virtio(reporting),
    configuredPages: 20,
    vm: { processes },
    targets: [],
    endNs: 100 * MS,
  });
}

test("a process that exits frees its real pages, whose frames stay with the VM: the hypervisor knows nothing of it", () => {
  const told = sixteenThenFour(null);
  expect(named(told, "PageUnmapped")).toHaveLength(16);
  expect(named(told, "FrameUnmapped")).toEqual([]);
  // The four pages of the later process are among the sixteen that came free: no host fault, for each has a frame.
  expect(named(told, "HostFaulted")).toHaveLength(16);
});

describe("with reporting of blocks of four pages, free for 2 ms, two blocks in a call", () => {
  const told = sixteenThenFour({ order: 2, delayNs: 2 * MS, blocksAtOnce: 2 });
  const freedNs = named(told, "PageUnmapped")[0]?.timeNs ?? 0;

  test("four blocks are reported in two calls, when they have been free for the delay", () => {
    const reports = named(told, "FreePagesReported");
    expect(reports.map(({ a, b, c }) => [a, b, c])).toEqual([
      [8, 8, 2],
      [8, 8, 2],
    ]);
    expect(reports.map(({ timeNs }) => timeNs)).toEqual(reports.map(() => freedNs + 2 * MS));
    expect(named(told, "Trapped").filter(({ a }) => a === TrapCause.FreePageReport)).toHaveLength(2);
    expect(named(told, "FrameUnmapped")).toHaveLength(16);
  });

  test("the pages of another process fault in zeroed frames then", () => {
    expect(named(told, "HostFaulted")).toHaveLength(16 + 4);
    expect(named(told, "FrameZeroed")).toHaveLength(4);
  });

  test("nothing is reported twice", () => {
    expect(named(told, "FreePagesReported")).toHaveLength(2);
  });
});

test("pages that never had a frame are not worth a call, and a block with one page in use is none", () => {
  const reporting = { order: 3, delayNs: 0, blocksAtOnce: 32 };
  const told = inflateGuest({
    balloon: virtio(reporting),
    configuredPages: 16,
    workload: references("w0"),
    targets: [],
    endNs: 10 * MS,
  });
  expect(named(told, "FreePagesReported")).toEqual([]);
});

test("a VM smaller than a block of the published order reports nothing", () => {
  const told = sixteenThenFour({ order: 9, delayNs: 2_000 * MS, blocksAtOnce: 32 });
  expect(named(told, "FreePagesReported")).toEqual([]);
});

test("a block that is used again before its delay is over is not reported", () => {
  const [process] = smallVm("guest", 4, references("w0 w1 w2 w3")).processes;
  const again = { kind: "phases", times: 1, phases: [{ kind: "idle", ns: 1 * MS }, references("w0")] } as const;
  const processes = [
    { ...process, name: "first", atEnd: "exit" as const },
    { ...process, name: "again", workload: again },
  ];
  const reporting = { order: 2, delayNs: 2 * MS, blocksAtOnce: 1 };
  const told = inflateGuest({ balloon: virtio(reporting), configuredPages: 4, vm: { processes }, targets: [], endNs: 10 * MS });
  expect(named(told, "PageUnmapped")).toHaveLength(4);
  expect(named(told, "FreePagesReported")).toEqual([]);
});

test("what the host's swap keeps of free pages is given up with them", () => {
  // The host steals four of eight pages before the process exits, so that they are swapped out.
  const workload = {
    kind: "phases",
    times: 1,
    phases: [
      { kind: "sequential", firstPage: 0, pages: 8, writeRatio: 1 },
      { kind: "idle", ns: 5 * MS },
    ],
  } as const;
  const [process] = smallVm("guest", 8, workload).processes;
  const vm = smallVm("guest", 8, workload, {
    balloon: virtio({ order: 3, delayNs: 0, blocksAtOnce: 1 }),
    processes: [{ ...process, atEnd: "exit" }],
  });
  const policy = policyOf(({ vms, timeNs }) => {
    const [seen] = vms;
    if (seen === undefined || timeNs !== 2 * MS) return [];
    return [{ kind: "StealPages", vm: seen.vm, take: { count: 4, order: "random" }, reason: "test" }];
  });
  const kernel = createKernel(kernelInput(smallScenario(smallHost(16), [vm], { durationNs: 10 * MS }), policy));
  const history = historyOf(kernel);
  expect(history.filter((line) => line.startsWith("SwapSlotFreed"))).toHaveLength(4);
  expect(history).toContain("FreePagesReported vm 1: reportedPages 8, framePages 4, blocks 1");
  expect(kernel.machine.swapUsedPages).toBe(0);
});

describe("a policy", () => {
  const on: Omit<SetFreePageReporting, "vm"> = {
    kind: "SetFreePageReporting",
    isOn: true,
    order: 2,
    delayNs: MS,
    blocksAtOnce: 4,
    reason: "free frames",
  };

  function historyUnder(balloon: BalloonSpec | null, decide: (timeNs: number) => Omit<SetFreePageReporting, "vm"> | undefined): string[] {
    const [process] = smallVm("guest", 16, { kind: "sequential", firstPage: 0, pages: 16, writeRatio: 1 }).processes;
    const vm = smallVm("guest", 16, references("0"), { balloon, processes: [{ ...process, atEnd: "exit" }] });
    const policy = policyOf(
      ({ vms, timeNs }): Decision[] => {
        const decision = decide(timeNs);
        return decision === undefined ? [] : vms.map((seen): Decision => ({ ...decision, vm: seen.vm }));
      },
      { requires: ["freePageReporting"] },
    );
    return historyOf(createKernel(kernelInput(smallScenario(smallHost(32), [vm], { durationNs: 20 * MS }), policy)));
  }

  const reports = (history: readonly string[]): string[] => history.filter((line) => line.startsWith("FreePagesReported"));

  test("may switch reporting on late: what is free already is reported after the delay", () => {
    const history = historyUnder(virtio(null), (timeNs) => (timeNs === 10 * MS ? on : undefined));
    expect(reports(history)).toEqual(["FreePagesReported vm 1: reportedPages 16, framePages 16, blocks 4"]);
  });

  test("may switch it off before anything is reported; a decision that changes nothing is no event", () => {
    const history = historyUnder(virtio({ order: 2, delayNs: 12 * MS, blocksAtOnce: 4 }), () => ({ ...on, isOn: false }));
    expect(reports(history)).toEqual([]);
    expect(history.filter((line) => line.startsWith("PolicyDecided"))).toHaveLength(1);
  });

  test("finds that ESX's driver cannot report", () => {
    const rates = { noSleepPages: 16, allocLeastPages: 1, allocMostPages: 2, allocStepPages: 1, slowPolls: 4, freePages: 16 };
    const vmware: BalloonSpec = { driver: "vmware", pollNs: MS, capFraction: 1, minFreePages: 0, ...rates };
    const history = historyUnder(vmware, (timeNs) => (timeNs === MS ? on : undefined));
    expect(reports(history)).toEqual([]);
    const clamps = history.filter((line) => line.startsWith("DecisionClamped"));
    expect(clamps).toEqual(["DecisionClamped vm 1: kind set free page reporting, cause cannot report, decision 1, donePages 0"]);
    expect(ClampCause.CannotReport).toBe(5);
  });

  test.each([
    [{ order: 21 }, "the order must be a whole number from 0 to 20, not 21"],
    [{ delayNs: -1 }, "the delay must be a whole number of ns from 0, not -1"],
    [{ blocksAtOnce: 0 }, "the blocks in a call must be a whole number from 1, not 0"],
  ])("is refused with %o", (wrong, why) => {
    expect(() => historyUnder(virtio(null), () => ({ ...on, ...wrong }))).toThrow(why);
  });

  test("is refused for a VM without a balloon driver", () => {
    expect(() => historyUnder(null, () => on)).toThrow("VM 1 has no balloon driver, which would report");
  });
});
