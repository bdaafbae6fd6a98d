import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Counter } from "../../../memory/index.ts";
import { type Capability, type Decision, OBSERVED_ORDERS, type Observation, type ObservedOrder } from "../../../policy/index.ts";
import type { Replacement } from "../../../scenario/index.ts";
import { caseCount } from "../../../testing/case-count.ts";
import { countClockMisses, countFifoMisses, countLruMisses } from "../../../testing/reference-replacement.ts";
import { kernelInput, runChecked } from "../../../testing/run-to-end.ts";
import { policyOf, references, smallHost, smallScenario, smallVm } from "../../../testing/small-scenario.ts";
import { createKernel } from "../../engine/create-kernel.ts";

const MS = 1_000_000;
const PAGES = 12;

/** Limits every VM at 1 ms, in an order. */
function limits(pages: number, order: ObservedOrder, requires: readonly Capability[]): ReturnType<typeof policyOf> {
  return policyOf(
    ({ timeNs, vms }): Decision[] =>
      timeNs === MS ? vms.map(({ vm }) => ({ kind: "SetMemoryLimit", vm, pages, order, reason: "test" })) : [],
    { requires: ["memoryLimit", ...requires], orders: () => [order] },
  );
}

/** Host faults of a VM that may hold `limitPages` frames and touches these pages, after the limit was set. */
function hostFaults(pages: readonly string[], limitPages: number, order: ObservedOrder, replacement: Replacement = "clock"): number {
  const touches = references(pages.join(" "));
  const workload = { kind: "phases" as const, times: 1, phases: [{ kind: "idle" as const, ns: 2 * MS }, touches] };
  const vm = smallVm("vm", PAGES, workload, { balloon: null, replacement });
  const policy = limits(limitPages, order, order === "lru" ? ["foresight"] : []);
  const { kernel } = runChecked(kernelInput(smallScenario(smallHost(2 * PAGES), [vm]), policy));
  const counters = kernel.machine.vms[0]?.counters ?? [];
  return counters[Counter.hostMinorFaults] + counters[Counter.hostMajorFaults];
}

const reference = fc.tuple(fc.boolean(), fc.nat(PAGES - 1)).map(([isStore, page]) => `${isStore ? "w" : ""}${page}`);
const strings = fc.array(reference, { minLength: 1, maxLength: 120 });
const numbersOf = (pages: readonly string[]): number[] => pages.map((page) => Number(page.replace("w", "")));

describe("a VM at its limit faults as often as replacement in that order misses; oracle: the plain algorithms", () => {
  const oracles = {
    fifo: countFifoMisses,
    lru: countLruMisses,
    clock: (pages: readonly number[], frames: number) => countClockMisses(pages, frames, "set"),
  };
  for (const order of ["fifo", "clock", "lru"] as const) {
    test(`with the order ${order}`, () => {
      fc.assert(
        fc.property(
          strings,
          fc.integer({ min: 1, max: PAGES }),
          fc.constantFrom<Replacement>("clock", "lru"),
          (pages, limit, replacement) => {
            expect(hostFaults(pages, limit, order, replacement)).toBe(oracles[order](numbersOf(pages), limit));
          },
        ),
        { numRuns: caseCount(30, 750) },
      );
    });
  }
});

test("the textbook string faults 15 times by fifo and 12 times by lru with 3 frames; Belady's 9 and, with 4, 10 times", () => {
  const textbook = "7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1".split(" ");
  const belady = "1 2 3 4 1 2 5 1 2 3 4 5".split(" ");
  expect([hostFaults(textbook, 3, "fifo"), hostFaults(textbook, 3, "lru")]).toEqual([15, 12]);
  expect([hostFaults(belady, 3, "fifo"), hostFaults(belady, 4, "fifo")]).toEqual([9, 10]);
});

test("the scenario's order is the one at a configured limit, when no policy has set another", () => {
  const pages = "7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1";
  const vm = smallVm("vm", PAGES, references(pages), { balloon: null, limitPages: 3 });
  const { kernel } = runChecked(kernelInput(smallScenario(smallHost(2 * PAGES, { limitOrder: "fifo" }), [vm])));
  const counters = kernel.machine.vms[0]?.counters ?? [];
  // Oracle: 15 misses of fifo with 3 frames, as above.
  expect(counters[Counter.hostMinorFaults] + counters[Counter.hostMajorFaults]).toBe(15);
});

/** A policy that has one page of each VM stolen in an order, once, without a word of it in `orders`. */
function undeclared(kind: "StealPages" | "SetMemoryLimit", order: ObservedOrder): ReturnType<typeof policyOf> {
  const decide = ({ vms }: Observation): Decision[] =>
    vms.map(({ vm }): Decision =>
      kind === "StealPages" ? { kind, vm, take: { count: 1, order }, reason: "test" } : { kind, vm, pages: 1, order, reason: "test" },
    );
  return policyOf(decide, { requires: ["steal", "memoryLimit", "foresight"] });
}

describe.each(OBSERVED_ORDERS)("the order %s", (order) => {
  test.each(["StealPages", "SetMemoryLimit"] as const)("is refused in %s to a policy that does not declare it", (kind) => {
    const vm = smallVm("vm", PAGES, { kind: "idle", ns: 2 * MS }, { balloon: null });
    const kernel = createKernel(kernelInput(smallScenario(smallHost(2 * PAGES), [vm]), undeclared(kind, order)));
    expect(() => kernel.advance(1000, 1000)).toThrow(`does not declare \`${order}\` in \`orders\``);
  });

  test("is refused even where the scenario's limits keep it, so that a policy works in every scenario or in none", () => {
    if (order === "lru") return;
    const vm = smallVm("vm", PAGES, { kind: "idle", ns: 2 * MS }, { balloon: null });
    const scenario = smallScenario(smallHost(2 * PAGES, { limitOrder: order }), [vm]);
    const kernel = createKernel(kernelInput(scenario, undeclared("StealPages", order)));
    expect(() => kernel.advance(1000, 1000)).toThrow("does not declare");
  });
});
