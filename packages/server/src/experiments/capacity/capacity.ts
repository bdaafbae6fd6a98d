import type { Scenario } from "@ballast/core/scenario";
import type { VariantChoice } from "../service/experiment-service.ts";

/** What a search changes: how many VMs of a kind there are, or how many frames the host has. */
export const VARIED = ["vms", "frames"] as const;
export type Varied = (typeof VARIED)[number];

export type CapacityQuestion = {
  readonly scenario: Scenario;
  /** Each is searched for by itself, on the same seeds. */
  readonly policies: readonly VariantChoice[];
  readonly seeds?: number | readonly number[];
  readonly vary: Varied;
  /** The kind of VMs that is varied: its name, without the number of a copy. May be left out if the scenario has one kind. */
  readonly vm?: string | undefined;
  /** From 1. */
  readonly maxSlowdown: number;
  /** A whole number from 1 to 100 (both included): of the VMs of a run, as many per cent have to keep the limit. */
  readonly percentile: number;
};

/** A slowdown over the seeds. Infinity: a VM that was killed, refused or made no progress decides it. */
export type SlowdownEstimate = {
  /** One for each seed, in their order: the percentile over the VMs. */
  readonly values: readonly number[];
  readonly mean: number;
  /** A 95 % interval for the mean; equal to it with one seed. */
  readonly low: number;
  readonly high: number;
};

/** One step of the search: a number of VMs or of frames. */
export type CapacityPoint = SlowdownEstimate & {
  readonly value: number;
  /** Whether the mean keeps the limit. */
  readonly keeps: boolean;
  /** VMs without a slowdown because they were killed, refused or made no progress, over all seeds. */
  readonly vmsLost: number;
  readonly experimentId: string;
};

export type PolicyCapacity = {
  readonly label: string;
  /** The most VMs, or the least frames, at which the mean keeps the limit; null: it keeps it nowhere. */
  readonly value: number | null;
  /** The same for the upper bound of the interval, and for its lower bound: with 95 % confidence in each point, it lies between them. */
  readonly sure: number | null;
  readonly possible: number | null;
  /** Whether the search ended at the end of its range, so that there may be more. */
  readonly isAtEnd: boolean;
  /** Every point that was walked, by its value. */
  readonly points: readonly CapacityPoint[];
  /** What speaks against the assumption that more load slows down more, and why there is no value. */
  readonly notes: readonly string[];
};

export type CapacityAnswer = {
  readonly scenarioName: string;
  readonly vary: Varied;
  /** The kind of VMs; null if frames are varied. */
  readonly vm: string | null;
  readonly maxSlowdown: number;
  readonly percentile: number;
  readonly seeds: readonly number[];
  /** Values are searched for to within so much. */
  readonly resolution: number;
  readonly policies: readonly PolicyCapacity[];
};
