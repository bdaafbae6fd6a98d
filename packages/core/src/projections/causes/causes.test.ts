import fc from "fast-check";
import { expect, test } from "vitest";
import { EventBatch, eventType } from "../../events/index.ts";
import { createKernel, type KernelInput } from "../../kernel/index.ts";
import type { Observation } from "../../policy/index.ts";
import type { VmId } from "../../ids/index.ts";
import { caseCount } from "../../testing/case-count.ts";
import { scenarioArbitrary } from "../../testing/random-scenario.ts";
import { drain, kernelInput } from "../../testing/run-to-end.ts";
import { policyOf, references, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";
import { wildPolicyArbitrary } from "../../testing/wild-policy.ts";
import { type CauseFound, CauseSearch } from "./cause-search.ts";
import type { TextOf } from "./cause-rule.ts";

type Log = { readonly batch: EventBatch; readonly text: TextOf };

/** The first events of a run as one batch. */
function logOf(input: KernelInput, maxEvents = Infinity): Log {
  const kernel = createKernel(input);
  const batch = new EventBatch(1, 1024);
  const keep = (taken: EventBatch): void => {
    for (let i = 0; i < taken.length && batch.length < maxEvents; i++) {
      const { types, timesNs, vms, processes, a, b, c, d, decisions } = taken;
      batch.append(types[i], timesNs[i], vms[i], processes[i], a[i], b[i], c[i], d[i], decisions[i]);
    }
  };
  if (maxEvents === Infinity) drain(kernel, 256, keep);
  else while (batch.length < maxEvents && kernel.advance(256, Infinity) === "running") keep(kernel.takeBatch());
  return { batch, text: (id) => kernel.machine.text(id) };
}

function causeOf({ batch, text }: Log, position: number): CauseFound {
  const effect = { batch, index: position - 1 };
  return new CauseSearch(effect, text).look(effect);
}

/** The names of an event and of its causes, the nearest first, and how it all began. */
function chainOf(log: Log, position: number): string[] {
  const name = eventType(log.batch.types[position - 1]).name;
  const found = causeOf(log, position);
  if (found.kind === "event") return [name, ...chainOf(log, found.position)];
  if (found.kind === "decision") return [name, "decision"];
  return [name, found.kind === "nothing" ? (found.relation ?? "?") : found.kind];
}

/** Of the last event of a type. */
function chainOfLast(log: Log, name: string): string {
  const { batch } = log;
  const index = batch.types.findLastIndex((type, at) => at < batch.length && eventType(type).name === name);
  return chainOf(log, index + 1).join(" < ");
}

const ACCESS = "A process made an access.";

/** Frees what is needed by taking pages of VM 1. */
const stealAtShortage = policyOf(
  ({ cause, neededPages }: Observation) =>
    cause === "shortage"
      ? [{ kind: "StealPages", vm: 1 as VmId, take: { count: neededPages, order: "random" }, reason: "no frame is free" }]
      : [],
  { requires: ["steal"], periodNs: () => 0 },
);

test("a frame stolen for another VM: both that VM's mapping and the loss go back to its access", () => {
  // Two frames: VM 1 stores to both. VM 2 starts later, needs a third, and gets one of VM 1.
  const scenario = smallScenario(smallHost(2), [
    smallVm("first", 2, references("w0 w1")),
    smallVm("second", 1, references("0"), { startNs: 1_000_000_000 }),
  ]);
  const log = logOf(kernelInput(scenario, stealAtShortage));
  const toShortage = `PolicyDecided < FrameShortage < HostFaulted < Trapped < PageMapped < PageMissed < ${ACCESS}`;
  expect(chainOfLast(log, "FrameUnmapped")).toBe(`FrameUnmapped < PageStolen < ${toShortage}`);
  expect(chainOfLast(log, "PageSwappedOut")).toBe(`PageSwappedOut < PageStolen < ${toShortage}`);
  const toFault = `HostFaulted < Trapped < PageMapped < PageMissed < ${ACCESS}`;
  expect(chainOfLast(log, "FrameMapped")).toBe(`FrameMapped < ${toFault}`);
  expect(chainOfLast(log, "FrameZeroed")).toBe(`FrameZeroed < ${toFault}`);
});

test("a page that its guest has mapped and the hypervisor has taken is swapped in for the access itself", () => {
  // One frame: page 1 takes it from page 0, and the second access to page 0 takes it back.
  const scenario = smallScenario(smallHost(1), [smallVm("only", 2, references("w0 w1 0"))]);
  const log = logOf(kernelInput(scenario, stealAtShortage));
  expect(chainOfLast(log, "PageSwappedIn")).toBe(
    "PageSwappedIn < HostFaulted < Trapped < A process accessed a page whose real page has no frame.",
  );
});

test("a page that the guest gives up, for which the host finds no frame: the trap goes back to no event", () => {
  // One frame: VM 2 takes it from VM 1, whose guest has to write page 0 out for page 1, and only VM 1 can lose frames.
  const first = smallVm("first", 1, references("w0 w1"), { virtualPages: 2, balloon: null });
  const second = smallVm("second", 1, references("0"), { startNs: 1 });
  const log = logOf(kernelInput(smallScenario(smallHost(1), [first, second]), stealAtShortage));
  expect(chainOfLast(log, "VmTerminated")).toContain("VmTerminated < ");
  expect(chainOfLast(log, "Trapped")).toBe(
    "Trapped < The VM needed a page whose real page has no frame, and was ended before one was found.",
  );
});

test("a balloon that a decision inflates: its pages, and what the guest gave up for them, go back to the decision", () => {
  const inflate = policyOf(
    ({ vms }) => (vms[0]?.balloon?.targetPages === 0 ? [{ kind: "SetBalloonTarget", vm: 1 as VmId, pages: 1, reason: "to try" }] : []),
    { requires: ["balloon"], periodNs: () => 1_000_000 },
  );
  const vm = smallVm("giving", 2, references("w0 w1"), { balloon: { driver: "simple", pollNs: 2_500_000, pollPages: 4, capFraction: 1 } });
  const log = logOf(kernelInput(smallScenario(smallHost(4), [vm], { durationNs: 4_000_000 }), inflate));
  const toDecision =
    "BalloonTargetLearned < BalloonTargetSet < PolicyDecided < The policy was called at its period, or for frames that a VM needed to start.";
  expect(chainOfLast(log, "PagePagedOut")).toBe(`PagePagedOut < ${toDecision}`);
  expect(chainOfLast(log, "PageUnmapped")).toBe(`PageUnmapped < ${toDecision}`);
  expect(chainOfLast(log, "BalloonPagePinned")).toBe(`BalloonPagePinned < ${toDecision}`);
  expect(chainOfLast(log, "Trapped")).toBe(`Trapped < BalloonPagePinned < ${toDecision}`);
  expect(chainOfLast(log, "FrameUnmapped")).toBe(`FrameUnmapped < BalloonPagePinned < ${toDecision}`);
});

test("a page taken at a memory limit goes back to the fault that needed one more frame", () => {
  const vm = smallVm("limited", 2, references("w0 w1"), { limitPages: 1 });
  const log = logOf(
    kernelInput(
      smallScenario(smallHost(4), [vm]),
      policyOf(() => [], { requires: [] }),
    ),
  );
  expect(chainOfLast(log, "PageStolen")).toBe(`PageStolen < HostFaulted < Trapped < PageMapped < PageMissed < ${ACCESS}`);
});

test("a decision at a change of the memory state goes back to the mapping that took the last free frames", () => {
  // Of 16 frames fewer than 6 % are free when the last one is taken: high directly to low.
  const steal = policyOf(
    ({ cause }) =>
      cause === "memoryState" ? [{ kind: "StealPages", vm: 1 as VmId, take: { count: 1, order: "random" }, reason: "little is free" }] : [],
    { requires: ["steal"], periodNs: () => 0 },
  );
  const pages = Array.from({ length: 16 }, (_, page) => `w${page}`).join(" ");
  const log = logOf(kernelInput(smallScenario(smallHost(16), [smallVm("full", 16, references(pages))]), steal));
  expect(chainOfLast(log, "PageStolen")).toBe(
    `PageStolen < PolicyDecided < MemoryStateChanged < FrameMapped < HostFaulted < Trapped < PageMapped < PageMissed < ${ACCESS}`,
  );
});

const MOST_EVENTS = 3000;

/** A log that was cut may end within an operation, whose later events its rules look at. */
function completeEvents(batch: EventBatch): number {
  if (batch.length < MOST_EVENTS) return batch.length;
  return batch.timesNs.findIndex((timeNs) => timeNs === batch.timesNs[batch.length - 1]);
}

test("each event of a random run has one cause before it, or says what else it comes from; searching batch by batch finds the same", () => {
  fc.assert(
    fc.property(scenarioArbitrary, wildPolicyArbitrary, fc.nat(3000), (scenario, policy, cut) => {
      const log = logOf(kernelInput(scenario, policy), MOST_EVENTS);
      const { batch } = log;
      for (let position = 1; position <= completeEvents(batch); position++) {
        const found = causeOf(log, position);
        if (found.kind === "event") expect(found.position).toBeLessThan(position);
        else expect(found).toEqual({ kind: found.kind, relation: expect.any(String) as string });
        if (found.kind !== "event" || cut >= position - 1) continue;
        // Rules look at the operation around the event: cut before it, as commits are.
        const start = batch.timesNs.findIndex((timeNs) => timeNs === batch.timesNs[position - 1]);
        const first = Math.min(cut, start);
        const search = new CauseSearch({ batch: batch.slice(first, batch.length), index: position - 1 - first }, log.text);
        const later = search.look({ batch: batch.slice(first, batch.length), index: position - 1 - first });
        expect(later.kind === "earlier" ? search.look({ batch: batch.slice(0, first), index: first }) : later).toEqual(found);
      }
    }),
    { numRuns: caseCount(12, 600) },
  );
});
