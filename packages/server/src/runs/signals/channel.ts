/**
 * Besides the heads of runs, which the event store announces: payload `<what>:<run>`. Hints: everything is also polled.
 */
export const RUNS_CHANNEL = "ballast_runs";

/**
 * `queued`: there may be a run to claim. `commanded`: a command waits in the run's inbox. `changed`: the run's status,
 * or the answer to one of its commands, is another one.
 */
export type RunSignal = "queued" | "commanded" | "changed";

/** SQL that announces a run: `expression` is what gives its number. */
export function announce(signal: RunSignal, expression: string): string {
  return `pg_notify('${RUNS_CHANNEL}', '${signal}:' || ${expression})`;
}
