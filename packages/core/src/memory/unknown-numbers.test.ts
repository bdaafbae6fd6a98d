import { describe, expect, test } from "vitest";
import { CATALOGUE, EventBatch, EventCode, type FieldColumn, knownEvents, TrapCause } from "../events/index.ts";
import { METRICS } from "../metrics/index.ts";
import { MetricFold } from "../projections/index.ts";
import { applyBatch, applyEvent } from "./index.ts";
import { MachineTables } from "./machine-tables.ts";

const UNKNOWN = 99;

/** A host with one VM, and then the events given as type and columns. */
function historyOf(...events: readonly (readonly [code: number, columns: Partial<Record<FieldColumn, number>>])[]): EventBatch {
  const batch = new EventBatch(1, 8);
  batch.append(EventCode.HostStarted, 0, 0, 0, 16, 2, 2, 16);
  batch.append(EventCode.VmAdmitted, 0, 1, 0, 8, 0, 0, 8);
  batch.append(EventCode.VmStarted, 0, 1, 0, 8, 0, 0, 0);
  for (const [code, { a = 0, b = 0, c = 0, d = 0 }] of events) batch.append(code, 0, 1, 0, a, b, c, d);
  return batch;
}

function fold(batch: EventBatch): MetricFold {
  const figures = new MetricFold();
  for (let i = 0; i < batch.length; i++) {
    const { types, timesNs, vms, processes, a, b, c, d } = batch;
    figures.apply(types[i], timesNs[i], vms[i], processes[i], a[i], b[i], c[i], d[i]);
  }
  return figures;
}

/** Event by event, as the recorder does, without the check of a batch. */
function applyEvents({ length, types, timesNs, vms, processes, a, b, c, d }: EventBatch): void {
  const machine = new MachineTables();
  for (let i = 0; i < length; i++) applyEvent(machine, types[i], timesNs[i], vms[i], processes[i], a[i], b[i], c[i], d[i]);
}

describe("a number that this version does not know", () => {
  test.each([
    ["a trap's cause", EventCode.Trapped, { a: UNKNOWN }],
    ["a guest fault's kind", EventCode.PageMissed, { b: 2 }],
    ["a host fault's kind", EventCode.HostFaulted, { b: UNKNOWN }],
    ["a sampled metric", EventCode.Sampled, { a: UNKNOWN, d: 7 }],
    ["a device's metric", EventCode.DeviceSampled, { a: 2, b: UNKNOWN, d: 7 }],
  ])("is an error as %s, in the tables and in the fold of figures", (_, code, columns) => {
    const batch = historyOf([code, columns]);
    expect(() => applyEvents(batch)).toThrow(expect.objectContaining({ code: "HISTORY_DAMAGED" }) as Error);
    expect(() => fold(batch)).toThrow(expect.objectContaining({ code: "HISTORY_DAMAGED" }) as Error);
  });

  test("is an error in every field that holds a choice, with the event's position", () => {
    for (const { code, fields } of CATALOGUE) {
      for (const [column, field] of Object.entries(fields)) {
        if (field.choices === undefined) continue;
        const batch = historyOf([code, { [column]: UNKNOWN }]);
        expect(() => knownEvents(batch, { of: " of run 7" })).toThrow(/has \d+ as `\w+` of the event \w+ at position 4 of run 7/);
      }
    }
  });

  test("is an error as the type of an event", () => {
    expect(() => knownEvents(historyOf([250, {}]))).toThrow("250 as the type of the event at position 4");
  });
});

test("a trap of each cause is counted, by its own counter", () => {
  // The oracle is the list of causes itself: one event of each.
  const batch = historyOf(...Object.values(TrapCause).map((cause) => [EventCode.Trapped, { a: cause }] as const));
  const machine = new MachineTables();
  applyBatch(machine, knownEvents(batch));
  const places = Object.keys(TrapCause).map((cause) => METRICS.vmPlaces[`trap${cause as keyof typeof TrapCause}`]);
  expect(places.map((place) => machine.vm(1).counters[place])).toEqual(places.map(() => 1));
  expect(places.map((place) => fold(batch).vms[0][place])).toEqual(places.map(() => 1));
});
