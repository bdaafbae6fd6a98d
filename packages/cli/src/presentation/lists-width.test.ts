import { expect, test } from "vitest";
import type { ExperimentHead } from "@ballast/server/experiments";
import type { Run } from "@ballast/server/runs";
import type { StoredTrace } from "@ballast/server/traces";
import { textWidth } from "../output/text-width.ts";
import { experimentList } from "./experiment-list.ts";
import { runTable } from "./run-lines.ts";
import { traceTable } from "./trace-lines.ts";

const id = "91d162ee-5167-49ee-bbba-a588c023c4fd";
const run = {
  id,
  scenarioName: "ballooning-four-pages",
  policyName: "no-reclaim",
  status: "completed",
  headPosition: 123_456_789,
  headTimeNs: 8e9,
  createdAt: new Date(0),
  faults: { all: 7, guestMinor: 6, guestMajor: 1, hostMinor: 7, hostMajor: 0 },
} as Run;
const experiment = {
  id,
  scenarioName: "sample",
  kind: "comparison",
  seeds: [1],
  status: "completed",
  createdAt: new Date(0),
  labels: ["ballooning"],
} as unknown as ExperimentHead;
const trace = {
  name: "n".repeat(50),
  referenceCount: 5_493_948,
  pageCount: 2_375,
  storedBytes: 278_882,
  format: "page-numbers",
  description: "300 records of 8 kB that are read, and written again in another order.",
} as StoredTrace;

const LISTS = [
  ["runs", (width?: number) => runTable([run, run], "created", width)],
  [
    "runs by work time",
    (width?: number) =>
      runTable(
        [
          { ...run, workNs: 1.5e9 },
          { ...run, workNs: null },
        ],
        "workTime",
        width,
      ),
  ],
  ["experiments", (width?: number) => experimentList([experiment, experiment], width)],
  ["traces", (width?: number) => traceTable([trace, trace], width)],
] as const;

/** Oracle: the terminal's width; what is not cut stands in the wide table, too. */
test.each(LISTS)("the list of %s fits into 80 columns, and into a pipe has one line for each", (_name, list) => {
  for (const line of list(80)) expect(textWidth(line), line).toBeLessThanOrEqual(80);
  expect(list()).toHaveLength(4);
  expect(list(80).length).toBeGreaterThan(4);
});
