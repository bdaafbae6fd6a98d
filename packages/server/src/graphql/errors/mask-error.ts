import { ERROR_CODES, type ErrorCode } from "@ballast/core/errors";
import { GraphQLError } from "graphql";
import { isDatabaseFault } from "../../database/index.ts";
import { ballastErrorOf } from "../../api/errors/ballast-error-of.ts";
import { concealFault, type FailedRequest } from "../../api/errors/conceal-fault.ts";
import { hasListedCode } from "./coded-error.ts";

/** What graphql-js says by MaxIntrospectionDepthRule: at most 2 lists of fields, interfaces and the like in each other. */
const INTROSPECTION_TOO_DEEP = "Maximum introspection depth exceeded";

/** Longest message that leaves the server, in characters. */
const MAX_MESSAGE = 2_000;

/** Every error leaves with a code of the closed list; what should not happen leaves without its inside, and is logged. */
export function maskError(error: unknown, request: FailedRequest): GraphQLError {
  const place = error instanceof GraphQLError ? placeOf(error) : {};
  const expected = ballastErrorOf(error);
  if (expected !== undefined && isDatabaseFault(expected)) {
    // No fault of this server: a warning.
    request.logger.warn({ requestId: request.requestId, err: error }, "a request failed because the database is not available");
    return new GraphQLError(ERROR_CODES[expected.code], { ...place, extensions: { code: expected.code, ...httpOf(error) } });
  }
  if (expected !== undefined && expected.code !== "INTERNAL") {
    const problems = expected.problems.length === 0 ? {} : { problems: expected.problems };
    return new GraphQLError(shortened(expected.message), {
      ...place,
      extensions: { code: expected.code, ...problems, ...httpOf(error) },
    });
  }
  if (isGraphqlOwn(error)) {
    if (hasListedCode(error) && error.message.length <= MAX_MESSAGE) return error;
    if (error.message === INTROSPECTION_TOO_DEEP) {
      const message = "introspection asks for fields of fields, or for other lists of lists, 3 levels deep: 2 are the limit";
      return new GraphQLError(message, { ...place, extensions: { code: "QUERY_TOO_DEEP", ...httpOf(error) } });
    }
    return new GraphQLError(shortened(error.message), { ...place, extensions: { code: codeOf(error), ...httpOf(error) } });
  }
  const message = concealFault(error, request);
  return new GraphQLError(message, { ...place, extensions: { code: "INTERNAL", requestId: request.requestId } });
}

/** What a message quotes may be as long as a request. */
function shortened(message: string): string {
  if (message.length <= MAX_MESSAGE) return message;
  return `${message.slice(0, MAX_MESSAGE).toWellFormed()} ... (${message.length - MAX_MESSAGE} more characters)`;
}

/** Yoga refuses mutations by GET with a status of their own. */
function codeOf(error: GraphQLError): ErrorCode {
  const { extensions } = error;
  if (hasListedCode(error)) return extensions.code as ErrorCode;
  return extensions.http?.status === 405 ? "METHOD_NOT_ALLOWED" : "QUERY_INVALID";
}

function placeOf({ nodes, source, positions, path }: GraphQLError) {
  return { nodes, source, positions, path };
}

/** What yoga makes the answer's status of; it does not leave the server. */
function httpOf(error: unknown): Readonly<Record<string, unknown>> {
  return error instanceof GraphQLError && error.extensions.http !== undefined ? { http: error.extensions.http } : {};
}

/** Made by the parser, the validation or the coercion of GraphQL, or by `codedError`; not a wrapper around a fault. */
function isGraphqlOwn(error: unknown): error is GraphQLError {
  if (!(error instanceof GraphQLError)) return false;
  return error.originalError === undefined || isGraphqlOwn(error.originalError);
}
