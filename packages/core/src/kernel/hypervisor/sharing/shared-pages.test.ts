import { expect, test } from "vitest";
import { Counter } from "../../../memory/index.ts";
import type { Decision, Observation, Policy, SharingStyle } from "../../../policy/index.ts";
import { plainDevice, type Scenario, type VmSpec } from "../../../scenario/index.ts";
import { historyOf, kernelInput, runChecked } from "../../../testing/run-to-end.ts";
import { policyOf, references, smallHost, smallScenario, smallVm } from "../../../testing/small-scenario.ts";
import { createKernel } from "../../engine/create-kernel.ts";

const PERIOD_NS = 1_000_000;

/** Decides what is planned for each millisecond. */
function planned(plan: (millisecond: number, observation: Observation) => Decision[], requires: Policy["requires"]): Policy {
  return policyOf((observation) => plan(observation.timeNs / PERIOD_NS, observation), { requires });
}

const share = (pages: number, style?: SharingStyle): Decision => {
  return { kind: "SharePages", pages, reason: "test", ...(style === undefined ? {} : { style }) };
};

/** Steps of a VM: "0 w1" accesses, then nothing until the next whole millisecond, and so on. */
function steppedVm(name: string, steps: readonly string[], image: VmSpec["processes"][number]["image"] = null): VmSpec {
  const phases = steps.flatMap((step) => [...(step === "" ? [] : [references(step)]), { kind: "idle" as const, ns: PERIOD_NS }]);
  const vm = smallVm(name, 4, { kind: "phases", phases, times: 1 }, { balloon: null, disk: plainDevice(0, 0) });
  const backing = image === null ? ("anonymous" as const) : ("file" as const);
  return { ...vm, processes: vm.processes.map((process) => Object.assign(process, { image, backing })) };
}

const linux = { name: "linux", commonFraction: 1 };
const QUIET = ["Trapped", "HostFaulted", "PageMissed", "PageMapped", "PagePagedIn", "FrameMapped", "PolicyDecided", "SharingScanned"];

function sharingHistory(scenario: Scenario, policy: Policy): string[] {
  const history = historyOf(createKernel(kernelInput(scenario, policy)), QUIET);
  return history.filter((line) => /Shared|Unshared|Stolen|Swapped|Zeroed/.test(line));
}

const always = (decision: Decision): Policy => planned(() => [decision], ["pageSharing"]);

test("a store to a page that others share traps and costs a copy; the last one takes the frame without a copy", () => {
  // Oracle: the costs of the scenario: 500 ns for the trap, 1,000 for the copy; one page each, so that the figures are plain.
  const vms = [steppedVm("one", ["0", "", "w0"], linux), steppedVm("two", ["0", "", "", "w0"], linux)];
  const scenario = smallScenario(smallHost(8), vms);
  const once = planned((ms) => (ms === 1 ? [share(8)] : []), ["pageSharing"]);
  expect(sharingHistory(scenario, once)).toEqual([
    expect.stringMatching(/^FrameShared vm 1: realPage 0, sharedPhysicalPage 0/),
    expect.stringMatching(/^PageShared vm 2: realPage 0, physicalPage 1, sharedPhysicalPage 0/),
    "SharedPageCopied vm 1: realPage 0, sharedPhysicalPage 0, physicalPage 1, costNs 1000",
    "FrameUnshared vm 2: realPage 0, sharedPhysicalPage 0",
  ]);
  const { machine } = runChecked(kernelInput(scenario, once)).kernel;
  const counted = machine.vms.map(({ counters }) => [Counter.trapStoreToSharedPage, Counter.sharedPageCopyNs].map((at) => counters[at]));
  expect(counted).toEqual([
    [1, 1000],
    [1, 0],
  ]);
  expect(machine.savedPages).toBe(0);
});

test("a hint that does not hold any more shares nothing, and makes room for the page that met it", () => {
  // Page 0 of VM 1 leaves a hint, is written to before VM 2 has the content, and VM 3's page then meets that of VM 2.
  const vms = [
    steppedVm("one", ["0", "w0"], linux),
    steppedVm("two", ["", "", "0"], linux),
    steppedVm("three", ["", "", "", "", "0"], linux),
  ];
  const shared = sharingHistory(smallScenario(smallHost(12), vms), always(share(8)));
  expect(shared).toEqual([
    expect.stringMatching(/^FrameShared vm 2: realPage 0, /),
    expect.stringMatching(/^PageShared vm 3: realPage 0, /),
  ]);
});

