import { type ExecutionArgs, type ExecutionResult, getOperationAST, OperationTypeNode } from "graphql";
import type { Plugin } from "graphql-yoga";
import type { StateLease } from "../../history/index.ts";
import type { GraphqlContext } from "../context.ts";
import { startDeadline, timedOut } from "./deadline.ts";

/**
 * Ends the execution of an operation when its client has gone or the server closes, and of a query when its time is
 * over. Mutations take the time they need: `verifyRun` executes a whole run again.
 */
export function useDeadlines(maxMs: number): Plugin<GraphqlContext> {
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const isQuery = getOperationAST(args.document, args.operationName)?.operation === OperationTypeNode.QUERY;
      const { contextValue } = args as { contextValue: GraphqlContext };
      if (!isQuery) {
        Object.assign(args, { signal: contextValue.signal });
        return;
      }
      setExecuteFn(async (given: ExecutionArgs): Promise<ExecutionResult> => {
        const deadline = startDeadline(contextValue.signal, maxMs);
        const loans: StateLease[] = [];
        try {
          const inTime = {
            ...given,
            signal: deadline.signal,
            contextValue: { ...contextValue, signal: deadline.signal, loans },
          };
          const result = (await executeFn(inTime)) as ExecutionResult;
          // Not after a failure: a resolver may still be at work on a state, which is then left to the garbage collector.
          for (const loan of loans) loan.release();
          return result;
        } catch (error) {
          throw deadline.isOver() ? timedOut(maxMs) : error;
        } finally {
          deadline.clear();
        }
      });
    },
    onSubscribe({ args }) {
      Object.assign(args, { signal: (args.contextValue as GraphqlContext).signal });
    },
  };
}
