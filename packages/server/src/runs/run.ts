import type { ErrorCode } from "@ballast/core/errors";
import type { ParameterValues } from "@ballast/core/policy";
import type { Faults } from "./faults.ts";

/**
 * `queued`: no executor has begun it. `running`: an executor works on it, or will as soon as one is free.
 * `waiting`: only a command can make something happen. `paused`: a command has to resume it.
 * The last three are final.
 */
export const RUN_STATUSES = ["queued", "running", "waiting", "paused", "completed", "stopped", "failed"] as const;

export type RunStatus = (typeof RUN_STATUSES)[number];

/** The run's history will not grow any more. */
export function isFinal(status: RunStatus): boolean {
  return status === "completed" || status === "stopped" || status === "failed";
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text can be the id of a run or of a comparison at all: Postgres refuses to look for any other. */
export function isRunId(text: string): boolean {
  return UUID.test(text);
}

/** One execution of a scenario under a policy, as far as it has come. */
export type Run = {
  /** A UUID. */
  readonly id: string;
  /** Its number in the event log (`runs.id`), which the event store and the history take. */
  readonly logId: number;
  readonly scenarioName: string;
  readonly policyName: string;
  readonly policyVersion: string;
  /** Complete: defaults are filled in. */
  readonly parameters: ParameterValues;
  readonly seed: number;
  readonly status: RunStatus;
  /** Of a failed run. */
  readonly error: RunError | null;
  /** Of a run that keeps "figures", head and digest are those of the events that it made, once it has completed. */
  readonly keeps: Keeps;
  /** What it was started for, in a word of its client; null: none was given. */
  readonly label: string | null;
  /** Position of the last event that is stored; 0 before the first. */
  readonly headPosition: number;
  /** Simulated time of that event, in ns. */
  readonly headTimeNs: number;
  /** Version of the event catalogue that its events are of. */
  readonly catalogueVersion: number;
  /** Hex digest over every event up to the head, chained. */
  readonly digest: string;
  /** Accesses made by all VMs up to the head. */
  readonly accesses: number;
  /** null until it has completed or was stopped, and of a failed run. */
  readonly faults: Faults | null;
  /** Work time of `RunMetrics`; null where `faults` is, and if no VM completed its work. */
  readonly workNs: number | null;
  readonly createdAt: Date;
  /** When an executor first began it. */
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** The experiment that it belongs to. */
  readonly experimentId: string | null;
};

/** What of a run is stored. */
export const KEEPS = ["events", "figures"] as const;
export type Keeps = (typeof KEEPS)[number];

export type RunError = { readonly code: ErrorCode; readonly message: string };

/** A page of a list; `endCursor` continues it. */
export type Slice<Item> = {
  readonly items: readonly Item[];
  /** Of each item: what continues the list after it. */
  readonly cursors: readonly string[];
  readonly endCursor: string | null;
  readonly hasMore: boolean;
};
