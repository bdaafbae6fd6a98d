import { BalloonInflated, DecisionKind, EventBatch, PolicyDecided } from "@ballast/core/events";
import { expect, test } from "vitest";
import { LogSlices } from "./log-slices.ts";
import { importTrace } from "./perfetto-import.fixture.ts";
import { traceEventJson } from "./trace-event.ts";
import type { TraceWindow } from "./trace-window.ts";
import { processNames } from "./tracks.ts";

const VM = 1;

/** Two decisions about a VM, each followed by events of its balloon. */
function madeOf(window: TraceWindow): ReturnType<typeof importTrace> {
  const batch = new EventBatch(1, 8);
  const decide = (decision: number, timeNs: number): void =>
    batch.append(PolicyDecided.code, timeNs, VM, 0, DecisionKind.SetBalloonTarget, 1, decision, 64, decision);
  const inflate = (decision: number, timeNs: number): void => batch.append(BalloonInflated.code, timeNs, VM, 0, 8, 8, 0, 0, decision);
  decide(1, 1_000);
  for (const timeNs of [2_000, 5_000]) inflate(1, timeNs);
  decide(2, 6_000);
  for (const timeNs of [7_000, 8_000]) inflate(2, timeNs);
  const maker = new LogSlices(window);
  for (let index = 0; index < batch.length; index++) maker.take(batch, index, () => "because");
  maker.end(9_000);
  const events = [...processNames(0, "host"), ...processNames(VM, "VM 1"), ...maker.made()].map(traceEventJson);
  return importTrace(`{"traceEvents":[${events.join(",")}]}`);
}

test("a decision and what it did are slices with a flow between them", () => {
  const { problems, slices, flows } = madeOf({});
  expect(problems).toEqual([]);
  expect(slices.map(({ thread, ts, end }) => [thread, ts, end])).toEqual([
    ["decisions", 1_000, 1_001],
    ["decisions", 6_000, 6_001],
    ["what decisions did", 2_000, 5_000],
    ["what decisions did", 7_000, 8_000],
  ]);
  expect(flows.map(({ from, to }) => [from.ts, to.ts])).toEqual([
    [1_000, 2_000],
    [6_000, 7_000],
  ]);
});

test("a part of the time has the effects that last into it, and no flow from a decision before it", () => {
  const { problems, slices, flows } = madeOf({ fromTimeNs: 3_000, toTimeNs: 7_500 });
  expect(problems).toEqual([]);
  expect(slices.map(({ ts }) => ts)).toEqual([2_000, 7_000, 6_000]);
  expect(flows.map(({ from, to }) => [from.ts, to.ts])).toEqual([[6_000, 7_000]]);
});
