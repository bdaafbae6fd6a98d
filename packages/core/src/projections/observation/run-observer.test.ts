import fc from "fast-check";
import { expect, test } from "vitest";
import { type EventBatch, EventCode, HostFaultNeed, MemoryState } from "../../events/index.ts";
import { createKernel } from "../../kernel/index.ts";
import { applyEvent, MachineTables } from "../../memory/index.ts";
import { caseCount } from "../../testing/case-count.ts";
import { scenarioArbitrary } from "../../testing/random-scenario.ts";
import { drain, kernelInput } from "../../testing/run-to-end.ts";
import { wildPolicy } from "../../testing/wild-policy.ts";
import { RunObserver } from "./run-observer.ts";

/** The sums over time as the tables after each event give them. */
class TableSums {
  readonly machine = new MachineTables();
  readonly unbackedPageNs: number[] = [];
  readonly excessPageNs: number[] = [];
  readonly memoryStateNs = Object.values(MemoryState).map(() => 0);
  sharingSavedPageNs = 0;
  /** Waits that are of an access for certain, and those that may be. */
  readonly certainNs: number[] = [];
  readonly possibleNs: number[] = [];

  /** Adds what is so until the time of the next event. */
  advanceTo(timeNs: number): void {
    const { machine } = this;
    const spanNs = timeNs - machine.timeNs;
    this.memoryStateNs[machine.memoryState] += spanNs;
    this.sharingSavedPageNs += machine.savedPages * spanNs;
    for (const [index, vm] of machine.vms.entries()) {
      this.unbackedPageNs[index] ??= 0;
      this.excessPageNs[index] ??= 0;
      this.certainNs[index] ??= 0;
      this.possibleNs[index] ??= 0;
      if (!vm.isOn) continue;
      this.unbackedPageNs[index] += (vm.configuredPages - vm.residentPages) * spanNs;
      this.excessPageNs[index] += Math.max(0, vm.balloonSizePages - vm.balloonTargetPages) * spanNs;
    }
  }

  apply(batch: EventBatch, i: number): void {
    const { types, timesNs, vms, processes, a, b, c, d } = batch;
    this.advanceTo(timesNs[i]);
    applyEvent(this.machine, types[i], timesNs[i], vms[i], processes[i], a[i], b[i], c[i], d[i]);
    const at = vms[i] - 1;
    if (types[i] === EventCode.PagePagedIn) this.certainNs[at] += c[i] * 1_000;
    else if (types[i] === EventCode.DirectlyReclaimed) this.possibleNs[at] += d[i];
    else if (types[i] === EventCode.HostFaulted && c[i] === HostFaultNeed.Access) this.certainNs[at] += d[i];
    else if (types[i] === EventCode.HostFaulted) this.possibleNs[at] += d[i];
  }
}

test("sums over time are those of the tables after each event; a fold that was saved and loaded continues equally", () => {
  fc.assert(
    fc.property(scenarioArbitrary, (scenario) => {
      const kernel = createKernel(kernelInput(scenario, wildPolicy));
      const sums = new TableSums();
      let observer = new RunObserver();
      drain(kernel, 500, (batch) => {
        observer.update(batch);
        observer = new RunObserver(observer.save());
        for (let i = 0; i < batch.length; i++) sums.apply(batch, i);
      });
      const endNs = sums.machine.timeNs;
      const { memoryStateNs, sharingSavedPageNs } = observer.ofRun(endNs);
      expect(memoryStateNs).toEqual(
        Object.fromEntries(Object.entries(MemoryState).map(([name, state]) => [name, sums.memoryStateNs[state]])),
      );
      expect(sharingSavedPageNs).toBe(sums.sharingSavedPageNs);
      for (const [index, vm] of sums.machine.vms.entries()) {
        const { unbackedPageNs, balloon, stalls } = observer.ofVm(vm.vm, endNs);
        expect([unbackedPageNs, balloon.excessPageNs]).toEqual([sums.unbackedPageNs[index] ?? 0, sums.excessPageNs[index] ?? 0]);
        const certainNs = sums.certainNs[index] ?? 0;
        expect(stalls!.sum).toBeGreaterThanOrEqual(certainNs);
        expect(stalls!.sum).toBeLessThanOrEqual(certainNs + (sums.possibleNs[index] ?? 0));
      }
    }),
    { numRuns: caseCount(6, 400) },
  );
});
