import { randomUUID } from "node:crypto";
import { BallastError } from "@ballast/core/errors";
import { printScenario, type Scenario, seedVariation } from "@ballast/core/scenario";
import type { Pool, PoolClient } from "pg";
import { inTransaction } from "../../database/index.ts";
import type { Keeps } from "../../runs/index.ts";
import { checkScenario, type RunLimits } from "../../runs/service/prepare-run.ts";
import type { RunQueue } from "../../runs/queue/run-queue.ts";
import { createOnce } from "../../runs/store/idempotency.ts";
import { insertRun } from "../../runs/store/new-run.ts";
import type { FindPolicy } from "../../runs/worker/kernel-input.ts";
import type { Design } from "../design.ts";
import type { ExperimentKind } from "../experiment.ts";
import { insertExperiment } from "../store/experiment-rows.ts";
import type { StartExperiment } from "./experiment-service.ts";
import { type PreparedVariant, prepareVariants } from "./prepare-variants.ts";
import { seedsFrom } from "./seeds.ts";

/** As many as a place, a smallint, tells apart. */
const MAX_VARIANTS = 32_767;
const MAX_COMPARED = 32;
export const MAX_EXPERIMENT_RUNS = 1_000_000;

/** Checks experiments and queues their runs. */
export class ExperimentStarter {
  readonly #pool: Pool;
  readonly #queue: RunQueue;
  readonly #findPolicy: FindPolicy;
  readonly #limits: RunLimits;

  constructor(pool: Pool, queue: RunQueue, findPolicy: FindPolicy, limits: RunLimits) {
    this.#pool = pool;
    this.#queue = queue;
    this.#findPolicy = findPolicy;
    this.#limits = limits;
  }

  /** @returns the experiment's id. @throws BallastError like `ExperimentService.startExperiment`. */
  async start(input: StartExperiment): Promise<string> {
    const { kind = "comparison", scenario, baseline = 0, keep: keeps = "events" } = input;
    requireCount(input.variants.length, kind === "comparison" ? MAX_COMPARED : MAX_VARIANTS);
    requireBaseline(baseline, input.variants.length);
    const seeds = seedsFrom(scenario.seed, input.seeds);
    const prepared = prepareVariants(this.#findPolicy, input);
    requireRuns(prepared.length * seeds.length);
    const memoryBytes = await this.#checkAll(prepared);
    const variants = prepared.map(({ variant }) => variant);
    const kept = keeps === "events" ? {} : { keeps };
    const design: Design = { kind, seeds, baseline, ...kept, variants, seeded: seedVariation(scenario) };
    const id = randomUUID();
    return await inTransaction(this.#pool, async (client) => {
      return await createOnce(client, input.idempotencyKey, wantedOf(design, scenario), id, async () => {
        await insertExperiment(client, id, scenario.name, design);
        await this.#insertRuns(client, { id, kind, keeps, seeds, prepared, memoryBytes });
      });
    });
  }

  /** The most memory that a run of each variant takes. */
  async #checkAll(prepared: readonly PreparedVariant[]): Promise<number[]> {
    const memoryBytes: number[] = [];
    for (const places of byScenario(prepared)) {
      const [first = 0] = places;
      const chosen = places.map((place) => prepared[place]!.chosen);
      const needed = await checkScenario(this.#pool, prepared[first]!.scenario, chosen, this.#limits);
      for (const [index, place] of places.entries()) memoryBytes[place] = needed[index]!;
    }
    return memoryBytes;
  }

  async #insertRuns(client: PoolClient, queued: Queued): Promise<void> {
    const { id, keeps, prepared, memoryBytes } = queued;
    for (const { place, seed } of orderOf(queued)) {
      const { variant, scenario } = prepared[place]!;
      const { policyName, policyVersion, parameters } = variant;
      await insertRun(this.#pool, this.#queue, client, {
        id: randomUUID(),
        scenario: { ...scenario, seed },
        policyName,
        policyVersion,
        parameters,
        isPaused: false,
        keeps,
        label: null,
        memoryBytes: memoryBytes[place]!,
        experiment: { id, place },
      });
    }
  }
}

type Queued = {
  readonly id: string;
  readonly kind: ExperimentKind;
  readonly keeps: Keeps;
  readonly seeds: readonly number[];
  readonly prepared: readonly PreparedVariant[];
  readonly memoryBytes: readonly number[];
};

/**
 * In which order runs are queued. Of a comparison seed by seed, so that all variants are equally far; of others point by point, so that
 * points come one after the other, behind the references of all.
 */
function orderOf({ kind, seeds, prepared }: Queued): { readonly place: number; readonly seed: number }[] {
  const places = [...prepared.keys()];
  if (kind === "comparison") return seeds.flatMap((seed) => places.map((place) => ({ place, seed })));
  const references = places.filter((place) => prepared[place]!.variant.role !== "compared");
  const points = places.filter((place) => prepared[place]!.variant.role === "compared");
  return [...references, ...points].flatMap((place) => seeds.map((seed) => ({ place, seed })));
}

/** Places of the variants that have the same scenario. */
function byScenario(prepared: readonly PreparedVariant[]): number[][] {
  const places = new Map<string, number[]>();
  for (const [place, { scenario }] of prepared.entries()) {
    const text = printScenario(scenario);
    places.set(text, [...(places.get(text) ?? []), place]);
  }
  return [...places.values()];
}

/** What an idempotency key stands for: of a comparison as the first version asked for it, what it was then. */
function wantedOf(design: Design, scenario: Scenario): unknown {
  const { kind, seeds, baseline, keeps, variants } = design;
  const isFormer = kind === "comparison" && keeps === undefined && seeds.length === 1 && baseline === 0 && variants.every(isPlain);
  if (!isFormer) return { kind: "experiment", scenario, design };
  const policies = variants.map(({ policyName, policyVersion, parameters }) => ({ policyName, policyVersion, parameters }));
  return { kind: "comparison", scenario: { ...scenario, seed: seeds[0] }, policies };
}

function isPlain({ role, overrides, uncommitted }: Design["variants"][number]): boolean {
  return role === "compared" && uncommitted === null && Object.keys(overrides).length === 0;
}

function requireCount(count: number, max: number): void {
  if (count >= 1 && count <= max) return;
  throw new BallastError("INPUT_INVALID", `It takes from 1 to ${max} policies or variants, not ${count}.`);
}

function requireBaseline(baseline: number, count: number): void {
  if (Number.isSafeInteger(baseline) && baseline >= 0 && baseline < count) return;
  throw new BallastError("INPUT_INVALID", `The baseline is the place of a variant, from 0 to ${count - 1}, not ${baseline}.`);
}

function requireRuns(count: number): void {
  if (count <= MAX_EXPERIMENT_RUNS) return;
  const message = `It would be ${count} runs; an experiment has at most ${MAX_EXPERIMENT_RUNS}. Take fewer values or seeds.`;
  throw new BallastError("INPUT_INVALID", message);
}
