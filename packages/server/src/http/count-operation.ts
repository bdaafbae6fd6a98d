import { BallastError } from "@ballast/core/errors";
import type { Exchange, Handler } from "./exchange.ts";
import { RefusedRequest } from "./http-error.ts";

/** Counts a request among its client's operations until its answer has ended. */
export function countingOperations(handler: Handler): Handler {
  return async (exchange) => {
    exchange.response.once("close", beginOperation(exchange));
    await handler(exchange);
  };
}

/** @throws RefusedRequest TOO_MANY_OPERATIONS. */
function beginOperation({ request, services }: Exchange): () => void {
  try {
    return services.operations.begin(request.socket.remoteAddress ?? "");
  } catch (error) {
    if (!(error instanceof BallastError)) throw error;
    throw new RefusedRequest(error.code, error.message);
  }
}
