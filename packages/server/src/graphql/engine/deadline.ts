import { BallastError } from "@ballast/core/errors";

export type Deadline = {
  readonly signal: AbortSignal;
  readonly isOver: () => boolean;
  /** Aborts the signal before the time is over. */
  abort(reason: BallastError): void;
  clear(): void;
};

/**
 * A signal that aborts with another one, or when the time is over; undefined: it never is. `clear` must be called, so that no timer
 * is left.
 */
export function startDeadline(parent: AbortSignal, ms: number | undefined): Deadline {
  const controller = new AbortController();
  let over = false;
  const follow = (): void => controller.abort(parent.reason);
  const end = (): void => {
    over = true;
    controller.abort(timedOut(ms ?? 0));
  };
  const timer = ms === undefined ? undefined : setTimeout(end, ms);
  if (parent.aborted) follow();
  else parent.addEventListener("abort", follow, { once: true });
  return {
    signal: controller.signal,
    isOver: () => over,
    abort: (reason) => controller.abort(reason),
    clear: () => {
      clearTimeout(timer);
      parent.removeEventListener("abort", follow);
    },
  };
}

export function timedOut(ms: number): BallastError {
  return new BallastError("TIMED_OUT", `the work took longer than ${ms} ms, the limit: ask for less, or for a later page`);
}
