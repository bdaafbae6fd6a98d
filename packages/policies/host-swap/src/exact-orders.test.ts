import { createKernel, type Kernel, type KernelInput, restoreKernel } from "@ballast/core/kernel";
import { Counter } from "@ballast/core/memory";
import { readParameters } from "@ballast/core/policy";
import {
  countClockMisses,
  countFifoMisses,
  countLruMisses,
  kernelInput,
  caseCount,
  references,
  smallHost,
  smallScenario,
  smallVm,
} from "@ballast/core/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { policy } from "./index.ts";

const PAGES = 14;

type Order = "fifo" | "clock" | "lru";

const REFERENCES = {
  fifo: countFifoMisses,
  clock: (pages: readonly number[], frames: number) => countClockMisses(pages, frames, "set"),
  lru: countLruMisses,
} as const;

/** A run to its end, replaced by one restored from its snapshot after each of these numbers of actions. */
function runToEnd(input: KernelInput, restores: readonly number[]): Kernel {
  let kernel = createKernel(input);
  for (const actions of restores) {
    kernel.advance(Number.POSITIVE_INFINITY, actions);
    kernel.takeBatch();
    kernel = restoreKernel(input, kernel.save());
  }
  kernel.advance(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  return kernel;
}

/** One VM that never replaces a page, on a host of a number of frames. */
function hostFaults(order: Order, text: string, frames: number, restores: readonly number[]): number {
  const vm = smallVm("vm", PAGES, references(text), { balloon: null });
  const { values } = readParameters(policy.parameters, { order, reserveFraction: 0 }, "");
  const input = { ...kernelInput(smallScenario(smallHost(frames, { swapPages: PAGES }), [vm]), policy), parameters: values };
  const { counters } = runToEnd({ ...input, checkContents: false }, restores).machine.vm(1);
  return (counters[Counter.hostMinorFaults] ?? 0) + (counters[Counter.hostMajorFaults] ?? 0);
}

/** The same accesses in a guest of a number of real pages. */
function guestMisses(order: Order, text: string, frames: number): number {
  const vm = smallVm("vm", frames, references(text), { balloon: null, replacement: order, virtualPages: PAGES });
  const { counters } = runToEnd(kernelInput(smallScenario(smallHost(2 * PAGES), [vm])), []).machine.vm(1);
  return (counters[Counter.guestMinorFaults] ?? 0) + (counters[Counter.guestMajorFaults] ?? 0);
}

const reference = fc.tuple(fc.boolean(), fc.nat(PAGES - 1)).map(([isStore, page]) => `${isStore ? "w" : ""}${page}`);
const strings = fc.array(reference, { minLength: 1, maxLength: 300 });
const frameCounts = fc.integer({ min: 1, max: PAGES });
const restoresArbitrary = fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 2 });

describe.each(["fifo", "clock", "lru"] as const)("one VM under host-swap with the order %s", (order) => {
  test("faults as often as a guest's replacement misses and as a plain algorithm says, resumed from snapshots or not", () => {
    fc.assert(
      fc.property(strings, frameCounts, restoresArbitrary, (pages, frames, restores) => {
        const text = pages.join(" ");
        const faults = hostFaults(order, text, frames, restores);
        expect(faults).toBe(guestMisses(order, text, frames));
        expect(faults).toBe(
          REFERENCES[order](
            pages.map((page) => Number(page.replace("w", ""))),
            frames,
          ),
        );
      }),
      { numRuns: caseCount(8, 200) },
    );
  });
});

test("3 frames and the accesses 0 1 2 0 1 3 0 1 4 0 1 take 5 faults with lru (oracle: by hand)", () => {
  expect(hostFaults("lru", "0 1 2 0 1 3 0 1 4 0 1", 3, [])).toBe(5);
});
