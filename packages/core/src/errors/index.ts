/** @internal Part of Ballast itself: changes without notice. */
import { ERROR_CODES, type ErrorCode } from "./codes.ts";
import type { Problem } from "./problem-list.ts";

export { ERROR_CODES, type ErrorCode };
export { type Problem, ProblemList } from "./problem-list.ts";
export { describeFound } from "./tell-found.ts";

/**
 * An expected failure: says what happened with its numbers and units, and what to do about it.
 * Anything else that is thrown is a fault of the program.
 */
export class BallastError extends Error {
  override readonly name = "BallastError";
  readonly code: ErrorCode;
  readonly problems: readonly Problem[];

  constructor(code: ErrorCode, message: string, options: { problems?: readonly Problem[]; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.problems = options.problems ?? [];
  }
}

/** Several problems of one input as one error that lists them all. */
export function problemsError(code: ErrorCode, what: string, problems: readonly Problem[]): BallastError {
  const lines = problems.map((problem) => `  ${problem.path === "" ? "(whole)" : problem.path}: ${problem.message}`);
  return new BallastError(code, `${what}:\n${lines.join("\n")}`, { problems });
}
