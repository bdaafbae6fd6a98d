import type { Scenario } from "@ballast/core/scenario";
import type { Keeps, PolicySettings, Slice } from "../../runs/index.ts";
import type { Experiment, ExperimentHead, ExperimentKind } from "../experiment.ts";

/** A variant as it is asked for. */
export type VariantChoice = PolicySettings & {
  /** An installed policy; the scenario's own choice if not given. */
  readonly policy?: string;
  /** Values of the scenario by their paths: see `setInScenario`. The seed and the policy are not set here. */
  readonly overrides?: Readonly<Record<string, unknown>>;
};

export type StartExperiment = {
  /** `comparison` if not given. */
  readonly kind?: ExperimentKind;
  readonly scenario: Scenario;
  /** No two of them equal. A comparison has from 1 to 32, others up to 32,767. */
  readonly variants: readonly VariantChoice[];
  /** The seeds, or how many from the scenario's seed on; 10 if not given. */
  readonly seeds?: number | readonly number[];
  /** The variant that the others are compared with, by its place; the first if not given. */
  readonly baseline?: number;
  /** Whether the same VMs are run without overcommitment, too, once per seed: the base of slowdowns. True if not given. */
  readonly uncommitted?: boolean;
  /** Whether policies that know the future are run, too, as bounds. False if not given. */
  readonly bounds?: boolean;
  /** What is kept of its runs; "events" if not given. Of "figures" `ballast run --again` makes the events of one run again. */
  readonly keep?: Keeps;
  /** Same key and input: the same experiment. */
  readonly idempotencyKey?: string;
};

/** The part that reads what is stored, without policies and simulation. */
export type ExperimentReader = {
  /** @throws BallastError EXPERIMENT_NOT_FOUND, HISTORY_DAMAGED. */
  getExperiment(id: string): Promise<Experiment>;
  /** An experiment by its id, by the first letters of it, or the `latest`. @throws BallastError EXPERIMENT_NOT_FOUND, INPUT_INVALID. */
  findExperiment(text: string): Promise<Experiment>;
  /** As `findExperiment`, also of one that is damaged; a whole id is given back without a look. */
  findExperimentId(text: string): Promise<string>;
  /** Newest first. @throws BallastError LIST_TOO_LARGE, INPUT_INVALID, CURSOR_INVALID. */
  listExperiments(query: { readonly after?: string; readonly first: number }): Promise<Slice<ExperimentHead>>;
};

export type ExperimentService = ExperimentReader & {
  /**
   * Queues all runs of it, whole or not at all.
   * @throws BallastError as `RunService.startRun`; INPUT_INVALID for seeds, overrides or a baseline that are none, for two equal
   * variants, and for more runs than an experiment has.
   */
  startExperiment(input: StartExperiment): Promise<Experiment>;
  /** The experiment that was begun under an idempotency key; undefined if there is none, or it was deleted. */
  findExperimentOfKey(idempotencyKey: string): Promise<Experiment | undefined>;
  /**
   * Its runs stay, as runs of no experiment, or are deleted before it as `deleteRun` does.
   * @returns the ids of the runs that were deleted. @throws BallastError EXPERIMENT_NOT_FOUND.
   */
  deleteExperiment(id: string, options: { readonly withRuns: boolean }): Promise<readonly string[]>;
};
