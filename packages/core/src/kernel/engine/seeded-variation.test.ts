import { expect, test } from "vitest";
import { plannedVms, type Scenario } from "../../scenario/index.ts";
import { listReferences, recordReferences, summarized, type WrittenReference } from "../../testing/record-trace.ts";
import { drain, kernelInput } from "../../testing/run-to-end.ts";
import { policyOf, quietPolicy, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";
import type { Policy } from "../../policy/index.ts";
import type { AccessObserver } from "../state/access-observer.ts";
import { createKernel } from "./create-kernel.ts";

/** 4 pages that are used in turns of growing length, so that no two rotations are equal. */
const LENGTH = 9999;
const recorded = recordReferences(
  "long",
  Array.from({ length: LENGTH }, (_, i): WrittenReference => [Math.floor(Math.sqrt(i)) % 4, i % 4]),
);
const JITTER_NS = 2_000_000;
const traces = new Map([["long", summarized(recorded.reader)]]);
const pagesInOrder = listReferences(recorded.reader).map(([page]) => page);

function replaying(seed: number): Scenario {
  const workload = { kind: "trace", trace: "long", times: 2, startAt: "random" } as const;
  const vms = ["one", "two", "three"].map((name) => smallVm(name, 6, workload, { startJitterNs: JITTER_NS, virtualPages: 4 }));
  return smallScenario(smallHost(12), vms, { seed });
}

/** Per VM, by name: when it was switched on, and the pages that it accessed in order. */
type Seen = Record<string, { startedNs: number; pages: number[] }>;

function run(scenario: Scenario, policy: Policy): Seen {
  const pages: number[][] = [];
  const onAccesses: AccessObserver = (vm, _process, made, from, count) => {
    const list = (pages[vm - 1] ??= []);
    for (let i = from; i < from + count; i++) list.push(made[i]);
  };
  const kernel = createKernel({ ...kernelInput(scenario, policy, traces), checkContents: false, onAccesses });
  drain(kernel, 1000, () => {});
  const planned = plannedVms(scenario);
  return Object.fromEntries(kernel.machine.vms.map(({ startedNs }, index) => [planned[index].name, { startedNs, pages: pages[index] }]));
}

const stealing = policyOf(({ vms }) =>
  vms.map(({ vm }) => ({ kind: "StealPages", vm, take: { count: 1, order: "random" }, reason: "test" })),
);

// Oracle: rotations of the recorded references; the bounds of the jitter.
test("every seed gives other arrivals and starts within traces, the same under every policy, and each round is the whole trace", () => {
  const [quiet, stolen, other] = [run(replaying(1), quietPolicy), run(replaying(1), stealing), run(replaying(2), quietPolicy)];
  expect(stolen).toEqual(quiet);
  for (const name of ["one", "two", "three"]) {
    const [first, second] = [quiet[name], other[name]];
    expect(first.startedNs).not.toBe(second.startedNs);
    expect(first.pages).not.toEqual(second.pages);
    for (const { startedNs, pages } of [first, second]) {
      expect(startedNs).toBeLessThanOrEqual(JITTER_NS);
      const start = rotationOf(pages.slice(0, LENGTH));
      expect(start).toBeGreaterThanOrEqual(0);
      expect(pages.slice(LENGTH)).toEqual(pages.slice(0, LENGTH));
    }
  }
});

/** Where in the recording the pages begin, if they are all of it in cyclic order; else -1. */
function rotationOf(pages: readonly number[]): number {
  return pagesInOrder.findIndex((_, start) => pages.every((page, i) => page === pagesInOrder[(start + i) % LENGTH]));
}
