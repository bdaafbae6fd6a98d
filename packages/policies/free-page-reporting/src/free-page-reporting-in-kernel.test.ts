import { NS_PER_S, readParameters } from "@ballast/core/policy";
import { createKernel, historyOf, kernelInput, runChecked, smallHost, smallScenario, smallVm } from "@ballast/core/testing";
import { describe, expect, test } from "vitest";
import { policy } from "./index.ts";

type Vm = ReturnType<typeof smallVm>;

/** Three whole blocks of 512 pages, and a part of one. */
const PAGES = 1900;

/** A VM whose process stores to 1,600 pages and exits, while another one rests. */
function leaver(changes: Partial<Vm> = {}): Vm {
  const { processes, ...vm } = smallVm("leaver", PAGES, { kind: "sequential", firstPage: 0, pages: 1600, writeRatio: 1 }, changes);
  const exits = processes.map((process) => Object.assign(process, { atEnd: "exit" as const }));
  const rests = smallVm("rest", PAGES, { kind: "idle", ns: 60 * NS_PER_S }, { virtualPages: 1 }).processes;
  return { ...vm, processes: [...exits, ...rests] };
}

function input(
  vms: readonly Vm[],
  framePages: number,
  given: Readonly<Record<string, number | string>> = {},
): ReturnType<typeof kernelInput> {
  const scenario = smallScenario(smallHost(framePages), vms, { durationNs: 5 * NS_PER_S });
  return { ...kernelInput(scenario, policy), parameters: readParameters(policy.parameters, given, "").values };
}

const residentAfter = (vm: Vm): number | undefined => runChecked(input([vm], 4000), 1000).kernel.machine.vms[0]?.residentPages;

describe("in the kernel a process that exits", () => {
  test("gives back its memory in blocks of 2 MiB after two seconds", () => {
    // Oracle: pages 0 to 1,599 came free, of which 0 to 1,535 make whole blocks; what is beyond is not reported.
    expect(residentAfter(leaver())).toBe(1600 - 3 * 512);
    const told = historyOf(createKernel(input([leaver()], 4000))).filter((line) => line.startsWith("FreePagesReported"));
    expect(told).toHaveLength(1);
  });

  test("gives back nothing without a driver that could report", () => {
    expect(residentAfter(leaver({ balloon: null }))).toBe(1600);
  });
});

test("in the kernel what one VM has reported is another's, which would be ended else", () => {
  const waits = { kind: "idle", ns: 3 * NS_PER_S } as const;
  const fills = { kind: "sequential", firstPage: 0, pages: 1600, writeRatio: 1 } as const;
  const vms = [leaver(), smallVm("late", PAGES, { kind: "phases", phases: [waits, fills], times: 1 })];
  const killed = (delayMs: number): number =>
    historyOf(createKernel(input(vms, 2000, { shortageFallback: "end", delayMs }))).filter((line) => line.startsWith("VmTerminated"))
      .length;
  expect(killed(4000)).toBe(1);
  expect(killed(2000)).toBe(0);
});
