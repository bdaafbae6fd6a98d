import * as fc from "fast-check";
import { caseCount } from "@ballast/core/testing";
import { expect, test } from "vitest";
import { importTrace } from "./perfetto-import.fixture.ts";
import { traceEventJson } from "./trace-event.ts";

/** 26 days: beyond it the importer's doubles have no ns left. */
const MAX_NS = 2 ** 51;

const NAMES = [
  { ph: "M", name: "process_name", pid: 1, timeNs: 0, args: { name: "host" } },
  { ph: "M", name: "thread_name", pid: 1, tid: 11, timeNs: 0, args: { name: "decisions" } },
] as const;

test("Perfetto reads every time to the ns, up to 26 days; oracle: how its importer reads numbers", () => {
  const time = fc.oneof(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: MAX_NS }));
  const check = fc.property(time, fc.integer({ min: 1, max: 1_000_000_000 }), (timeNs, durationNs) => {
    const events = [...NAMES, { ph: "X", name: "a", pid: 1, tid: 11, timeNs, durationNs } as const].map(traceEventJson);
    const { slices, problems } = importTrace(`{"traceEvents":[${events.join(",")}]}`);
    expect(problems).toEqual([]);
    expect(slices).toEqual([{ process: "host", thread: "decisions", name: "a", ts: timeNs, end: timeNs + durationNs }]);
  });
  fc.assert(check, { numRuns: caseCount(300, 20_000) });
});
