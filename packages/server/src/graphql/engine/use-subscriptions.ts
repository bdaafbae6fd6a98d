import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  executeSubscriptionEvent,
  mapSourceToResponseEvent,
  type RootSelectionSetExecutor,
  validateSubscriptionArgs,
  type ValidatedSubscriptionArgs,
} from "graphql";
import { isAsyncIterable, type Plugin } from "graphql-yoga";
import { Tail } from "../tail/tail.ts";
import { selectionOf } from "../tail/selection-of.ts";
import type { SharedResults } from "../tail/shared-results.ts";
import { tellingWhyItEnds } from "./telling-why-it-ends.ts";

/**
 * Subscriptions as graphql-js has them, but for two things: equal ones to the same events share their results, and one
 * whose source fails or is ended has the reason as its last result.
 */
export function useSubscriptions(results: SharedResults): Plugin {
  return {
    onSubscribe({ setSubscribeFn }) {
      setSubscribeFn((args: ExecutionArgs) => subscribe(args, results));
    },
  };
}

async function subscribe(
  args: ExecutionArgs,
  results: SharedResults,
): Promise<ExecutionResult | AsyncGenerator<ExecutionResult, void, void>> {
  const validated = validateSubscriptionArgs(args);
  if (!("schema" in validated)) return { errors: validated };
  const source = await createSourceEventStream(validated);
  if (!isAsyncIterable(source)) return source;
  return tellingWhyItEnds(mapSourceToResponseEvent(validated, source, sharingExecutor(args, validated, results)));
}

function sharingExecutor(args: ExecutionArgs, { operation }: ValidatedSubscriptionArgs, results: SharedResults): RootSelectionSetExecutor {
  const selection = selectionOf(args.document, operation, args.variableValues ?? {});
  return (event) => {
    const item = event.rootValue;
    if (!(item instanceof Tail)) return executeSubscriptionEvent(event);
    return results.get(item.slice, selection, () => executeSubscriptionEvent(event));
  };
}
