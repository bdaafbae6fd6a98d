import type { ExecutionResult } from "graphql";
import { isAsyncIterable, mapAsyncIterator, type Plugin } from "graphql-yoga";
import { codedError } from "../errors/coded-error.ts";
import type { FailedRequest } from "../../api/errors/conceal-fault.ts";
import { maskError } from "../errors/mask-error.ts";
import { tooLarge } from "../../api/limits/answer-budget.ts";
import type { Services } from "../../api/services.ts";

type Parts = Pick<Services, "logger" | "limits">;

/** Gives every error of every answer a code of the closed list, over HTTP. */
export function useCodedErrors({ logger, limits }: Parts): Plugin {
  return {
    onExecutionResult: (answer) => {
      const { result, context } = answer;
      if (result === undefined) return;
      // A document that cannot be parsed has no context of its own yet: this is what came with the request.
      const { requestId } = context as unknown as FailedRequest;
      const request = { requestId, logger };
      const code = (part: ExecutionResult): ExecutionResult => codeErrors(part, request, limits.maxAnswerBytes);
      if (!isAsyncIterable(result)) answer.setResult(code(result as ExecutionResult));
      else answer.setResult(mapAsyncIterator(result, (part) => code(part as ExecutionResult)));
    },
  };
}

/** Errors are not in the budget of an answer; those of one that has more than it may have give way to one that says so. */
export function codeErrors(result: ExecutionResult, request: FailedRequest, maxBytes: number): ExecutionResult {
  if (result.errors === undefined) return result;
  const errors = result.errors.map((error) => maskError(error, request));
  if (errors.length > MANY_ERRORS && Buffer.byteLength(JSON.stringify(errors)) > maxBytes / 2)
    return { errors: [codedError("ANSWER_TOO_LARGE", tooLarge(maxBytes))] };
  return { ...result, errors };
}

/** Fewer than these take no more than some hundred kilobytes: a message has at most 2,000 characters. */
const MANY_ERRORS = 50;
