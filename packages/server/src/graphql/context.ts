import type { Lasting } from "./engine/lasting.ts";
import type { Services } from "./services.ts";

/** What every resolver gets. */
export type GraphqlContext = {
  readonly services: Services;
  /** Also in the answer's `x-request-id` header and in every log line of the request. */
  readonly requestId: string;
  /** Aborts when the client has gone, the time limit is over or the server closes. */
  readonly signal: AbortSignal;
  /** Of a GET that may be answered for ever. */
  readonly lasting?: Lasting;
};
