import { BallastError, ERROR_CODES, type ErrorCode } from "@ballast/core/errors";
import { GraphQLError } from "graphql";
import { databaseError } from "../../database/index.ts";

/** An error of the closed list, as GraphQL answers carry it. */
export function codedError(
  code: ErrorCode,
  message: string,
  extensions: Readonly<Record<string, unknown>> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...extensions } });
}

export function hasListedCode(error: GraphQLError): boolean {
  return typeof error.extensions.code === "string" && Object.hasOwn(ERROR_CODES, error.extensions.code);
}

/** The BallastError at the bottom of what was thrown, or that a failure of the database amounts to, if there is one. */
export function ballastErrorOf(error: unknown): BallastError | undefined {
  for (let at = error; at instanceof Error; at = reasonOf(at)) {
    const told = databaseError(at);
    if (told instanceof BallastError) return told;
  }
  return undefined;
}

/** What GraphQL has wrapped; or why a wait of Node was given up, which says so as the cause of an AbortError. */
function reasonOf(error: Error): unknown {
  if (error instanceof GraphQLError) return error.originalError;
  return error.name === "AbortError" ? error.cause : undefined;
}
