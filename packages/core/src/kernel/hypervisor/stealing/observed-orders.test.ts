import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type EventBatch, EventCode } from "../../../events/index.ts";
import { Counter } from "../../../memory/index.ts";
import { type Decision, OBSERVED_ORDERS, type Observation, type ObservedOrder } from "../../../policy/index.ts";
import { caseCount } from "../../../testing/case-count.ts";
import { type MemoryPressure, type ReferenceResult, referenceVictims } from "../../../testing/reference-victims.ts";
import { kernelInput } from "../../../testing/run-to-end.ts";
import { policyOf, references, smallHost, smallScenario, smallVm } from "../../../testing/small-scenario.ts";
import { createKernel, restoreKernel } from "../../engine/create-kernel.ts";
import type { Kernel, KernelInput } from "../../engine/kernel-contract.ts";

const PAGES = 16;
const VIRTUAL_PAGES = 20;
const PERIOD_NS = 1500;

/** At one of the policy's periods: pages taken immediately, or a limit from then on. */
type Plan = { readonly period: number; readonly kind: "take" | "limit"; readonly pages: number };

/** `accessed`: the real pages that were accessed, in order. */
type Run = ReferenceResult & { readonly pressures: readonly MemoryPressure[]; readonly accessed: readonly number[] };

/**
 * One VM whose guest has fewer real pages than its process virtual ones, so that they also change their content while they
 * have a frame. `restores`: after each of these numbers of actions, the kernel is replaced by one restored from its snapshot.
 */
function run(order: ObservedOrder, pages: readonly string[], plans: readonly Plan[], restores: readonly number[] = []): Run {
  const pressures: MemoryPressure[] = [];
  const victims: number[] = [];
  const accessed: number[] = [];
  const decide = ({ cause, timeNs, vms }: Observation): Decision[] => {
    const vm = vms[0]?.vm;
    if (cause !== "period" || vm === undefined) return [];
    return plans
      .filter(({ period }) => period * PERIOD_NS === timeNs)
      .map(({ kind, pages: count }): Decision => {
        const pressure = kind === "take" ? { taken: count } : { frames: Math.max(1, count) };
        pressures.push({ atAccess: accessed.length, ...pressure });
        return kind === "take"
          ? { kind: "StealPages", vm, take: { count, order }, reason: "test" }
          : { kind: "SetMemoryLimit", vm, pages: Math.max(1, count), order, reason: "test" };
      });
  };
  const rights = { requires: ["steal", "memoryLimit", "foresight"] as const, orders: () => [order] };
  const policy = policyOf(decide, { ...rights, periodNs: () => PERIOD_NS });
  const vm = smallVm("vm", PAGES, references(pages.join(" ")), { balloon: null, virtualPages: VIRTUAL_PAGES });
  const input: KernelInput = {
    ...kernelInput(smallScenario(smallHost(2 * PAGES), [vm], { lookaheadNs: 50_000 }), policy),
    checkContents: false,
    onAccesses: (_vm, _process, virtual, from, count) => {
      const { pageTable } = kernel.machine.vm(1).process(1);
      for (const page of virtual.subarray(from, from + count)) accessed.push(pageTable[page]);
    },
  };
  let kernel: Kernel = createKernel(input);
  const note = ({ types, a, length }: EventBatch): void => {
    for (let i = 0; i < length; i++) if (types[i] === EventCode.PageStolen) victims.push(a[i]);
  };
  for (const actions of restores) {
    kernel.advance(Infinity, actions);
    note(kernel.takeBatch());
    kernel = restoreKernel(input, kernel.save());
  }
  kernel.advance(Infinity, Infinity);
  note(kernel.takeBatch());
  const { counters } = kernel.machine.vm(1);
  return { misses: counters[Counter.hostMinorFaults] + counters[Counter.hostMajorFaults], victims, pressures, accessed };
}

const reference = fc.tuple(fc.boolean(), fc.nat(VIRTUAL_PAGES - 1)).map(([isStore, page]) => `${isStore ? "w" : ""}${page}`);
const strings = fc.array(reference, { minLength: 1, maxLength: 400 });
const plan = fc.record({
  period: fc.integer({ min: 1, max: 100 }),
  kind: fc.constantFrom("take" as const, "limit" as const),
  pages: fc.nat(PAGES),
});
const plansArbitrary = fc.uniqueArray(plan, { maxLength: 12, selector: ({ period }) => period });
const restoresArbitrary = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 3 });

function oracle(order: ObservedOrder, { pressures, accessed }: Run): ReferenceResult {
  return referenceVictims(order, accessed, PAGES, pressures);
}

describe.each(OBSERVED_ORDERS)(
  "the order %s is that of all accesses since the VM was switched on; oracle: the plain algorithm",
  (order) => {
    test("takes just its victims whenever a policy first asks for them, under limits that come and go", () => {
      fc.assert(
        fc.property(strings, plansArbitrary, (pages, plans) => {
          const told = run(order, pages, plans);
          expect(told).toMatchObject(oracle(order, told));
        }),
        { numRuns: caseCount(5, 200) },
      );
    });

    test("and so does a run that is restored from snapshots on its way", () => {
      fc.assert(
        fc.property(strings, plansArbitrary, restoresArbitrary, (pages, plans, restores) => {
          const told = run(order, pages, plans, restores);
          expect(told).toMatchObject(oracle(order, told));
        }),
        { numRuns: caseCount(3, 100) },
      );
    });
  },
);

test("a case by hand: 3 frames from the start, lru takes 2 and 3, for 0 and 1 are used all the time", () => {
  const pages = "0 1 2 0 1 3 0 1 4 0 1".split(" ");
  // Oracle: by hand. 5 faults; the victim for 3 is 2, that for 4 is 3.
  expect(referenceVictims("lru", pages.map(Number), 3)).toEqual({ misses: 5, victims: [2, 3] });
});
