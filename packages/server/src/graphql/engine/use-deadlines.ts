import { type ExecutionArgs, type ExecutionResult, getOperationAST, OperationTypeNode } from "graphql";
import { isAsyncIterable, type Plugin } from "graphql-yoga";
import type { RequestContext } from "../../api/request-context.ts";
import { AnswerBudget, type SharedBytes } from "../../api/limits/answer-budget.ts";
import { HeldStates } from "../../api/limits/held-states.ts";
import type { Limits } from "../../api/limits/limits.ts";
import { startDeadline } from "./deadline.ts";
import { turns } from "../../api/turns.ts";

type Execute = (args: ExecutionArgs) => Promise<ExecutionResult> | ExecutionResult;

/**
 * Ends the execution of an operation when its client has gone, the server closes or its answer grows too large, and of a query when
 * its time is over. Mutations take the time they need: `verifyRun` executes a whole run again.
 *
 * The executor is not given the signal: it would leave promises of fields that are not awaited, and their rejection would end
 * the process. The fields themselves look at it (see `meterFields`).
 */
export function useDeadlines(limits: Limits, shared: SharedBytes): Plugin<RequestContext> {
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const isQuery = getOperationAST(args.document, args.operationName)?.operation === OperationTypeNode.QUERY;
      setExecuteFn((given: ExecutionArgs) => executeBounded(given, executeFn as Execute, isQuery ? limits.maxMs : undefined));
    },
    onSubscribe({ args }) {
      const { contextValue } = args as { contextValue: RequestContext };
      const deadline = startDeadline(contextValue.signal, undefined);
      const budget = new AnswerBudget(limits, shared, (error) => deadline.abort(error));
      const end = (): void => {
        deadline.clear();
        budget.reset();
      };
      Object.assign(args, { contextValue: { ...contextValue, signal: deadline.signal, budget } });
      return {
        onSubscribeResult: ({ result }) => (isAsyncIterable(result) ? { onEnd: end } : end()),
        onSubscribeError: end,
      };
    },
  };

  async function executeBounded(given: ExecutionArgs, execute: Execute, maxMs: number | undefined): Promise<ExecutionResult> {
    const context = given.contextValue as RequestContext;
    const deadline = startDeadline(context.signal, maxMs);
    const budget = new AnswerBudget(limits, shared, (error) => deadline.abort(error));
    const { signal } = deadline;
    const states = new HeldStates({ gate: context.services.stateGate, signal, limits });
    let complete = false;
    try {
      const executing = async (): Promise<ExecutionResult> =>
        await execute({ ...given, contextValue: { ...context, signal, budget, states } });
      const result = await unlessAborted(executing(), signal);
      // The answer becomes one text next, in one go.
      if (turns.isOver()) await turns.next(budget, signal);
      complete = true;
      return result;
    } finally {
      deadline.clear();
      budget.reset();
      states.release({ complete });
    }
  }
}

/** @throws what the signal was aborted with, also if the result comes too late. */
async function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  // No `once` with a signal of its own: ending it makes an error with a stack for each request.
  const aborted = Promise.withResolvers<undefined>();
  const onAbort = (): void => aborted.resolve(undefined);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    signal.throwIfAborted();
    const result = await Promise.race([work, aborted.promise]);
    signal.throwIfAborted();
    return result as Result;
  } finally {
    signal.removeEventListener("abort", onAbort);
    // No caller is left for its later failures.
    work.catch(() => undefined);
  }
}
