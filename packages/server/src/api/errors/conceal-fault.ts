import type { Logger } from "pino";

/** Whose request failed, and where to log what the client must not see. */
export type FailedRequest = { readonly requestId: string; readonly logger: Logger };

/** Logs what should not happen, and gives what a client may read of it. */
export function concealFault(error: unknown, { requestId, logger }: FailedRequest): string {
  logger.error({ requestId, err: error }, "a request failed in a way that should not happen");
  return `Something went wrong inside the server. Its log has the reason under request id ${requestId}.`;
}
