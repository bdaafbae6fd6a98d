import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import { ballastErrorOf, hasListedCode } from "./coded-error.ts";

/** Whose request failed, and where to log what the client must not see. */
type Request = { readonly requestId: string; readonly logger: Logger };

/** Every error leaves with a code of the closed list; what should not happen leaves without its inside, and is logged. */
export function maskError(error: unknown, request: Request): GraphQLError {
  const expected = ballastErrorOf(error);
  const place = error instanceof GraphQLError ? { nodes: error.nodes, source: error.source, positions: error.positions, path: error.path } : {};
  if (expected !== undefined && expected.code !== "INTERNAL") {
    const problems = expected.problems.length === 0 ? {} : { problems: expected.problems };
    return new GraphQLError(expected.message, { ...place, extensions: { code: expected.code, ...problems } });
  }
  if (isGraphqlOwn(error)) {
    return hasListedCode(error) ? error : new GraphQLError(error.message, { ...place, extensions: { code: "QUERY_INVALID" } });
  }
  request.logger.error({ requestId: request.requestId, err: error }, "a request failed in a way that should not happen");
  return new GraphQLError(
    `Something went wrong inside the server. Its log has the reason under request id ${request.requestId}.`,
    { ...place, extensions: { code: "INTERNAL", requestId: request.requestId } },
  );
}

/** Made by the parser, the validation or the coercion of GraphQL, or by `codedError`; not a wrapper around a fault. */
function isGraphqlOwn(error: unknown): error is GraphQLError {
  if (!(error instanceof GraphQLError)) return false;
  return error.originalError === undefined || isGraphqlOwn(error.originalError);
}
