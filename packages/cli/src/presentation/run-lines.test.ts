import { expect, test } from "vitest";
import type { Run, RunMetrics } from "@ballast/server/runs";
import { runLines } from "./run-lines.ts";

const RUN = { id: "1", status: "completed", headPosition: 9, headTimeNs: 5, faults: null } as unknown as Run;
const metrics = (changes: Partial<RunMetrics>): RunMetrics =>
  ({
    workNs: null,
    slowestWorkNs: null,
    vmsCompleted: null,
    accesses: 480,
    accessesPerSecond: null,
    vms: [],
    ...changes,
  }) as unknown as RunMetrics;

test("a run whose work times were not kept is not called one in which no VM completed its work", () => {
  expect(runLines(RUN, metrics({}))[2]).toMatch(/^Work time: not kept by the version of Ballast that executed the run; 480 accesses$/u);
  expect(runLines(RUN, metrics({ vmsCompleted: 0, accessesPerSecond: 3 }))[2]).toBe("No VM completed its work; 480 accesses, 3 per second");
});
