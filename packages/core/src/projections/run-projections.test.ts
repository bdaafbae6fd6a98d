import { expect, test } from "vitest";
import { ClampCause, DecisionKind, EventBatch, EventCode, knownEvents, type KnownEvents, Mapping, VmEnd } from "../events/index.ts";
import { RunProjections, type ProjectionChanges, type ProjectionState } from "./index.ts";

const TEXTS = ["a scenario", "a policy", "database", "web", "batch", "low on memory", "freePages"];
const text = (id: number): string => TEXTS[id - 1] ?? `no text ${id}`;

/** Told here once, event by event; the expectations below are read off it. */
function history(): readonly [KnownEvents, KnownEvents] {
  const first = new EventBatch(1, 16);
  first.append(EventCode.RunStarted, 0, 0, 0, 1, 2, 2, 7);
  first.append(EventCode.HostStarted, 0, 0, 0, 64, Mapping.TwoLevel, 2, 16);
  first.append(EventCode.VmAdmitted, 0, 1, 0, 32, 0, 3, 32);
  first.append(EventCode.VmStarted, 0, 1, 0, 32, 0, 3, 0);
  first.append(EventCode.VmAdmitted, 5, 2, 0, 16, 0, 4, 16);
  first.append(EventCode.VmRefused, 5, 3, 0, 128, 0, 5, 64);
  first.append(EventCode.VmStarted, 5, 2, 0, 16, 0, 4, 0);
  first.append(EventCode.PolicyDecided, 6, 1, 0, DecisionKind.StealPages, 6, 1, 9);
  first.append(EventCode.PolicyFigureSeen, 6, 0, 0, 7, 0, 1, 2_500_000);
  const second = new EventBatch(10, 16);
  second.append(EventCode.DecisionClamped, 7, 1, 0, DecisionKind.StealPages, ClampCause.NothingToTake, 1, 4);
  second.append(EventCode.VmFinished, 8, 2, 0, 0, 0, 0, 3);
  second.append(EventCode.VmTerminated, 9, 1, 0, VmEnd.StoppedByUser, 0, 0, 0);
  second.append(EventCode.RunCompleted, 9, 0, 0, 1, 0, 0, 0);
  return [knownEvents(first), knownEvents(second)];
}

const VMS = [
  { vm: 1, name: "database", configuredPages: 32, isRefused: false, isWorkDone: false, endCause: VmEnd.StoppedByUser },
  { vm: 2, name: "web", configuredPages: 16, isRefused: false, isWorkDone: true, endCause: 0 },
  { vm: 3, name: "batch", configuredPages: 128, isRefused: true, isWorkDone: false, endCause: 0 },
];

function takeOf(projections: RunProjections, batch: KnownEvents): ProjectionChanges {
  projections.applyBatch(batch, text);
  return projections.takeChanges();
}

test("read models have what the events of a run tell; oracle: the history above, read by hand", () => {
  const [first, second] = history();
  const projections = new RunProjections();
  const before = takeOf(projections, first);
  expect(before.decisions).toEqual([
    { decision: 1, position: 8, timeNs: 6, vm: 1, kind: DecisionKind.StealPages, reason: "low on memory", requestedPages: 9 },
  ]);
  expect(before.figures).toEqual([{ decision: 1, position: 9, vm: 0, figure: "freePages", valueMillionths: 2_500_000 }]);
  expect(before.clamps).toEqual([]);
  expect(before.summary).toMatchObject({ position: 9, timeNs: 6, host: { freePages: 64 } });
  const after = takeOf(projections, second);
  expect([after.decisions, after.figures]).toEqual([[], []]);
  expect(after.clamps).toEqual([{ decision: 1, cause: ClampCause.NothingToTake, donePages: 4 }]);
  expect(after.summary).toMatchObject({ position: 13, timeNs: 9, vms: VMS });
  expect(after.summary.vms.map(({ metrics }) => [metrics["decisions"], metrics["workNs"], metrics["memoryLimitPages"]])).toEqual([
    [1, 0, 32],
    [0, 3, 16],
    [0, 0, 128],
  ]);
  expect(after.summary.events).toEqual({
    RunStarted: 1,
    HostStarted: 1,
    VmAdmitted: 2,
    VmStarted: 2,
    VmRefused: 1,
    PolicyDecided: 1,
    PolicyFigureSeen: 1,
    DecisionClamped: 1,
    VmFinished: 1,
    VmTerminated: 1,
    RunCompleted: 1,
  });
});

test("read models continue from a state saved as JSON, and leave it alone; oracle: one pass over all events", () => {
  const [first, second] = history();
  const whole = new RunProjections();
  whole.applyBatch(first, text);
  const saved = JSON.parse(JSON.stringify(whole.save())) as ProjectionState;
  const continued = new RunProjections(saved);
  const fromState = takeOf(continued, second);
  expect(saved).toEqual(whole.save());
  expect(takeOf(whole, second).summary).toEqual(fromState.summary);
  expect(continued.save().summary).toEqual(whole.save().summary);
  // What was saved before is unchanged, although the fold continued.
  expect(saved.summary.vms[1]).toMatchObject({ isWorkDone: false });
});

test("a native system has its name from being switched on, and a batch without events changes no time", () => {
  const batch = new EventBatch(1, 4);
  batch.append(EventCode.HostStarted, 3, 0, 0, 64, Mapping.OneLevel, 0, 0);
  batch.append(EventCode.VmStarted, 3, 1, 0, 64, 0, 4, 0);
  const projections = new RunProjections();
  projections.applyBatch(knownEvents(batch), text);
  const { summary } = takeOf(projections, knownEvents(new EventBatch(3, 1)));
  expect(summary).toMatchObject({
    position: 2,
    timeNs: 3,
    vms: [{ name: "web", configuredPages: 64, isRefused: false, isWorkDone: false, endCause: 0 }],
  });
});
