import type { RequestContext } from "../../api/request-context.ts";
import type { Steps } from "../../history/index.ts";
import { turns } from "../../api/turns.ts";

/**
 * The items of a list while its turn of the event loop lasts, and promises of the others, each kept in a later turn. The executor
 * takes an item only when it has completed the one before.
 */
export function* inTurns<Item>(items: readonly Item[], context: RequestContext): Generator<Item | Promise<Item>, void, void> {
  for (const item of items) yield turns.isOver() ? turns.next(context.budget ?? items, context.signal).then(() => item) : item;
}

/** Does the steps of a long work, and lets the event loop turn between them. @throws what the operation was aborted with. */
export async function finishInTurns<Result>(steps: Steps<Result>, { budget, signal }: RequestContext): Promise<Result> {
  for (;;) {
    if (turns.isOver()) await turns.next(budget ?? steps, signal);
    signal.throwIfAborted();
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
