import { BallastError } from "@ballast/core/errors";
import type { RelativeResults } from "@ballast/core/metrics";
import { relativeResults } from "@ballast/core/metrics";
import { comparedVariants, type Experiment, type Variant } from "../experiment.ts";
import type { StartExperiment } from "../service/experiment-service.ts";
import { type Axis, axisOf } from "./axis.ts";
import type { CapacityAnswer, CapacityPoint, CapacityQuestion } from "./capacity.ts";
import { estimateSlowdown } from "./estimate-slowdown.ts";
import { PolicySearch } from "./policy-search.ts";

/** Starts an experiment and gives it back when all of its runs have ended. */
export type Execute = (input: StartExperiment) => Promise<Experiment>;

/** Hears of each point as soon as it is known. */
export type OnPoint = (label: string, point: CapacityPoint) => void;

/**
 * The most VMs, or the least memory, with which a percentile of the VMs' slowdowns stays below a limit, for each policy. Each step is an
 * experiment of all policies that need it; under a seed, all of them meet the same accesses.
 * @throws BallastError INPUT_INVALID for a limit below 1, a percentile that is none, no policy, unknown VMs, or VMs that do nothing;
 * what `execute` throws; RUN_FAILED if a run did not complete.
 */
export async function findCapacity(
  question: CapacityQuestion,
  execute: Execute,
  onPoint: OnPoint = () => undefined,
): Promise<CapacityAnswer> {
  requireQuestion(question);
  const { scenario, policies, maxSlowdown, percentile } = question;
  const axis = axisOf(question);
  const searches = policies.map(() => new PolicySearch(axis, maxSlowdown));
  const steps = new Steps(question, axis, execute);
  for (let wanted = wantedBy(searches); wanted.size > 0; wanted = wantedBy(searches)) {
    for (const [load, places] of wanted) {
      for (const [place, { label, point }] of await steps.measure(load, places)) {
        searches[place]!.add(load, label, point);
        onPoint(label, point);
      }
    }
  }
  const answer = { scenarioName: scenario.name, vary: axis.vary, vm: axis.vm, maxSlowdown, percentile, resolution: axis.resolution };
  return { ...answer, seeds: steps.seeds, policies: searches.map((search) => search.capacity()) };
}

/** Loads that searches need next, each with the places of their policies. */
function wantedBy(searches: readonly PolicySearch[]): Map<number, number[]> {
  const wanted = new Map<number, number[]>();
  for (const [place, search] of searches.entries()) {
    const load = search.next();
    if (load !== null) wanted.set(load, [...(wanted.get(load) ?? []), place]);
  }
  return wanted;
}

type Measured = { readonly label: string; readonly point: CapacityPoint };

/** The experiments of a search. */
class Steps {
  readonly #question: CapacityQuestion;
  readonly #axis: Axis;
  readonly #execute: Execute;
  /** Varying frames leaves the VMs as they are, so that all steps share the runs without overcommitment of the first. */
  #reference: Variant | undefined;
  #seeds: readonly number[] = [];

  constructor(question: CapacityQuestion, axis: Axis, execute: Execute) {
    this.#question = question;
    this.#axis = axis;
    this.#execute = execute;
  }

  get seeds(): readonly number[] {
    return this.#seeds;
  }

  /** By the place of the policy. */
  async measure(load: number, places: readonly number[]): Promise<Map<number, Measured>> {
    const { policies, seeds } = this.#question;
    const experiment = await this.#execute({
      kind: "capacity",
      scenario: this.#axis.scenarioAt(load),
      variants: places.map((place) => policies[place]!),
      uncommitted: this.#reference === undefined,
      ...(seeds === undefined ? {} : { seeds }),
    });
    this.#seeds = experiment.seeds;
    const reference = this.#reference ?? experiment.variants.find(({ role }) => role === "uncommitted")!;
    if (this.#axis.vary === "frames") this.#reference = reference;
    const variants = comparedVariants(experiment);
    return new Map(places.map((place, index) => [place, this.#pointOf(load, experiment, { variant: variants[index]!, reference })]));
  }

  #pointOf(load: number, { id }: Experiment, { variant, reference }: { readonly variant: Variant; readonly reference: Variant }): Measured {
    const { percentile, maxSlowdown } = this.#question;
    const seeds = variant.cells.map((_cell, seed) => relativeAt(variant, reference, seed));
    const estimate = estimateSlowdown(seeds, percentile);
    if (estimate === null)
      throw new BallastError("INPUT_INVALID", "No VM of the scenario makes accesses or has an end: nothing is slowed down.");
    const vmsLost = seeds.reduce((sum, { vmsWithoutSlowdown }) => sum + (vmsWithoutSlowdown ?? 0), 0);
    const value = this.#axis.valueOf(load);
    return { label: variant.label, point: { ...estimate, value, keeps: estimate.mean <= maxSlowdown, vmsLost, experimentId: id } };
  }
}

/** @throws BallastError with the code of the run's failure. */
function relativeAt(variant: Variant, reference: Variant, seed: number): RelativeResults {
  const [cell, base] = [variant.cells[seed]!, reference.cells[seed]!];
  for (const { run, metrics } of [cell, base]) {
    if (metrics !== null) continue;
    const why = run === null ? "was deleted" : `is ${run.status}${run.error === null ? "" : `: ${run.error.message}`}`;
    throw new BallastError(run?.error?.code ?? "RUN_STATE", `The run of ${variant.label} with seed ${cell.seed} ${why}`);
  }
  return relativeResults(cell.metrics!, base.metrics!);
}

function requireQuestion({ maxSlowdown, percentile, policies }: CapacityQuestion): void {
  if (!(Number.isFinite(maxSlowdown) && maxSlowdown >= 1)) {
    throw new BallastError(
      "INPUT_INVALID",
      `The limit of the slowdown is a number from 1, not ${maxSlowdown}: 1.1 lets a VM take a tenth longer.`,
    );
  }
  if (!(Number.isSafeInteger(percentile) && percentile >= 1 && percentile <= 100)) {
    throw new BallastError("INPUT_INVALID", `The percentile of the VMs is a whole number from 1 to 100, not ${percentile}.`);
  }
  if (policies.length === 0) throw new BallastError("INPUT_INVALID", "A capacity is searched for under at least one policy.");
}
