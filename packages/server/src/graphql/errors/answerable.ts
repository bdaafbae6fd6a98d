import { BallastError, type ErrorCode } from "@ballast/core/errors";
import { isDatabaseFault } from "../../database/index.ts";

/** Codes, beside those of the database, that say the caller can do nothing about it: never an expected failure of a mutation. */
const UNEXPECTED: ReadonlySet<ErrorCode> = new Set<ErrorCode>(["HISTORY_DAMAGED", "LEASE_LOST", "HEAD_MOVED", "INTERNAL"]);

/** A failure that the caller of a mutation has to expect, as its result. */
export class ExpectedFailure extends BallastError {}

/** Runs a mutation's work: what the caller has to expect becomes its result, anything else an error of the answer. */
export async function expectingFailures<Payload>(work: () => Promise<Payload>): Promise<Payload> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BallastError) || isDatabaseFault(error) || UNEXPECTED.has(error.code)) throw error;
    throw new ExpectedFailure(error.code, error.message, { problems: error.problems, cause: error });
  }
}