test("under KSM a page must be found unchanged before it is a candidate, under ESX the second sight of a content is enough", () => {
  // Oracle: one pass a period. ESX merges in the first; KSM notes checksums in the first, merges in the second.
  const passesUntilShared = (style: SharingStyle): number => {
    const vms = ["one", "two"].map((name) => steppedVm(name, ["0 1", "", "", "", ""], linux));
    const saved: number[] = [];
    const policy = planned(
      (_, { host }) => {
        saved.push(host.sharing?.sharedPages ?? -1);
        return [share(8, style)];
      },
      ["pageSharing"],
    );
    runChecked(kernelInput(smallScenario(smallHost(8), vms), policy));
    return saved.findIndex((pages) => pages === 4);
  };
  expect([passesUntilShared("esx"), passesUntilShared("ksm")]).toEqual([1, 2]);
});

test("under KSM a page that is written to between all passes is never a candidate", () => {
  const vms = [steppedVm("one", ["w0", "w0", "w0", "w0"]), steppedVm("two", ["w0", "w0", "w0", "w0"])];
  expect(sharingHistory(smallScenario(smallHost(8), vms), always(share(8, "ksm")))).toEqual([]);
});

test("ESX tries to share a page before it swaps it out; without the right to share, or under KSM, the page goes to swap", () => {
  const vms = [steppedVm("one", ["0", "", ""], linux), steppedVm("two", ["0", "", ""], linux)];
  const scenario = smallScenario(smallHost(8), vms);
  const steal = (vm: Observation["vms"][number]): Decision => {
    return { kind: "StealPages", vm: vm.vm, take: { count: 1, order: "random" }, reason: "test" };
  };
  // Both VMs' one page: that of VM 1 is hinted by the scan of one page, that of VM 2 is to be stolen.
  const plan =
    (style: SharingStyle) =>
    (ms: number, seen: Observation): Decision[] =>
      ms === 1 ? [share(1, style), ...seen.vms.slice(1).map(steal)] : [];
  expect(sharingHistory(scenario, planned(plan("esx"), ["pageSharing", "steal"]))).toEqual([
    expect.stringMatching(/^FrameShared vm 1/),
    expect.stringMatching(/^PageShared vm 2/),
  ]);
  const swapped = [expect.stringMatching(/^PageStolen vm 2/), expect.stringMatching(/^PageSwappedOut vm 2/)];
  expect(sharingHistory(scenario, planned(plan("ksm"), ["pageSharing", "steal"]))).toEqual(swapped);
  const alone = planned((ms, seen) => (ms === 1 ? seen.vms.slice(1).map(steal) : []), ["steal"]);
  expect(sharingHistory(scenario, alone)).toEqual(swapped);
});

test("stealing takes pages with frames of their own, and shared ones only when there is nothing else", () => {
  // VM 1 has the shared page 0 and its own page 1 (written); VM 2 shares page 0. Three pages are asked of VM 1.
  const vms = [steppedVm("one", ["0 w1", "", ""], linux), steppedVm("two", ["0", "", ""], linux)];
  const policy = planned(
    (ms, { vms: [first] }) => {
      if (ms === 1) return [share(8)];
      if (ms !== 2 || first === undefined) return [];
      return [{ kind: "StealPages", vm: first.vm, take: { count: 3, order: "random" }, reason: "test" }];
    },
    ["pageSharing", "steal"],
  );
  const scenario = smallScenario(smallHost(8), vms);
  const history = sharingHistory(scenario, policy).filter((line) => /Stolen|SharedFrame/.test(line));
  expect(history).toEqual([
    expect.stringMatching(/^PageStolen vm 1: realPage 1/),
    expect.stringMatching(/^PageStolen vm 1: realPage 0/),
    expect.stringMatching(/^SharedFrameUnmapped vm 1: realPage 0, .*sharers 1$/),
  ]);
  const { machine } = runChecked(kernelInput(scenario, policy)).kernel;
  expect(machine.vms.map(({ sharedPages }) => sharedPages)).toEqual([0, 1]);
});

test("the scanner looks at no page twice in one decision, and the decision says so", () => {
  const scenario = smallScenario(smallHost(8), [steppedVm("one", ["0 1 2", ""], linux)]);
  const history = historyOf(createKernel(kernelInput(scenario, always(share(1_000_000)))));
  expect(history).toContain("SharingScanned vm 1: scannedPages 3, readPages 3, mergedPages 0, costNs 3000");
  expect(history).toContain("DecisionClamped vm 0: kind share pages, cause nothing to take, decision 1, donePages 3");
});

test("a policy that shares without the right, or in a style that is none, fails its run", () => {
  const scenario = smallScenario(smallHost(8), [steppedVm("one", ["0", ""])]);
  const run = (policy: Policy) => (): unknown => runChecked(kernelInput(scenario, policy));
  expect(run(planned(() => [share(1)], []))).toThrow("pageSharing");
  expect(run(always(share(1, "xen" as SharingStyle)))).toThrow("no style of sharing xen");
});
