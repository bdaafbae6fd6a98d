import fc from "fast-check";
import { expect, test } from "vitest";
import { Counter, type CounterName, type MachineTables } from "../../../memory/index.ts";
import type { Decision, RealPage, VmId } from "../../../policy/index.ts";
import { type HostSpec, plainDevice, type VmSpec } from "../../../scenario/index.ts";
import { scenarioArbitrary } from "../../../testing/random-scenario.ts";
import { historyOf, kernelInput, runChecked } from "../../../testing/run-to-end.ts";
import { policyOf, references, smallHost, smallScenario, smallVm } from "../../../testing/small-scenario.ts";
import { wildPolicy } from "../../../testing/wild-policy.ts";
import type { Workload } from "../../../workload/index.ts";
import { createKernel } from "../../engine/create-kernel.ts";
import type { KernelInput } from "../../engine/kernel-contract.ts";
import { caseCount } from "../../../testing/case-count.ts";

const MS = 1_000_000;
const READ_NS = 7000;
const idle: Workload = { kind: "idle", ns: 2 * MS };
const written = (pages: number): Workload => references(Array.from({ length: pages }, (_, page) => `w${page}`).join(" "));

function vmOf(name: string, pages: number, phases: readonly Workload[]): VmSpec {
  return smallVm(name, pages, { kind: "phases", times: 1, phases }, { balloon: null });
}

/** At 1 ms these real pages of each VM are stolen: with clustered swap-out into slots that follow each other, VM by VM. */
function inputOf(vms: readonly VmSpec[], stolen: readonly number[], changes: Partial<HostSpec>, framePages = 32): KernelInput {
  const take = { realPages: stolen as RealPage[] };
  const policy = policyOf(
    ({ timeNs }): Decision[] =>
      timeNs === MS ? vms.map((_, i) => ({ kind: "StealPages", vm: (i + 1) as VmId, take, reason: "test" })) : [],
    { requires: ["steal"] },
  );
  const host = smallHost(framePages, { swapDevice: plainDevice(READ_NS, 1000), swapWriteClusterPages: 4, swapPageCluster: 3, ...changes });
  return kernelInput(smallScenario(host, vms), policy);
}

function counted(machine: MachineTables, names: readonly CounterName[], vm = 1): number[] {
  return names.map((name) => machine.vm(vm).counters[Counter[name]]);
}

const FIRST_NINE = [0, 1, 2, 3, 4, 5, 6, 7, 8];

test("a swap-in reads the aligned window of 8 slots, its neighbours then come without a request", () => {
  const again = references("3 0 1 2 4 5 6 7 8");
  const input = inputOf([vmOf("vm", 16, [written(16), idle, again])], FIRST_NINE, {});
  const names = ["hostMajorFaults", "swapClustersRead", "swapPagesReadAhead", "swapCacheHits", "swapReadsWasted", "hostWaitNs"] as const;
  // Oracle: real page n is in slot n. Page 3's window is 0 to 7; page 8 is alone in its own: two requests of 7 us.
  expect(counted(runChecked(input).kernel.machine, names)).toEqual([2, 1, 7, 7, 0, 2 * READ_NS]);
  const off = inputOf([vmOf("vm", 16, [written(16), idle, again])], FIRST_NINE, { swapPageCluster: undefined });
  expect(counted(runChecked(off).kernel.machine, names)).toEqual([9, 0, 0, 0, 0, 9 * READ_NS]);
});

test("pages that are read ahead take free frames alone, and lose them before the policy is asked", () => {
  const more = references("3 w12 w13 0");
  const input = inputOf([vmOf("vm", 16, [written(12), idle, more])], FIRST_NINE, {}, 12);
  // Oracle: 9 frames are free. Page 3 takes one and its window 7; page 12 the last; page 13 that of page 0, which was read
  // first and so is read again, in the frame of page 1. Frames go out last in, first out: page 3 gets 8, page 0 gets 7.
  const swap = historyOf(createKernel(input)).filter((line) => /^(SwapC|FrameShortage|HostFaulted.*major)/.test(line));
  expect(swap.filter((line) => !line.startsWith("SwapClusterWritten"))).toEqual([
    "HostFaulted vm 1: realPage 3, fault major, neededBy access, waitNs 7000",
    "SwapClusterRead vm 1: firstSlot 0, pages 8, pagesReadAhead 7, waitNs 7000",
    "SwapCachePageDropped vm 1: realPage 0, physicalPage 7, slot 0",
    "SwapCachePageDropped vm 1: realPage 1, physicalPage 6, slot 1",
    "HostFaulted vm 1: realPage 0, fault major, neededBy access, waitNs 7000",
  ]);
});

test("a VM that touches a page before its request is done waits for the rest of it, whichever VM's request that is", () => {
  const vms = ["one", "two"].map((name) => vmOf(name, 4, [written(4), idle, references("0"), idle]));
  const { machine } = runChecked(inputOf(vms, [0, 1], { swapWriteClusterPages: 32 })).kernel;
  // Oracle: both touch their page 0 at the same time; slots 0 and 1 hold the first VM's pages, 2 and 3 the second's.
  const names = ["hostMajorFaults", "swapCacheHits", "hostWaitNs"] as const;
  expect(counted(machine, names, 1)).toEqual([1, 0, READ_NS]);
  expect(counted(machine, names, 2)).toEqual([0, 1, READ_NS]);
});

test("pages stolen together are written by one request, up to as many as the scenario allows", () => {
  const input = inputOf([vmOf("vm", 16, [written(16), idle])], FIRST_NINE, {});
  const writes = historyOf(createKernel(input)).filter((line) => line.startsWith("SwapClusterWritten"));
  expect(writes).toEqual([
    "SwapClusterWritten vm 1: firstSlot 0, pages 4",
    "SwapClusterWritten vm 1: firstSlot 4, pages 4",
    "SwapClusterWritten vm 1: firstSlot 8, pages 1",
  ]);
});

test("random scenarios bring all of it about: hits, wasted reads, read and written clusters; off, none", () => {
  const names = ["swapClustersRead", "swapCacheHits", "swapReadsWasted", "swapClustersWritten"] as const;
  const sums = (changes: Partial<HostSpec>): number[] => {
    const machines = fc.sample(scenarioArbitrary, { numRuns: caseCount(40, 300), seed: 1 }).map((scenario) => {
      const host = { ...scenario.host, ...changes };
      return runChecked(kernelInput({ ...scenario, host }, wildPolicy), 4096).kernel.machine;
    });
    return names.map((name) => machines.reduce((sum, { vms }) => sum + vms.reduce((part, vm) => part + vm.counters[Counter[name]], 0), 0));
  };
  expect(sums({ swapPageCluster: undefined, swapWriteClusterPages: undefined })).toEqual([0, 0, 0, 0]);
  for (const [index, sum] of sums({ swapPageCluster: 3, swapWriteClusterPages: 4 }).entries()) expect(sum, names[index]).toBeGreaterThan(0);
});
