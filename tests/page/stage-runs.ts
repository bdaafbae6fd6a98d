import { parseScenario } from "../../packages/core/src/scenario/index.ts";
import type { Application } from "../../packages/server/src/application/index.ts";

/** Ids of what the tests look at. */
export type StageRuns = {
  /** The bundled sample, under `idle-steal` and `ballooning`, one seed: an experiment and its two runs. */
  readonly sample: { readonly experiment: string; readonly idleSteal: string; readonly ballooning: string };
  /** A small scenario under three policies and three seeds. */
  readonly small: { readonly experiment: string; readonly runs: readonly string[] };
  /** The bundled scenario of two-level translation. */
  readonly twoLevel: string;
  /** More VMs than a timeline has curves of. */
  readonly manyVms: string;
};

const MANY_VMS = parseScenario({
  name: "many-vms",
  description: "Ten VMs, each larger than the one before it.",
  host: { framePages: 400 },
  vms: Array.from({ length: 10 }, (_, place) => ({
    name: `vm-${place + 1}`,
    configuredPages: 16 + 4 * place,
    kernelPages: 2,
    processes: [{ name: "scan", virtualPages: 8 + 4 * place, workload: { kind: "cyclic", pages: 8 + 4 * place, accesses: 100 } }],
  })),
  policy: "no-reclaim",
});

/** Two VMs that want 40 pages each of a host of 56 frames. */
const SMALL = parseScenario({
  name: "small",
  description: "Two VMs on a host that is too small for both.",
  host: { framePages: 56 },
  vms: [
    {
      name: "vm",
      count: 2,
      configuredPages: 48,
      processes: [{ name: "scan", virtualPages: 40, workload: { kind: "uniform", pages: 40, accesses: 2_000 } }],
    },
  ],
  policy: "random-steal",
});

/** Makes the runs and waits for them. */
export async function makeRuns(application: Application): Promise<StageRuns> {
  const { experiments, runs, scenarios } = application;
  const [sampleScenario, twoLevel] = await Promise.all([scenarios.getScenario("sample"), scenarios.getScenario("two-level")]);
  const [sample, small, translated, many] = await Promise.all([
    experiments.startExperiment({ scenario: sampleScenario, variants: [{ policy: "idle-steal" }, { policy: "ballooning" }], seeds: [1] }),
    experiments.startExperiment({
      scenario: SMALL,
      variants: [{ policy: "random-steal" }, { policy: "idle-steal" }, { policy: "ballooning" }],
      seeds: [1, 2, 3],
    }),
    runs.startRun({ scenario: twoLevel }),
    runs.startRun({ scenario: MANY_VMS }),
  ]);
  await Promise.all([finished(application, sample.id), finished(application, small.id)]);
  const [idleSteal = "", ballooning = ""] = await runsOf(application, sample.id);
  return {
    sample: { experiment: sample.id, idleSteal, ballooning },
    small: { experiment: small.id, runs: await runsOf(application, small.id) },
    twoLevel: translated.id,
    manyVms: many.id,
  };
}

async function finished({ experiments }: Application, id: string): Promise<void> {
  for (;;) {
    const { status } = await experiments.getExperiment(id);
    if (status === "completed") return;
    if (status === "failed") throw new Error(`experiment ${id} failed`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Of the compared variants, by variant and then by seed. */
async function runsOf({ experiments }: Application, id: string): Promise<string[]> {
  const { variants } = await experiments.getExperiment(id);
  return variants
    .filter(({ role }) => role === "compared")
    .flatMap(({ cells }) => cells.flatMap(({ run }) => (run == null ? [] : [run.id])));
}
