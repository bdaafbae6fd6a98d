import { randomUUID } from "node:crypto";
import type { Scenario } from "@ballast/core/scenario";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestBench, openTestBench } from "../runs/test-bench.fixture.ts";
import { thrashingScenario } from "../runs/scenarios.fixture.ts";
import { analyseExperiment } from "./analysis/index.ts";
import { comparedVariants, type Experiment, runsOf, type StartExperiment } from "./index.ts";

let testBench: TestBench;

beforeAll(async () => {
  testBench = await openTestBench();
  testBench.startExecutor();
});
afterAll(async () => await testBench.close());

const scenario = thrashingScenario(300);

async function ended(input: Omit<StartExperiment, "scenario"> & { readonly scenario?: Scenario }): Promise<Experiment> {
  const begun = await testBench.experiments.startExperiment({ scenario, ...input });
  for (const run of runsOf(begun)) await testBench.ended(run);
  return await testBench.experiments.getExperiment(begun.id);
}

test("an experiment has a run for each variant and seed, and one without overcommitment for each seed", async () => {
  const variants = [{ policy: "ballooning" }, { policy: "host-swap", parameters: { order: "lru" } }];
  const experiment = await ended({ variants, seeds: [3, 8] });
  expect(experiment).toMatchObject({ kind: "comparison", seeds: [3, 8], baseline: 0, status: "completed" });
  expect(experiment.variants.map(({ label, role, uncommitted }) => [label, role, uncommitted])).toEqual([
    ["ballooning", "compared", 2],
    ["host-swap:order=lru", "compared", 2],
    ["uncommitted", "uncommitted", null],
  ]);
  for (const { cells } of experiment.variants)
    expect(cells.map(({ seed, run }) => [seed, run?.seed])).toEqual([
      [3, 3],
      [8, 8],
    ]);
  // Under one seed all variants meet the same accesses: those of a VM that completes its work are as many.
  const accesses = (seed: number): unknown[] =>
    experiment.variants.map(({ cells }) => cells[seed]!.metrics!.vms.map((vm) => (vm.workNs === null ? null : vm.accesses)));
  expect(accesses(0)[0]).toEqual(accesses(0)[2]);
  // The slowdown of a VM is the ratio of its work times; the run without overcommitment is the base, and has no base itself.
  const [ballooning, , uncommitted] = experiment.variants;
  const [own, base] = [ballooning!.cells[0]!, uncommitted!.cells[0]!];
  expect(own.relative?.vms[0]?.slowdown).toBe(own.metrics!.vms[0]!.workNs! / base.metrics!.vms[0]!.workNs!);
  expect(base.relative).toBeNull();
  const slowdown = analyseExperiment(experiment).metrics.find(({ name }) => name === "slowdown")!;
  expect(slowdown.variants.map(({ values }) => values)).toEqual(
    comparedVariants(experiment).map(({ cells }) => cells.map(({ relative }) => relative!.slowdown)),
  );
  expect(slowdown.comparisons).toMatchObject([{ label: "host-swap:order=lru", pairs: 2, missing: 0 }]);
  // With memory for all nothing is reclaimed.
  for (const { metrics } of experiment.variants[2]!.cells) {
    expect(metrics).toMatchObject({ hostMajorFaults: 0, pagesStolen: 0, balloonedPages: 0, vmsKilled: 0 });
  }
});

test("overrides change the scenario of a variant, and variants that differ in the host's memory alone share their reference", async () => {
  const frames = [scenario.host.framePages, scenario.host.framePages + 8];
  const variants = frames.map((framePages) => ({ policy: "host-swap", overrides: { "host.framePages": framePages } }));
  const experiment = await ended({ variants, seeds: 1, kind: "sweep" });
  expect(experiment.variants.map(({ role }) => role)).toEqual(["compared", "compared", "uncommitted"]);
  const used = await Promise.all(runsOf(experiment).map(async ({ id }) => (await testBench.runs.getScenario(id)).host.framePages));
  expect(used.slice(0, 2)).toEqual(frames);
  expect(comparedVariants(experiment).map(({ label }) => label)).toEqual(
    frames.map((framePages) => `host-swap scenario.host.framePages=${framePages}`),
  );
});

test("asked for again under its key it is the same experiment, and its runs stay or go when it is deleted", async () => {
  const input = { scenario, variants: [{ policy: "host-swap" }], seeds: 2, uncommitted: false, idempotencyKey: randomUUID() };
  const [first, again] = [await testBench.experiments.startExperiment(input), await testBench.experiments.startExperiment(input)];
  expect(again.id).toBe(first.id);
  expect(runsOf(again).map(({ id }) => id)).toEqual(runsOf(first).map(({ id }) => id));
  await expect(testBench.experiments.startExperiment({ ...input, seeds: 3 })).rejects.toMatchObject({ code: "IDEMPOTENCY_CONFLICT" });
  for (const run of runsOf(first)) await testBench.ended(run);
  await testBench.experiments.deleteExperiment(first.id, { withRuns: false });
  expect(await testBench.runs.getRun(runsOf(first)[0]!.id)).toMatchObject({ experimentId: null });
  await expect(testBench.experiments.getExperiment(first.id)).rejects.toMatchObject({ code: "EXPERIMENT_NOT_FOUND" });
});

