import type { Logger } from "pino";
import type { Application } from "../application/index.ts";

/** What every resolver gets. */
export type GraphqlContext = {
  readonly application: Application;
  /** Also in the answer's `x-request-id` header and in every log line of the request. */
  readonly requestId: string;
  readonly logger: Logger;
  /** Aborts when the client has gone, the time limit is over or the server closes. */
  readonly signal: AbortSignal;
};
