import { EventBatch, EventCode, knownEvents, Mapping, Mmu } from "@ballast/core/events";
import { applyEvent, loadTables, MachineTables, saveTables, TILE_ENTRIES } from "@ballast/core/memory";
import { caseCount, createKernel, largeScenarioArbitrary, scenarioArbitrary, wildPolicyWithoutSamples } from "@ballast/core/testing";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { SyntheticHistory } from "../testing/synthetic-history.ts";
import { diffByEvents } from "./near-diff.ts";
import { frameState, realPageState, virtualPageState } from "./page-states.ts";
import { diffStates } from "./state-diff.ts";
import { finishNow } from "./steps.ts";

/** What differs, every page of both compared by what is shown of it. */
function expectedChanges(from: MachineTables, to: MachineTables): string[] {
  const changes: string[] = [];
  const compare = (kind: string, page: number, before: unknown, after: unknown): void => {
    if (JSON.stringify(before) !== JSON.stringify(after)) changes.push(`${kind} ${page}`);
  };
  for (const vm of to.vms) {
    const before = from.vms[vm.vm - 1];
    for (let page = 0; page < vm.configuredPages; page++)
      compare(`real ${vm.vm}`, page, realPageState(before, page), realPageState(vm, page));
  }
  for (const vm of to.vms) {
    for (const process of vm.processes) {
      const before = from.vms[vm.vm - 1]?.processes[process.process - 1];
      const name = `virtual ${vm.vm}/${process.process}`;
      for (let page = 0; page < process.virtualPages; page++)
        compare(name, page, virtualPageState(before, page), virtualPageState(process, page));
    }
  }
  for (let page = 0; page < to.frames.count; page++) compare("frame", page, frameState(from.frames, page), frameState(to.frames, page));
  return changes;
}

test("a difference has every page and frame that differs, over several tiles; oracle: all pages of both one by one", () => {
  const asked = [fc.nat(), fc.integer({ min: 0, max: 2_000 }), fc.nat(300), fc.integer({ min: 1, max: 3 * TILE_ENTRIES })] as const;
  fc.assert(
    fc.property(...asked, (seed, before, between, framePages) => {
      const history = new SyntheticHistory({ seed, framePages: framePages + 400, vms: 2, sharing: true });
      if (before > 0) history.next(before + 100);
      const from = loadTables(saveTables(history.machine));
      history.next(between);
      const { changes, nextSkip } = finishNow(diffStates(from, history.machine, { first: 1_000_000 }));
      const found = changes.map((change) => {
        if (change.kind === "frame") return `frame ${change.page}`;
        return change.kind === "realPage" ? `real ${change.vm} ${change.page}` : `virtual ${change.vm}/${change.process} ${change.page}`;
      });
      expect(found).toEqual(expectedChanges(from, history.machine));
      expect(nextSkip).toBeNull();
    }),
    { numRuns: caseCount(8, 200) },
  );
});

test.each(["forward", "backward"] as const)(
  "the events between two states tell the same difference (%s); oracle: both states compared",
  (direction) => {
    const policies = { policy: wildPolicyWithoutSamples, parameters: {}, traces: new Map<string, never>() };
    const scenarios = fc.oneof(scenarioArbitrary, largeScenarioArbitrary);
    let compared = 0;
    fc.assert(
      fc.property(scenarios, fc.nat(150), fc.nat(200), fc.nat(40), (scenario, before, between, skip) => {
        const kernel = createKernel({ scenario, ...policies });
        kernel.advance(Number.POSITIVE_INFINITY, before);
        kernel.takeBatch();
        const [earlier, own] = [0, 1].map(() => loadTables(structuredClone(saveTables(kernel.machine)))) as [MachineTables, MachineTables];
        kernel.advance(Number.POSITIVE_INFINITY, between);
        const steps = diffByEvents(own, [knownEvents(kernel.takeBatch())], direction, { skip });
        if (steps === undefined) return;
        compared++;
        const [from, to] = direction === "forward" ? [earlier, kernel.machine] : [kernel.machine, earlier];
        expect(finishNow(steps)).toEqual(finishNow(diffStates(from, to, { skip })));
      }),
      { numRuns: caseCount(12, 1_000) },
    );
    expect(compared).toBeGreaterThan(0);
  },
);

test("the events between two states name all pages of ranges and of large pages; oracle: both states compared", () => {
  const machine = new MachineTables();
  const batch = new EventBatch(1, 100);
  const emit = (code: number, vm: number, ...[a = 0, b = 0, c = 0, d = 0]: number[]): void => {
    batch.append(code, batch.length, vm, 0, a, b, c, d);
  };
  applyEvent(machine, EventCode.HostStarted, 0, 0, 0, 3_000, Mapping.TwoLevel, Mmu.Nested, 0);
  applyEvent(machine, EventCode.VmAdmitted, 0, 1, 0, 2_000, 0, 0, 0);
  emit(EventCode.LargePageMapped, 1, 1_024, 512);
  emit(EventCode.KernelPagesPinned, 1, 100, 300);
  emit(EventCode.OverheadReserved, 1, 1_500, 1_600);
  const earlier = loadTables(saveTables(machine));
  const diff = finishNow(diffByEvents(machine, [knownEvents(batch)], "forward", { first: 10_000 })!);
  expect(diff).toEqual(finishNow(diffStates(earlier, machine, { first: 10_000 })));
  expect([diff.changedRealPages, diff.changedFrames]).toEqual([712, 612]);
});
