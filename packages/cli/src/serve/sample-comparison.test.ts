import { Writable } from "node:stream";
import { parseScenario } from "@ballast/core/scenario";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Application, startApplication } from "@ballast/server/application";
import { readConfiguration } from "@ballast/server/configuration";
import type { Experiment } from "@ballast/server/experiments";
import { createTestDatabase, type TestDatabase } from "@ballast/server/testing";
import type { Cli } from "../cli.ts";
import { followExperiment } from "../follow-experiment.ts";
import { Output } from "../output/output.ts";
import { Progress } from "../output/progress.ts";
import { TINY } from "../testing/scenario-files.ts";
import { showableComparison } from "./sample-comparison.ts";

const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
const cli: Cli = {
  output: new Output(nowhere),
  progress: new Progress(nowhere, true),
  signal: new AbortController().signal,
  handOver: () => () => undefined,
  environment: {},
  folder: "/",
};
/** Small, and under the name of the bundled one. */
const sample = parseScenario({ ...TINY, name: "sample" });

let database: TestDatabase;
let application: Application;

beforeAll(async () => {
  database = await createTestDatabase();
  const configuration = readConfiguration({ environment: { DATABASE_URL: database.connectionString }, folders: [] });
  const started = await startApplication(configuration, { execute: true });
  application = { ...started, scenarios: { ...started.scenarios, getScenario: () => Promise.resolve(sample) } };
});

afterAll(async () => {
  await application.shutdown();
  await database.drop();
});

async function compare(seed: number): Promise<Experiment> {
  const begun = await application.experiments.startExperiment({ scenario: sample, variants: [{ policy: "random-steal" }], seeds: [seed] });
  await followExperiment(cli, application, { experiment: begun, scenario: sample });
  return begun;
}

/** The oracle is who made which comparison. */
test("what a start shows is the comparison that a start made, and no other of the same scenario", async () => {
  const first = await showableComparison(cli, application);
  expect(first).toMatchObject({ isNew: true, comparison: { scenarioName: "sample", status: "completed" } });
  const own = await compare(7);
  const again = await showableComparison(cli, application);
  expect(again).toMatchObject({ isNew: false, comparison: { id: first?.comparison.id, seeds: [1, 2, 3] } });
  await application.experiments.deleteExperiment(String(first?.comparison.id), { withRuns: true });
  // People have made their own: nothing is shown as the first start's, and nothing is made.
  expect(await showableComparison(cli, application)).toBeUndefined();
  await application.experiments.deleteExperiment(own.id, { withRuns: true });
  expect(await showableComparison(cli, application)).toMatchObject({ isNew: true });
});
