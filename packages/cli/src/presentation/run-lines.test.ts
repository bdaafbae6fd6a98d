import { expect, test } from "vitest";
import type { Run, RunFigures } from "@ballast/server/runs";
import { runLines } from "./run-lines.ts";

const RUN = { id: "1", status: "completed", headPosition: 9, headTimeNs: 5, faults: null } as unknown as Run;
const figures = (changes: Partial<RunFigures>): RunFigures =>
  ({ workNs: null, slowestWorkNs: null, vmsCompleted: null, accesses: 480, accessesPerSecond: null, vms: [], ...changes }) as unknown as RunFigures;

test("a run whose work times were not kept is not called one in which no VM completed its work", () => {
  expect(runLines(RUN, figures({}))[2]).toMatch(/^Work time: not kept by the version of Ballast that executed the run; 480 accesses$/u);
  expect(runLines(RUN, figures({ vmsCompleted: 0, accessesPerSecond: 3 }))[2]).toBe("No VM completed its work; 480 accesses, 3 per second");
});
