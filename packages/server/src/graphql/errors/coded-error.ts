import { ERROR_CODES, type ErrorCode } from "@ballast/core/errors";
import { GraphQLError } from "graphql";

/** An error of the closed list, as GraphQL answers carry it. */
export function codedError(code: ErrorCode, message: string, extensions: Readonly<Record<string, unknown>> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...extensions } });
}

export function hasListedCode(error: GraphQLError): boolean {
  return typeof error.extensions.code === "string" && Object.hasOwn(ERROR_CODES, error.extensions.code);
}
