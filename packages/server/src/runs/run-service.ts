import type { Command, PageActivity } from "@ballast/core/kernel";
import type { Scenario } from "@ballast/core/scenario";
import type { RunFilter, RunOrder } from "./run-list.ts";
import type { Keeps, Slice, Run, RunStatus } from "./run.ts";
import type { RunMetrics } from "./run-metrics.ts";
import type { QueueStatus } from "./store/queue-status.ts";

/**
 * How a policy is set. A missing parameter takes the scenario's value if the policy is the scenario's own, else the
 * policy's default.
 */
export type PolicySettings = {
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Missing parameters take the policy's defaults in any case. */
  readonly fromDefaults?: boolean;
};

export type StartRun = PolicySettings & {
  readonly scenario: Scenario;
  /** An installed policy; the scenario's own choice if not given. */
  readonly policy?: string;
  /** Instead of the scenario's. */
  readonly seed?: number;
  /** Paused before its first action, to be stepped. */
  readonly paused?: boolean;
  /** Only its figures and the digest of its events, or the events as well, as if not given. A run with figures alone takes no commands but stop. */
  readonly keep?: Keeps;
  /** What it is for, in a word by which lists of runs are filtered. */
  readonly label?: string;
  /** Same key and input: the same run. */
  readonly idempotencyKey?: string;
};

export type ListRuns = RunFilter & {
  /** Newest first if not given. */
  readonly order?: RunOrder;
  /** An `endCursor` of a list in the same order. */
  readonly after?: string | undefined;
  /** Maximum number of runs, 1 to 1,000. */
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
  /**
   * A run by its id, by the first letters of it, or the `latest`.
   * @throws BallastError RUN_NOT_FOUND; INPUT_INVALID for what cannot be an id, or fits several runs.
   */
  findRun(text: string): Promise<Run>;
  /** As `findRun`, also of a run that is damaged; a whole id is given back without a look. */
  findRunId(text: string): Promise<string>;
  /** The scenario as it was executed. @throws BallastError RUN_NOT_FOUND. */
  getScenario(id: string): Promise<Scenario>;
  /** null until the run has completed or was stopped, and of a failed one. */
  getMetrics(id: string): Promise<RunMetrics | null>;
  /**
   * A page of runs. Between pages, runs that are added or deleted neither repeat others nor hide them; one whose value changes in between may
   * be in two pages or in none. @throws BallastError CURSOR_INVALID, LIST_TOO_LARGE, INPUT_INVALID.
   */
  listRuns(query: ListRuns): Promise<Slice<Run>>;
  /** How many runs there are, up to `MAX_COUNTED_RUNS + 1`, which stands for more. */
  countRuns(filter: RunFilter): Promise<number>;
  /** Commands answer when the simulation has taken them: the run's head is then at or beyond their event. */
  pauseRun(id: string, signal?: AbortSignal): Promise<Run>;
  resumeRun(id: string, signal?: AbortSignal): Promise<Run>;
  /**
   * Resumes until at least `events` more events are made (an action makes all of its events), then pauses; answers when
   * it has paused, or after some seconds with the run still running.
   */
  stepRun(id: string, events: number, signal?: AbortSignal): Promise<Run>;
  stopRun(id: string, signal?: AbortSignal): Promise<Run>;
  /**
   * @returns the run, and the position of the command's event.
   * @throws COMMAND_INVALID; RUN_STATE for a final run, or if no executor takes the command in time.
   */
  sendCommand(id: string, command: Command, signal?: AbortSignal): Promise<{ run: Run; position: number }>;
  /**
   * Queues a run again that failed by what is around it (workers that died, a policy or trace that was not there): it continues from its last
   * checkpoint. @throws RUN_STATE for any other.
   */
  retryRun(id: string): Promise<Run>;
  /** The run, its events and everything derived from them. A running one is ended first. Its experiment stays. */
  deleteRun(id: string): Promise<void>;
  /**
   * Executes the run again, from its scenario and its recorded commands. @throws RUN_DIVERGED with the first position
   * that differs.
   */
  verifyRun(id: string, signal?: AbortSignal): Promise<Verification>;
  /**
   * When each page was last accessed, and which are dirty, as of the event at a position: found by executing the run again up to there.
   * @throws TIMED_OUT with how far that is: ask again; RUN_DIVERGED if the run cannot be executed again; HISTORY_DAMAGED; POLICY_NOT_FOUND;
   * SERVER_BUSY.
   */
  activityAt(id: string, position: number, signal: AbortSignal): Promise<PageActivity>;
  /** What is queued, and who executes runs. */
  getQueue(): Promise<QueueStatus>;
  watchRun(id: string): RunWatch;
  /** Ends what it listens with. */
  close(): Promise<void>;
};

/** The part that reads what is stored, without policies and simulation. */
export type RunReader = Pick<RunService, "getRun" | "findRun" | "findRunId" | "getMetrics" | "listRuns" | "countRuns" | "getQueue">;
