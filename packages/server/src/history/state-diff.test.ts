import { loadTables, type MachineTables, saveTables, TILE_ENTRIES } from "@ballast/core/memory";
import { caseCount } from "@ballast/core/testing/case-count";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { SyntheticHistory } from "../testing/synthetic-history.ts";
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