test.each([
  [{ variants: [] }, "INPUT_INVALID", "from 1 to 32"],
  [{ seeds: 0 }, "INPUT_INVALID", "from 1 to 10000 seeds, not 0"],
  [{ seeds: [] }, "INPUT_INVALID", "at least one seed"],
  [{ seeds: [1, 1] }, "INPUT_INVALID", "seed 1 is named twice"],
  [{ seeds: [1.5] }, "INPUT_INVALID", "not 1.5"],
  [{ baseline: 1 }, "INPUT_INVALID", "from 0 to 0"],
  [{ variants: [{ policy: "host-swap" }, { policy: "host-swap" }] }, "INPUT_INVALID", "are the same"],
  [{ variants: [{ policy: "host-swap", overrides: { seed: 3 } }] }, "INPUT_INVALID", "the experiment's seeds"],
  [{ variants: [{ policy: "host-swap", overrides: { "host.frames": 3 } }] }, "INPUT_INVALID", 'no key "frames"'],
  [{ variants: [{ policy: "host-swap", overrides: { "vms.nobody.shares": 3 } }] }, "INPUT_INVALID", 'no element "nobody"'],
  [{ variants: [{ policy: "host-swap", overrides: { "host.framePages": -1 } }] }, "SCENARIO_INVALID", "/host/framePages"],
  [{ variants: [{ policy: "nobody's" }] }, "POLICY_NOT_FOUND", "nobody's"],
])("%j is refused, and nothing of it is queued", async (wrong, code, message) => {
  const named = { ...scenario, name: "refused" };
  const asked = testBench.experiments.startExperiment({ scenario: named, variants: [{ policy: "host-swap" }], ...wrong });
  await expect(asked).rejects.toMatchObject({ code, message: expect.stringContaining(message) as string });
  expect((await testBench.runs.listRuns({ scenario: "refused", first: 10 })).items).toEqual([]);
});

test("what happened under several seeds is noted once", async () => {
  const input = { scenario: thrashingScenario(5_000), variants: [{ policy: "no-reclaim" }], seeds: [3, 8, 9], uncommitted: false };
  const { notes } = await ended(input);
  // Oracle: without reclamation the host runs out of memory, whatever the seed.
  const killed = notes.filter((note) => note.includes("killed"));
  expect(killed).toEqual([expect.stringMatching(/^Under no-reclaim with all 3 seeds 1 VM was killed: /)]);
});

test("an experiment that keeps only figures has those of one that keeps events", async () => {
  const input = { variants: [{ policy: "host-swap" }], seeds: [3, 8], uncommitted: false };
  const [events, figures] = [await ended(input), await ended({ ...input, keep: "figures" })];
  expect([events.keeps, figures.keeps]).toEqual(["events", "figures"]);
  const found = ({ variants }: Experiment): unknown =>
    variants.map(({ cells }) => cells.map(({ run, metrics }) => ({ digest: run?.digest, metrics })));
  expect(found(figures)).toEqual(found(events));
});

test("lists show what experiments are and how they stand, as they do themselves", async () => {
  const { experiments } = testBench;
  const begun = await experiments.startExperiment({ scenario, variants: [{ policy: "host-swap" }], seeds: 2 });
  const stands = async (): Promise<unknown> => (await experiments.listExperiments({ first: 1 })).items[0];
  const { id, kind, scenarioName, seeds, keeps, createdAt } = begun;
  const head = { id, kind, scenarioName, seeds, keeps, createdAt, labels: ["host-swap"] };
  expect(await stands()).toMatchObject(head);
  for (const run of runsOf(begun)) await testBench.ended(run);
  expect(await stands()).toEqual({ ...head, status: "completed" });
  await testBench.runs.deleteRun(runsOf(begun)[0]!.id);
  // Oracle: the experiment itself.
  expect(await stands()).toEqual({ ...head, status: (await experiments.getExperiment(id)).status });
});

test("an experiment of which a run was deleted says so, and keeps the others", async () => {
  const experiment = await ended({ variants: [{ policy: "host-swap" }, { policy: "no-reclaim" }], seeds: 1, uncommitted: false });
  const [first] = runsOf(experiment);
  await testBench.runs.deleteRun(first!.id);
  const shown = await testBench.experiments.getExperiment(experiment.id);
  expect(shown).toMatchObject({ status: "failed", variants: [{ cells: [{ run: null, metrics: null }] }, {}] });
  expect(shown.notes.join(" ")).toContain("The run of host-swap was deleted.");
  expect(analyseExperiment(shown).conclusion).toContain("host-swap has no result under the one seed");
});
