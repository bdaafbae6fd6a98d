import type { ExecutionResult } from "graphql";
import { isAsyncIterable, mapAsyncIterator, type Plugin } from "graphql-yoga";
import type { GraphqlContext } from "../context.ts";
import { maskError, type FailedRequest } from "../errors/mask-error.ts";

/** Gives every error of every answer a code of the closed list, over HTTP. */
export function useCodedErrors(): Plugin<GraphqlContext> {
  return {
    onExecutionResult({ result, setResult, context }) {
      if (result === undefined) return;
      const { requestId, services } = context as unknown as GraphqlContext;
      const request = { requestId, logger: services.logger };
      if (!isAsyncIterable(result)) setResult(codeErrors(result as ExecutionResult, request));
      else setResult(mapAsyncIterator(result, (part) => codeErrors(part as ExecutionResult, request)));
    },
  };
}

export function codeErrors<Result extends ExecutionResult>(result: Result, request: FailedRequest): Result {
  if (result.errors === undefined) return result;
  return { ...result, errors: result.errors.map((error) => maskError(error, request)) };
}
