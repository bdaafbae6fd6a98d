import { expect, test } from "vitest";
import { CATALOGUE_VERSION, EventCode, knownEvents } from "../events/index.ts";
import { VERSION_1_TABLES, version1Batch } from "../events/upcasters/version-1.fixture.ts";
import { RunProjections } from "../projections/index.ts";
import { applyBatch, Counter, type CounterName, MachineTables } from "./index.ts";

const DECISION_CODES: ReadonlySet<number> = new Set([EventCode.PolicyDecided, EventCode.PolicyFigureSeen, EventCode.DecisionClamped]);

test("a history of version 1 gives the tables that version 1 had; oracle: its own tables, recorded with it", () => {
  const machine = new MachineTables();
  applyBatch(machine, knownEvents(version1Batch(), { catalogueVersion: 1 }));
  expect([machine.frames.freePages, machine.swapUsedPages]).toEqual([VERSION_1_TABLES.freePages, VERSION_1_TABLES.swapUsedPages]);
  VERSION_1_TABLES.vms.forEach(({ counters, realMap }, index) => {
    const vm = machine.vm(index + 1);
    for (const [name, count] of Object.entries(counters)) expect([name, vm.counters[Counter[name as CounterName]]]).toEqual([name, count]);
    expect([...vm.realMap]).toEqual(realMap);
  });
});

test("the events of a decision name it in the column that version 2 has, and no others do; oracle: the field that version 1 had", () => {
  const { length, types, c, decisions } = knownEvents(version1Batch(), { catalogueVersion: 1 });
  const expected = Array.from({ length }, (_, i) => (DECISION_CODES.has(types[i]) ? c[i] : 0));
  expect(expected.filter((decision) => decision > 0).length).toBe(16);
  expect([...decisions.subarray(0, length)]).toEqual(expected);
});

test("events of the present version are left as they are", () => {
  const recorded = version1Batch();
  expect([...knownEvents(version1Batch()).decisions]).toEqual([...recorded.decisions]);
});

test.each([0, CATALOGUE_VERSION + 1, 1.5, Number.NaN])(
  "version %d of the catalogue, which this program does not know, is an error",
  (catalogueVersion) => {
    expect(() => knownEvents(version1Batch(), { catalogueVersion, of: " of run 7" })).toThrow(
      expect.objectContaining({
        code: "HISTORY_DAMAGED",
        message: expect.stringContaining(`${catalogueVersion} as the version of the event catalogue of run 7`),
      }) as Error,
    );
  },
);

test("the read models of a history of version 1 have its decisions with their reason and figure", () => {
  const batch = knownEvents(version1Batch(), { catalogueVersion: 1 });
  const projections = new RunProjections();
  projections.applyBatch(batch, (id) => batch.texts[id - 1] ?? "");
  const { decisions, figures } = projections.takeChanges();
  expect(decisions.map(({ decision, reason }) => [decision, reason])).toEqual(
    [1, 2, 3, 4, 5, 6, 7, 8].map((number) => [number, "the host is short of frames"]),
  );
  expect(figures.map(({ figure }) => figure)).toEqual(decisions.map(() => "residentPages"));
});
