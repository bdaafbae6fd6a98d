import fc from "fast-check";
import { expect, test } from "vitest";
import { vmId } from "../../ids/index.ts";
import { Counter } from "../../memory/index.ts";
import { parseScenario, type Replacement, type ScriptedCommand } from "../../scenario/index.ts";
import { drain, kernelInput } from "../../testing/run-to-end.ts";
import { smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";
import type { Workload } from "../../workload/index.ts";
import { createKernel } from "../engine/create-kernel.ts";
import { caseCount } from "../../testing/case-count.ts";

/** Misses of a guest that works when its balloon has had time to grow to its target. */
function missesOf(configuredPages: number, kernelPages: number, balloonPages: number, replacement: Replacement, work: Workload): number {
  const workload: Workload = { kind: "phases", phases: [{ kind: "idle", ns: 10_000_000 }, work], times: 1 };
  const balloon = { driver: "simple", pollNs: 1_000_000, pollPages: 10_000, capFraction: 1 } as const;
  const vm = smallVm("guest", configuredPages, workload, { kernelPages, balloon, replacement, virtualPages: 600 });
  const script: ScriptedCommand[] = [{ atNs: 1, command: { kind: "setBalloonTarget", vm: vmId(1), pages: balloonPages } }];
  const kernel = createKernel(kernelInput(smallScenario(smallHost(600), [vm], { script })));
  drain(kernel, 4096, () => {});
  const { counters, balloonSizePages } = kernel.machine.vm(1);
  expect(balloonSizePages).toBe(balloonPages);
  return counters[Counter.guestMinorFaults] + counters[Counter.guestMajorFaults];
}

/** Kernel pages of a VM of `configuredPages` pages by the default. */
function kernelPagesOf(configuredPages: number): number {
  const processes = [{ workload: { kind: "idle", ns: 1 } }];
  const scenario = parseScenario({ name: "sizes", host: { framePages: 10_000 }, vms: [{ configuredPages, processes }] });
  return scenario.vms[0]?.kernelPages ?? -1;
}

const work: Workload = { kind: "zipf", firstPage: 0, pages: 600, accesses: 3000, exponent: 0.7, writeRatio: 0.3 };

test("a VM of size S with balloon B misses as one of size S - B with the kernel pages of S (OSDI 2002, section 3.3); oracle: that VM", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 64, max: 512 }),
      fc.double({ min: 0, max: 0.65, noNaN: true }),
      fc.constantFrom<Replacement>("fifo", "clock", "lru", "two-list"),
      (size, part, replacement) => {
        const balloon = Math.floor(size * part);
        const kernelPages = kernelPagesOf(size);
        const ballooned = missesOf(size, kernelPages, balloon, replacement, work);
        expect(ballooned).toBe(missesOf(size - balloon, kernelPages, 0, replacement, work));
      },
    ),
    { numRuns: caseCount(10, 150) },
  );
});

test("so it differs from a VM of size S - B by exactly the kernel pages of B; oracle: lru, which misses less with each page more", () => {
  const [size, balloon] = [512, 256];
  expect(kernelPagesOf(size) - kernelPagesOf(size - balloon)).toBe(balloon / 64);
  const small = missesOf(size - balloon, kernelPagesOf(size - balloon), 0, "lru", work);
  const ballooned = missesOf(size, kernelPagesOf(size), balloon, "lru", work);
  expect(ballooned).toBeGreaterThan(small);
  expect(ballooned).toBe(missesOf(size - balloon - balloon / 64, kernelPagesOf(size - balloon), 0, "lru", work));
});
