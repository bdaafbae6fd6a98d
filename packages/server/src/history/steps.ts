import { setImmediate } from "node:timers/promises";

/** Longest that steps keep the event loop, but for one of them. */
const TURN_MS = 10;

/** A long synchronous work that yields between its pieces, each of a few milliseconds at most. */
export type Steps<Result> = Generator<void, Result, void>;

/** Does all steps in one go. */
export function finishNow<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Does the steps, and lets the event loop turn between them. */
export async function finishSteps<Result>(steps: Steps<Result>): Promise<Result> {
  for (let begun = performance.now(); ;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - begun < TURN_MS) continue;
    await setImmediate();
    begun = performance.now();
  }
}
