import { ballastErrorOf } from "../api/errors/ballast-error-of.ts";
import { concealFault, type FailedRequest } from "../api/errors/conceal-fault.ts";
import { RefusedRequest } from "./http-error.ts";

/**
 * What a client is told of whatever was thrown, wherever it was. What should not happen goes to the log with its inside,
 * and to the client without.
 */
export function refusalOf(error: unknown, request: FailedRequest): RefusedRequest {
  if (error instanceof RefusedRequest) return error;
  const expected = ballastErrorOf(error);
  if (expected !== undefined && expected.code !== "INTERNAL") return new RefusedRequest(expected.code, expected.message);
  return new RefusedRequest("INTERNAL", concealFault(error, request));
}
