import { EventBatch, knownEvents } from "@ballast/core/events";
import { loadTables, machineFacts, machineFromFacts, MachineTables, saveTables, tablesOf } from "@ballast/core/memory";
import { caseCount, createKernel, largeScenarioArbitrary, scenarioArbitrary, wildPolicyWithoutSamples } from "@ballast/core/testing";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { entryIn, entryOf, tableIds } from "../../testing/table-entries.ts";
import { isShown, pagesPerEntry, type TableWindow, windowAround, type WindowColumn, windowSource } from "./table-window.ts";
import { applyToWindow, selectorOf } from "./window-events.ts";
import { TableEntries } from "./window-reader.ts";

/** What a reader gets of the events: those that the window's selector finds, in memory of their own. */
function selected(batch: EventBatch, window: TableWindow): EventBatch {
  const found = new EventBatch(1, 0);
  for (const i of selectorOf(window).select(batch, 0, batch.length)) {
    const [a, b, c, d] = [batch.a[i]!, batch.b[i]!, batch.c[i]!, batch.d[i]!];
    found.append(batch.types[i]!, batch.timesNs[i]!, batch.vms[i]!, batch.processes[i]!, a, b, c, d);
  }
  return found;
}

/** The window's columns of a machine, as a keyframe would give them. */
function columnsIn(machine: MachineTables, window: TableWindow): Map<string, WindowColumn> {
  const columns = tablesOf(machine).flatMap((table) => table.columns);
  const shown = columns.filter(({ name }) => isShown(window, name));
  return new Map(
    shown.map(({ name, values }) => {
      const pages = pagesPerEntry(name);
      return [name, { values: values.slice(window.first / pages, window.end / pages), length: values.length }];
    }),
  );
}

test("events change a window as they change whole tables, from the first event on and from any; oracle: the kernel's own tables", () => {
  const policies = { policy: wildPolicyWithoutSamples, parameters: {}, traces: new Map<string, never>() };
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.oneof(scenarioArbitrary, largeScenarioArbitrary),
      fc.tuple(fc.nat(150), fc.nat(250)),
      fc.tuple(place, place),
      (scenario, [actionsBefore, actionsBetween], [from, to]) => {
        const kernel = createKernel({ scenario, ...policies });
        const fromStart = actionsBefore % 3 === 0;
        if (!fromStart) {
          kernel.advance(Number.POSITIVE_INFINITY, actionsBefore);
          kernel.takeBatch();
        }
        const facts = fromStart ? undefined : machineFacts(kernel.machine);
        const earlier = loadTables(structuredClone(saveTables(kernel.machine)));
        kernel.advance(Number.POSITIVE_INFINITY, actionsBetween);
        const batch = kernel.takeBatch();
        for (const [table, size] of tableIds(kernel.machine)) {
          const [first, last] = [Math.min(from, to), Math.max(from, to)].map((part) => Math.floor(part * (size - 1)));
          const window = windowAround(table, first!, last! + 1);
          const source = windowSource(window, facts === undefined ? new Map() : columnsIn(earlier, window));
          const machine = facts === undefined ? new MachineTables(source) : machineFromFacts(facts, source);
          applyToWindow(machine, knownEvents(selected(batch, window)), window);
          const entries = new TableEntries(machine, window);
          const pages = Array.from({ length: last! - first! + 1 }, (_, index) => first! + index);
          const found = pages.map((page) => JSON.stringify([page, entryIn(entries, table, page)]));
          expect(found, JSON.stringify(table)).toEqual(pages.map((page) => JSON.stringify([page, entryOf(kernel.machine, table, page)])));
        }
      },
    ),
    { numRuns: caseCount(40, 2_000) },
  );
});
