import { BallastError } from "@ballast/core/errors";

/** Every failure to run the embedded Postgres ends with the same way out, because it always exists. */
export function startError(message: string, cause?: unknown): BallastError {
  const wayOut = "Or set DATABASE_URL to a Postgres of your own (15 or newer).";
  return new BallastError("DATABASE_START_FAILED", `${message} ${wayOut}`, cause === undefined ? {} : { cause });
}

/** A full disk has its own code, because what helps is different. */
export function diskFullError(message: string): BallastError {
  return new BallastError("DATABASE_FULL", `${message} Free some space, then start again: nothing committed is lost.`);
}
