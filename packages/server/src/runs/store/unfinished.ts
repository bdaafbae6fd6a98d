/** For SQL: runs `r` that are not final. */
export const UNFINISHED = "r.status in ('queued', 'running', 'waiting', 'paused')";
/** Those of them that an executor has begun. */
export const BEGUN = "r.status in ('running', 'waiting', 'paused')";

export function hasOpenCommand(run: string): string {
  return `exists (select from run_commands c where c.run_id = ${run} and c.finished_at is null)`;
}

/** Whether a run `r` has something to do: a paused one, or one that waits, does nothing before a command. */
export const NEEDS_EXECUTOR = `(r.status in ('queued', 'running') or ${hasOpenCommand("r.id")})`;
