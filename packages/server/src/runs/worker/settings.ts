/** How runs are executed. Nothing here changes what happens in a run, only when it is stored. */
export type ExecutionSettings = {
  /** Events wait for company at most so long before they are committed. */
  readonly flushMs: number;
  /** Least wall time between two checkpoints; it grows with what one costs. */
  readonly checkpointMs: number;
  /** A run that is paused or waiting gives its worker back after so long. */
  readonly parkMs: number;
  /** How long to retry when Postgres is away or full. */
  readonly retryForMs: number;
};

export const DEFAULT_SETTINGS: ExecutionSettings = {
  flushMs: 200,
  checkpointMs: 2_000,
  parkMs: 10_000,
  retryForMs: 60_000,
};
