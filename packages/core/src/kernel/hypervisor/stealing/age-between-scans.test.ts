import { expect, test } from "vitest";
import { EventCode, VictimOrder } from "../../../events/index.ts";
import { NO_PAGE } from "../../../ids/index.ts";
import type { Decision, Observation, Policy } from "../../../policy/index.ts";
import { plainDevice } from "../../../scenario/index.ts";
import { kernelInput } from "../../../testing/run-to-end.ts";
import { policyOf, smallHost, smallScenario, smallVm } from "../../../testing/small-scenario.ts";
import { createKernel } from "../../engine/create-kernel.ts";
import type { Kernel } from "../../engine/kernel-contract.ts";

const PAGES = 80;
const SCAN_NS = 100_000;

/** Last scan before each real page's last access, from an observer of every access; a page that came back was accessed. */
class Watcher {
  readonly victims: number[] = [];
  private readonly scanOfAccess = new Map<number, number>();
  private scans = 0;

  touch(real: number): void {
    this.scanOfAccess.set(real, this.scans);
  }

  scanned(): void {
    this.scans++;
  }

  /** By the definition: all resident pages that are old enough, the oldest first, the lower number among equals. */
  oldest(realMap: Int32Array, count: number, minimum: number): number[] {
    // A page accessed since the last scan, or in the interval before it, is of age 0.
    const ageOf = (page: number): number => Math.max(0, this.scans - 1 - (this.scanOfAccess.get(page) ?? -1));
    const resident = [...realMap.keys()].filter((page) => realMap[page] !== NO_PAGE && ageOf(page) >= minimum);
    return resident.sort((x, y) => ageOf(y) - ageOf(x) || x - y).slice(0, count);
  }
}

const takes = [
  { count: 3, minimumAgeScans: 2 },
  { count: 2, minimumAgeScans: 0 },
  { count: 5, minimumAgeScans: 1 },
  { count: 1, minimumAgeScans: 4 },
];

test.each([1, 2, 3])("by age the kernel steals what looking through all accesses says, several times between scans (seed %i)", (seed) => {
  const workload = { kind: "zipf", firstPage: 0, pages: PAGES, accesses: 40_000, exponent: 1.3, writeRatio: 0.3 } as const;
  const host = smallHost(2 * PAGES, { ageScan: { periodNs: SCAN_NS }, swapDevice: plainDevice(1000, 100) });
  const vm = smallVm("guest", PAGES, workload, { balloon: null });
  const watcher = new Watcher();
  const expected: number[] = [];
  let asked = 0;
  const decide = ({ vms }: Observation): Decision[] =>
    vms.map(({ vm: number }): Decision => {
      const { count, minimumAgeScans } = takes[asked++ % takes.length];
      expected.push(...watcher.oldest(kernel.machine.vm(1).realMap, count, minimumAgeScans));
      return { kind: "StealPages", vm: number, take: { count, order: "age", minimumAgeScans }, reason: "test" };
    });
  const policy: Policy = policyOf(decide, { requires: ["steal", "pageAges"], periodNs: () => 37_000 });
  const kernel: Kernel = createKernel({
    ...kernelInput(smallScenario(host, [vm], { seed }), policy),
    onAccesses: (_vm, _process, pages, from, count) => {
      const { pageTable } = kernel.machine.vm(1).process(1);
      for (let at = from; at < from + count; at++) watcher.touch(pageTable[pages[at]]);
    },
  });
  const stolen: number[] = [];
  while (kernel.advance(Number.POSITIVE_INFINITY, 1) === "running") {
    const { types, a, c, length } = kernel.takeBatch();
    for (let i = 0; i < length; i++) {
      if (types[i] === EventCode.AgeScanned) watcher.scanned();
      if (types[i] !== EventCode.PageStolen) continue;
      expect(c[i]).toBe(VictimOrder.Age);
      stolen.push(a[i]);
    }
  }
  expect(stolen.length).toBeGreaterThan(100);
  expect(stolen).toEqual(expected);
});
