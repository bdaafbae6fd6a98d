import { BallastError } from "@ballast/core/errors";
import { databaseError } from "../../database/index.ts";

/** The BallastError at the bottom of what was thrown, or that a failure of the database amounts to, if there is one. */
export function ballastErrorOf(error: unknown): BallastError | undefined {
  for (let at = error; at instanceof Error; at = reasonOf(at)) {
    const told = databaseError(at);
    if (told instanceof BallastError) return told;
  }
  return undefined;
}

/** What GraphQL has wrapped (GraphQLError.originalError); or why a wait was given up, the cause of Node's AbortError. */
function reasonOf(error: Error): unknown {
  if ("originalError" in error) return error.originalError;
  return error.name === "AbortError" ? error.cause : undefined;
}
