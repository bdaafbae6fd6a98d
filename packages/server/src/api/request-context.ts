import type { Scope } from "../access/index.ts";
import type { Immutable } from "./immutable.ts";
import type { AnswerBudget } from "./limits/answer-budget.ts";
import type { HeldStates } from "./limits/held-states.ts";
import type { Services } from "./services.ts";
import type { Sink } from "./tail/sink.ts";

/** What every resolver gets. */
export type RequestContext = {
  readonly services: Services;
  /** What the client may do. */
  readonly scope: Scope;
  /** Also in the answer's `x-request-id` header and in every log line of the request. */
  readonly requestId: string;
  /** Aborts when the client has gone, the time limit is over or the server closes. */
  readonly signal: AbortSignal;
  /** Where the results of a subscription go. */
  readonly sink: Sink;
  /** States that this operation looks at; given back when its answer is complete. Not of subscriptions. */
  readonly states?: HeldStates;
  /** What the answer may still take. Absent before the execution begins. */
  readonly budget?: AnswerBudget;
  /** Of a GET that may be answered for ever. */
  readonly immutable?: Immutable;
};
