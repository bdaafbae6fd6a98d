import type { Command } from "@ballast/core/kernel";
import type { Scenario } from "@ballast/core/scenario";
import type { Comparison } from "./comparison.ts";
import type { Page, Run, RunStatus } from "./run.ts";

export type StartRun = {
  readonly scenario: Scenario;
  /** An installed policy; the scenario's own choice if not given. */
  readonly policy?: string;
  /** Of that policy; missing ones take their defaults. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Instead of the scenario's. */
  readonly seed?: number;
  /** Paused before its first action, to be stepped. */
  readonly paused?: boolean;
  /** Same key and input: the same run. */
  readonly idempotencyKey?: string;
};

export type ComparePolicies = {
  readonly scenario: Scenario;
  /** From 1 to 32. */
  readonly policies: readonly { readonly name: string; readonly parameters?: Readonly<Record<string, unknown>> }[];
  readonly seed?: number;
  readonly idempotencyKey?: string;
};

export type ListRuns = {
  readonly status?: RunStatus;
  /** Name of the scenario. */
  readonly scenario?: string;
  /** An `endCursor`. */
  readonly after?: string;
  /** At most so many, 1 to 1,000. Newest first. */
  readonly first: number;
};

/** What a re-execution found equal. */
export type Verification = { readonly runId: string; readonly positions: number; readonly digest: string };

export type RunProgress = Pick<Run, "status" | "headPosition" | "headTimeNs" | "accesses" | "error">;

/** What one `watchRun` waits with. */
export type RunWatch = {
  /**
   * Waits until the head is beyond the position or the run is final, and tells how far it is.
   * With `status`, also comes back when the status is another one.
   * @throws BallastError RUN_NOT_FOUND, also when the run is deleted meanwhile; the signal's reason when it aborts.
   */
  wait(afterPosition: number, signal: AbortSignal, status?: RunStatus): Promise<RunProgress>;
};

/**
 * Runs as people and programs see them. Every method throws BallastErrors for what is expected to happen:
 * RUN_NOT_FOUND for an unknown id, RUN_STATE where the run's status does not allow the call.
 */
export type RunService = {
  /**
   * @throws POLICY_NOT_FOUND, POLICY_PARAMETER_INVALID, TRACE_NOT_FOUND, SCENARIO_INVALID, INPUT_INVALID,
   * IDEMPOTENCY_CONFLICT.
   */
  startRun(input: StartRun): Promise<Run>;
  getRun(id: string): Promise<Run>;
  listRuns(query: ListRuns): Promise<Page<Run>>;
  /** Commands answer when the simulation has taken them: the run's head is then at or beyond their event. */
  pauseRun(id: string, signal?: AbortSignal): Promise<Run>;
  resumeRun(id: string, signal?: AbortSignal): Promise<Run>;
  /**
   * Resumes until at least so many more events are made (an action makes all of its events), then pauses; answers when
   * it has, or after some seconds with the run still on its way.
   */
  stepRun(id: string, events: number, signal?: AbortSignal): Promise<Run>;
  stopRun(id: string, signal?: AbortSignal): Promise<Run>;
  /**
   * @returns the run, and the position of the command's event.
   * @throws COMMAND_INVALID; RUN_STATE for a final run, or if no executor takes the command in time.
   */
  sendCommand(id: string, command: Command, signal?: AbortSignal): Promise<{ run: Run; position: number }>;
  /** The run, its events and everything derived from them. A running one is ended first. */
  deleteRun(id: string): Promise<void>;
  /**
   * Executes the run again, from its scenario and its recorded commands. @throws RUN_DIVERGED with the first position
   * that differs.
   */
  verifyRun(id: string, signal?: AbortSignal): Promise<Verification>;
  comparePolicies(input: ComparePolicies): Promise<Comparison>;
  /** @throws COMPARISON_NOT_FOUND. */
  getComparison(id: string): Promise<Comparison>;
  listComparisons(query: { readonly after?: string; readonly first: number }): Promise<Page<Comparison>>;
  watchRun(id: string): RunWatch;
  /** Ends what it listens with. */
  close(): Promise<void>;
};
