import fc from "fast-check";
import { expect, test } from "vitest";
import { createKernel } from "../kernel/index.ts";
import { Counter } from "../memory/index.ts";
import { drain, kernelInput, references, smallHost, smallScenario, smallVm } from "../testing/index.ts";
import type { Scenario } from "./scenario.ts";
import { uncommittedScenario } from "./uncommitted-scenario.ts";

type Outcome = { readonly workNs: number; readonly lost: number };

/** Of each VM by its name: its work time, and what the hypervisor took from it or could not give it. */
function outcomes(scenario: Scenario): Record<string, Outcome> {
  const kernel = createKernel(kernelInput(uncommittedScenario(scenario)));
  drain(kernel, 1024, () => undefined);
  const { vms } = kernel.machine;
  return Object.fromEntries(
    vms.map(({ nameText, counters }) => {
      const lost = counters[Counter.pagesStolen] + counters[Counter.frameShortages] + counters[Counter.hostMajorFaults];
      return [kernel.machine.text(nameText), { workNs: counters[Counter.workNs], lost }];
    }),
  );
}

/** The oracle is the VM without the others: slowdowns rest on it. */
test("a VM takes as long beside all others as alone, and nothing is taken from it", () => {
  const pages = fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 1, maxLength: 60 });
  const vm = fc.record({ pages, startNs: fc.integer({ min: 0, max: 5_000 }), configuredPages: fc.integer({ min: 4, max: 20 }) });
  fc.assert(
    fc.property(fc.array(vm, { minLength: 2, maxLength: 4 }), fc.integer({ min: 4, max: 40 }), (given, framePages) => {
      const vms = given.map(({ pages: accessed, startNs, configuredPages }, index) =>
        smallVm(`vm ${index}`, configuredPages, references(accessed.map((page) => `w${page}`).join(" ")), { virtualPages: 16, startNs }),
      );
      const together = outcomes(smallScenario(smallHost(framePages), vms));
      for (const alone of vms) {
        expect(together[alone.name]).toEqual(outcomes(smallScenario(smallHost(framePages), [alone]))[alone.name]);
        expect(together[alone.name]?.lost).toBe(0);
      }
    }),
  );
});

test("a host that is large enough stays as it is, but for the marks of its memory states", () => {
  const scenario = smallScenario(smallHost(100_000), [smallVm("vm", 16, references("1"))]);
  expect(uncommittedScenario(scenario)).toEqual(scenario);
  expect(uncommittedScenario(uncommittedScenario({ ...scenario, host: smallHost(16) }))).toEqual(
    uncommittedScenario({ ...scenario, host: smallHost(16) }),
  );
});

test("under one-level mapping the operating system has memory for all pages of its processes", () => {
  const vm = smallVm("os", 4, references("0 1 2 3 4 5 6 7 0 1 2 3 4 5 6 7"), { virtualPages: 8, balloon: null });
  const scenario = smallScenario(smallHost(4), [vm], { mapping: "oneLevel" });
  const kernel = createKernel(kernelInput(uncommittedScenario(scenario)));
  drain(kernel, 1024, () => undefined);
  // Oracle: each of 8 pages is missed once.
  const [os] = kernel.machine.vms;
  expect(os.counters[Counter.guestMinorFaults] + os.counters[Counter.guestMajorFaults]).toBe(8);
});
