import { expect, test } from "vitest";
import { LARGE_PAGE_PAGES, type RealPage } from "../../ids/index.ts";
import { Counter, type MachineTables } from "../../memory/index.ts";
import type { Decision, Observation, Policy, SharingStyle } from "../../policy/index.ts";
import type { Scenario, VmSpec } from "../../scenario/index.ts";
import { historyOf, kernelInput, runChecked } from "../../testing/run-to-end.ts";
import { policyOf, quietPolicy, references, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";
import { createKernel } from "../engine/create-kernel.ts";

const MS = 1_000_000;

/** Accesses, then `idleMs` milliseconds without any. */
function largeVm(configuredPages: number, text: string, idleMs = 5, changes: Partial<VmSpec> = {}): VmSpec {
  const phases = [references(text), { kind: "idle" as const, ns: idleMs * MS }];
  const workload = { kind: "phases" as const, phases, times: 1 };
  return smallVm("large", configuredPages, workload, { balloon: null, largePages: true, ...changes });
}

const largeEvents = (scenario: Scenario, policy: Policy = quietPolicy): string[] =>
  historyOf(createKernel(kernelInput(scenario, policy))).filter((line) => line.startsWith("LargePage"));

function machineOf(scenario: Scenario, policy: Policy = quietPolicy): MachineTables {
  return runChecked(kernelInput(scenario, policy), 4096).kernel.machine;
}

test("the first touch backs all 512 real pages around it, if the VM has them; those beyond get frames one by one", () => {
  // Oracle: 1,000 real pages are one whole group of 512 and 488 pages more.
  const scenario = smallScenario(smallHost(2048), [largeVm(1000, "0 1 w2")]);
  expect(largeEvents(scenario)).toEqual(["LargePageMapped vm 1: firstRealPage 0, firstPhysicalPage 0"]);
  const all = Array.from({ length: 600 }, (_, page) => page).join(" ");
  const [vm] = machineOf(smallScenario(smallHost(2048), [largeVm(1000, all)])).vms;
  expect([vm?.residentPages, vm?.largePages]).toEqual([600, LARGE_PAGE_PAGES]);
  expect(vm?.counters[Counter.hostMinorFaults]).toBe(1 + 600 - LARGE_PAGE_PAGES);
});

test("without the option, or without a whole free block, pages are small", () => {
  const small = largeVm(1000, "0", 5, { largePages: false });
  expect(largeEvents(smallScenario(smallHost(2048), [small]))).toEqual([]);
  // Overhead takes the upper 30 of 1,024 frames, so that only the first 512 are free and aligned, which the first VM gets.
  const vms = ["one", "two"].map((name) => largeVm(512, "0", 5, { name }));
  const scenario = smallScenario(smallHost(1024, { overheadPages: 30 }), vms);
  expect(largeEvents(scenario)).toEqual(["LargePageMapped vm 1: firstRealPage 0, firstPhysicalPage 0"]);
  expect(machineOf(scenario).vms[1]).toMatchObject({ residentPages: 1, largePages: 0 });
});

test("a limit that 512 frames more would exceed keeps pages small", () => {
  const scenario = smallScenario(smallHost(2048), [largeVm(1024, "0 1 2", 5, { limitPages: 511 })]);
  expect(machineOf(scenario).vms[0]).toMatchObject({ residentPages: 3, largePages: 0 });
});

const stealsOne = (page: number): Policy =>
  policyOf(({ timeNs, vms: [vm] }: Observation): Decision[] => {
    if (timeNs !== MS || vm === undefined) return [];
    return [{ kind: "StealPages", vm: vm.vm, take: { realPages: [page as RealPage] }, reason: "test" }];
  });

test("one page stolen shatters its large mapping, and the 511 others keep their frames", () => {
  const scenario = smallScenario(smallHost(2048), [largeVm(1024, "w0 w600")]);
  const events = largeEvents(scenario, stealsOne(7));
  expect(events.at(-1)).toBe("LargePageShattered vm 1: firstRealPage 0, firstPhysicalPage 0, cause frame taken");
  expect(machineOf(scenario, stealsOne(7)).vms[0]).toMatchObject({ residentPages: 511, largePages: 0 });
});

test("a balloon that takes pages of a large mapping shatters it", () => {
  const balloon = { driver: "simple" as const, pollNs: MS, pollPages: 16, capFraction: 1 };
  const vm = largeVm(1024, "w0", 5, { balloon });
  const policy = policyOf(({ vms }): Decision[] =>
    vms.map((seen) => ({ kind: "SetBalloonTarget", vm: seen.vm, pages: 16, reason: "test" })),
  );
  const machine = machineOf(smallScenario(smallHost(2048), [vm]), policy);
  expect(machine.vms[0]).toMatchObject({ balloonSizePages: 16, largePages: 0, residentPages: 512 - 16 });
});

/** 600 pages are touched at the start, 512 of them under a large mapping; then page 0 alone after each scan. */
function observations(requires: Policy["requires"]): Observation["vms"][number][] {
  const all = Array.from({ length: 600 }, (_, page) => page).join(" ");
  const touches = Array.from({ length: 3 }, () => [{ kind: "idle" as const, ns: MS }, references("0")]).flat();
  const workload = { kind: "phases" as const, phases: [references(all), ...touches, { kind: "idle" as const, ns: 2 * MS }], times: 1 };
  const seen: Observation["vms"][number][] = [];
  const policy = policyOf(({ vms }) => (seen.push(...vms), []), { requires });
  const vm = { ...largeVm(1000, "0"), processes: smallVm("x", 1000, workload).processes };
  runChecked(kernelInput(smallScenario(smallHost(2048), [vm]), policy), 4096);
  return seen;
}

// Oracle of both: the accesses above. All 512 pages are accessed or none.
test("there is one accessed bit for 512 pages: all of them are idle, or none", () => {
  expect(observations(["idleScan"]).map(({ idlePages }) => idlePages)).toEqual([0, 88, 88, 88, 600]);
});

test("there is one accessed bit for 512 pages: all of them are of one age", () => {
  const ages = observations(["pageAges"]).map(({ pageAges }) => pageAges);
  expect(ages).toEqual([[600], [512, 88], [512, 0, 88], [512, 0, 0, 88], [0, 512, 0, 0, 88]]);
});

const shares = (style: SharingStyle, breaksLargePages = false): Policy =>
  policyOf(() => [{ kind: "SharePages", pages: 10_000, style, breaksLargePages, reason: "test" }], { requires: ["pageSharing"] });

test("ESX's scanner leaves large pages alone, KSM's shatters them to share pages", () => {
  // Oracle: all but the written page are zeros, of which KSM makes one frame.
  const scenario = smallScenario(smallHost(2048), [largeVm(512, "w0")]);
  expect(machineOf(scenario, shares("esx"))).toMatchObject({ savedPages: 0, vms: [{ largePages: 512 }] });
  expect(machineOf(scenario, shares("ksm"))).toMatchObject({ savedPages: 510, vms: [{ largePages: 0 }] });
  expect(machineOf(scenario, shares("esx", true))).toMatchObject({ savedPages: 510, vms: [{ largePages: 0 }] });
});

test("ESX shares a page of a large mapping when it is to be stolen, which shatters both mappings", () => {
  // Four pages of an image in each VM; the scan leaves hints to those of the first, and those of the second are to be stolen.
  const realPages = [0, 1, 2, 3].map((page) => page as RealPage);
  const policy = policyOf(
    ({ timeNs, vms: [, second] }): Decision[] => {
      const share: Decision = { kind: "SharePages", pages: 10_000, reason: "test" };
      if (timeNs !== 2 * MS || second === undefined) return [share];
      return [{ kind: "StealPages", vm: second.vm, take: { realPages }, reason: "test" }];
    },
    { requires: ["pageSharing", "steal"] },
  );
  const image = { image: { name: "linux", commonFraction: 1 }, backing: "file" as const };
  const vms = ["one", "two"].map((name) => {
    const vm = largeVm(512, "0 1 2 3", 2, { name });
    vm.processes.forEach((process) => Object.assign(process, image));
    return vm;
  });
  const machine = machineOf(smallScenario(smallHost(2048), vms, { durationNs: 2 * MS + 1 }), policy);
  expect(machine.vms.map(({ largePages, sharedPages, swappedPages }) => [largePages, sharedPages, swappedPages])).toEqual([
    [0, 4, 0],
    [0, 4, 0],
  ]);
});

test("a sampled page has an entry of its own: no large mapping is made over it, and one that is there is shattered", () => {
  // Oracle: if all pages are sampled none is under a large mapping; if one of 2,000 is, some mappings are made, and then shattered.
  const { sampling } = smallHost(1);
  const all = Array.from({ length: 1600 }, (_, page) => page).join(" ");
  const eventsWith = (pages: number): string[] => {
    const host = smallHost(4096, { sampling: { ...sampling, periodNs: MS, pages } });
    return largeEvents(
      smallScenario(host, [largeVm(2000, all, 30)]),
      policyOf(() => [], { requires: ["activeSample"] }),
    );
  };
  expect(eventsWith(2000)).toEqual([]);
  const events = eventsWith(1);
  expect(events[0]).toMatch(/^LargePageMapped/);
  expect(events.at(-1)).toMatch(/^LargePageShattered .* cause sampling$/);
});
