import type { ExecutionResult } from "graphql";
import { isAsyncIterable, mapAsyncIterator, type Plugin } from "graphql-yoga";
import type { Logger } from "pino";
import { maskError, type FailedRequest } from "../errors/mask-error.ts";

/** Gives every error of every answer a code of the closed list, over HTTP. */
export function useCodedErrors(logger: Logger): Plugin {
  return {
    onExecutionResult: (answer) => {
      const { result, context } = answer;
      if (result === undefined) return;
      // A document that cannot be parsed has no context of its own yet: this is what came with the request.
      const { requestId } = context as unknown as FailedRequest;
      const request = { requestId, logger };
      if (!isAsyncIterable(result)) answer.setResult(codeErrors(result as ExecutionResult, request));
      else answer.setResult(mapAsyncIterator(result, (part) => codeErrors(part as ExecutionResult, request)));
    },
  };
}

export function codeErrors<Result extends ExecutionResult>(result: Result, request: FailedRequest): Result {
  if (result.errors === undefined) return result;
  return { ...result, errors: result.errors.map((error) => maskError(error, request)) };
}
